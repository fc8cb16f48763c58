/**
 * Counts what a person does with their hands: one click, tick, choice, typed field or copy is one act. Only what the browser itself
 * reports as done by a person counts, so a script that presses a button of its own accord adds nothing.
 *
 * What the practice cloud alone offers (its phone, its clock) is nothing that anybody does at work, and is left out.
 */
import type { Page } from "@playwright/test";

declare global {
  interface Window {
    grantwayActs?: string[];
  }
}

/** Begins to count in a page that is opened after this. */
export async function countActs(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const acts: string[] = [];
    window.grantwayActs = acts;
    let typing: EventTarget | null = null;
    let last = 0;
    const typed = (target: Element) => target.closest("textarea, [contenteditable=true], input:not([type=checkbox]):not([type=radio]):not([type=button])");
    const named = (target: Element) => {
      const thing = target.closest("button, a, [role], label, summary") ?? target;
      return (thing.getAttribute("aria-label") ?? thing.textContent ?? "").trim().slice(0, 60);
    };
    const practice = (target: Element) => target.closest("[aria-label=Practice], [aria-label='Practice clock'], [aria-label='Practice phone']") !== null;
    document.addEventListener(
      "click",
      (event) => {
        const target = event.target as Element;
        // A click on a label clicks its box too, in the same moment.
        if (!event.isTrusted || typed(target) || practice(target) || event.timeStamp === last) return;
        last = event.timeStamp;
        typing = null;
        acts.push(`click ${named(target)}`);
      },
      true,
    );
    document.addEventListener(
      "input",
      (event) => {
        const target = event.target as Element;
        if (!event.isTrusted || !typed(target) || practice(target) || typing === target) return;
        typing = target;
        const label = (target as HTMLInputElement).labels?.[0]?.textContent ?? named(target);
        acts.push(`type ${label.trim().slice(0, 60)}`);
      },
      true,
    );
  });
}

/** What was done so far, in order. */
export async function acts(page: Page): Promise<string[]> {
  return page.evaluate(() => window.grantwayActs ?? []);
}
