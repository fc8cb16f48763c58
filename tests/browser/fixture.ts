import { test as base, type Page } from "@playwright/test";
import type { PageView } from "./story";
import { recordedHost, type RecordedHost } from "./host";
import { answersOf } from "./story";

export { expect } from "@playwright/test";

/** A page over the recorded host. What the policy refuses or the console calls an error fails the test. */
export const test = base.extend<{ host: RecordedHost; open: (view: PageView) => Promise<void>; faults: string[] }>({
  host: async ({}, use) => {
    const host = await recordedHost();
    await use(host);
    await host.close();
  },
  faults: async ({ page }, use) => {
    const faults: string[] = [];
    watch(page, faults);
    await use(faults);
    if (faults.length > 0) throw new Error(`the page complained:\n${faults.join("\n")}`);
  },
  open: async ({ page, host, faults }, use) => {
    void faults;
    await use(async (view) => {
      host.answer(answersOf(view));
      // Away first: going to the same address again would not load it again.
      await page.goto("about:blank");
      await page.goto(`${host.url}${view.place}`);
      await page.evaluate(() => document.fonts.ready);
    });
  },
});

/** Notes what the policy refuses and what the console calls an error. */
export function watch(page: Page, faults: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
}
