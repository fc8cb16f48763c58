/** An app registration that a person makes by hand: the values beside the page, and the client ID that the page shows. */
import { expect, test, type Page } from "@playwright/test";
import { attend } from "./attend";
import { watch } from "./fixture";
import { findings } from "./findings";
import { serve, type Served } from "./serve";

let served: Served;

test.beforeAll(async () => {
  served = await serve();
});

test.afterAll(async () => {
  await served.close();
});

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

/** Looks at the screen as it is: both themes, wide and narrow. */
async function look(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(250);
  expect(await findings(page), name).toEqual([]);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 1024]) {
      await page.setViewportSize({ width, height: 800 });
      await page.waitForTimeout(250);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), name).toBe(true);
      await page.screenshot({ path: `../../target/browser/pictures/own-app-${name}-${colorScheme}-${width}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** The client ID of the registration of that name. */
async function clientId(name: string): Promise<string> {
  const { applications } = (await served.state()) as { applications: Record<string, { name: string }> };
  return Object.entries(applications).find(([, app]) => app.name === name)?.[0] ?? "";
}

test("a registration is made by hand, given, signed in to, chosen, and left to the person", async ({ page }) => {
  test.setTimeout(120_000);
  const faults: string[] = [];
  watch(page, faults);
  await page.goto(`${served.url}#/set-up`);
  await page.getByRole("article", { name: /Your own app/ }).getByRole("button").click();
  await expect(heading(page)).toHaveText("Answer");
  await page.getByLabel("How it comes to be").click();
  await page.getByRole("option", { name: /step by step/ }).click();
  await page.getByLabel("Your own domain").fill("larkspur-it.example");
  await look(page, "answer");
  await page.getByRole("button", { name: "Go to sign-in" }).click();

  // Nobody can sign in yet, so the plan comes first.
  await expect(heading(page)).toHaveText("Review", { timeout: 20_000 });
  await look(page, "review");
  await page.getByLabel(/^Type \d+ to approve/).fill("1");
  await page.getByRole("button", { name: "Approve and apply" }).click();

  const card = page.getByRole("region", { name: /^Register / });
  await expect(card).toBeVisible({ timeout: 20_000 });
  const done = card.getByRole("button", { name: "It is done" });
  await expect(done).toHaveAttribute("aria-disabled", "true");
  await look(page, "register");
  const copies = await card.getByRole("button", { name: /^Copy: / }).evaluateAll((all) => all.map((button) => button.getAttribute("aria-label") ?? ""));
  for (const name of copies) await card.getByRole("button", { name, exact: true }).click();
  await card.getByRole("button", { name: "Open the window" }).click();
  await expect.poll(() => clientId("Grantway"), { timeout: 20_000 }).not.toBe("");
  await expect(card.getByRole("button", { name: "Open the window" })).toBeVisible();

  const field = card.getByLabel("Client ID");
  await field.fill("4711");
  await done.click();
  await expect(page.getByRole("alert").filter({ hasText: "is not a client ID" })).toBeVisible();
  await field.fill(await clientId("Grantway"));
  await done.click();

  const signIn = page.getByRole("region", { name: /^Sign in with / });
  await expect(signIn).toBeVisible({ timeout: 20_000 });
  await look(page, "sign-in");
  await signIn.getByRole("button", { name: "Open the window" }).click();
  await expect(heading(page)).toHaveText(/^Done/, { timeout: 30_000 });
  await look(page, "done");

  await page.getByRole("button", { name: "Take back…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Type \d+ to take back/).fill("1");
  await dialog.getByRole("button", { name: "Take back", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  const over = page.getByRole("heading", { name: /^Taken back/, level: 1 });
  await attend(page, () => over.isVisible());
  await expect(page.getByText("You made it by hand, and it is yours.")).toBeVisible();
  await look(page, "taken-back");
  // The browser itself writes a refused request to the console.
  expect(faults.filter((fault) => !fault.includes("Failed to load resource"))).toEqual([]);
});
