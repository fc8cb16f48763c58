import { defineConfig } from "@playwright/test";

const DRAWN = ["axe.spec.ts", "pictures.spec.ts"];

export default defineConfig({
  testDir: ".",
  // What is only drawn and looked at, and what keys and clicks are timed in: `xtask test` gives the first two browsers at a time.
  projects: [
    { name: "drawn", testMatch: DRAWN },
    { name: "acted", testMatch: "*.spec.ts", testIgnore: DRAWN },
  ],
  outputDir: "../../target/browser/results",
  // Long enough for a busy machine; what is there is seen at once.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // A busy browser takes keys late: by default there is one.
  workers: 1,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"] },
  },
});
