import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../../target/browser/results",
  // Long enough for a busy machine; what is there is seen at once.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // A file at a time each: whole setups wait for much that is not the browser's work.
  workers: 2,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"] },
  },
});
