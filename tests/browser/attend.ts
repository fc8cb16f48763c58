/** A person who does what the cards of a running setup ask. */
import { expect, type Locator, type Page } from "@playwright/test";

/** The buttons behind which a window opens. */
const ACT = /^(Sign in|Open the window)$/;

/** Whether a button can be pressed now. A page that has moved on meanwhile has none. */
async function ready(button: Locator): Promise<boolean> {
  return (await button.isVisible()) && (await button.isEnabled({ timeout: 500 }).catch(() => false));
}

/** Does what the cards ask and lets waits pass, until the screen says that it is over. */
export async function attend(page: Page, over: () => Promise<boolean>, seconds = 90): Promise<string[]> {
  const done: string[] = [];
  const deadline = Date.now() + seconds * 1000;
  while (!(await over())) {
    if (Date.now() > deadline) throw new Error(`it does not come to its end: ${done.join(", ")}\n${await page.getByRole("main").innerText()}`);
    const card = page.getByRole("main").getByRole("region").filter({ has: page.getByRole("button", { name: ACT }) }).first();
    const act = card.getByRole("button", { name: ACT });
    const wait = page.getByRole("button", { name: "+15 min" });
    if (await ready(act)) {
      const label = (await card.getAttribute("aria-label")) ?? "";
      done.push(label);
      // Each by its name: what has been copied is called otherwise.
      const copies = card.getByRole("button", { name: /^Copy: / });
      const names = await copies.evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label") ?? ""));
      for (const name of names) await card.getByRole("button", { name, exact: true }).click();
      await act.click();
      // The robot does what the window asks; then this card is gone, and often another one stands in its place at once.
      const same = page.getByRole("main").getByRole("region", { name: label, exact: true }).getByRole("button", { name: ACT });
      await expect(same).toHaveCount(0, { timeout: 30_000 });
    } else if (await ready(wait)) {
      done.push("a wait");
      // The wait may end by itself in this moment, and the page with it.
      await wait.click({ timeout: 2_000 }).catch(() => undefined);
      await page.waitForTimeout(300);
    } else {
      await page.waitForTimeout(100);
    }
  }
  return done;
}
