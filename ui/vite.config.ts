import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The page runs under a policy without inline code (tauri.conf.json): no inline preload script, no assets as data: addresses.
export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // One page, loaded from the same computer: splitting would only add requests.
    chunkSizeWarningLimit: 1500,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    testTimeout: 20_000,
    // Fluent is loaded once for all files, not once for each; what a test draws is taken away after it (src/test/setup.ts).
    isolate: false,
  },
});
