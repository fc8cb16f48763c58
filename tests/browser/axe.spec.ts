/** Every state, in both themes and in the system's high contrast, without a finding of axe. */
import { findings } from "./findings";
import { expect, test } from "./fixture";
import { stories } from "./story";

for (const story of stories) {
  test(`${story.name} is clean`, async ({ page, open }) => {
    // A grid has hundreds of cells, each of them looked at.
    test.setTimeout(120_000);
    for (const theme of ["light", "dark"] as const) {
      await open({ ...story, theme });
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      // Motion of Fluent is over, or half-faded text counts as too pale.
      await page.waitForTimeout(250);
      expect(await findings(page), theme).toEqual([]);
    }
  });
}

test("open rows, the list twin, menus and dialogs are clean", async ({ page, open }) => {
  const named = (name: string) => stories.find((story) => story.name === name)!;
  await open(named("review"));
  await page.getByRole("button", { name: "10 admin roles for the group" }).click();
  expect(await findings(page), "an open change").toEqual([]);
  await page.getByRole("button", { name: "As a list" }).click();
  expect(await findings(page), "the list twin").toEqual([]);
  await open(named("apply"));
  await page.getByRole("button", { name: "Other ways in" }).click();
  await page.waitForTimeout(250);
  expect(await findings(page, true), "the menu of lanes").toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Stop and take back" }).click();
  await page.waitForTimeout(400);
  expect(await findings(page, true), "the take back dialog").toEqual([]);
});

test("a remedy with its page is clean", async ({ page, open }) => {
  test.setTimeout(120_000);
  for (const theme of ["light", "dark"] as const) {
    await open({ ...stories.find((story) => story.name === "check-by-hand")!, theme });
    await page.getByRole("button", { name: "Audit log of the customer", exact: true }).click();
    await page.waitForTimeout(250);
    expect(await findings(page), theme).toEqual([]);
    await page.screenshot({ path: `../../target/browser/pictures/check-by-hand-open-${theme}-1280.png` });
  }
});

test("high contrast keeps marks and words", async ({ page, open }) => {
  await page.emulateMedia({ forcedColors: "active" });
  for (const name of ["home", "check", "review", "apply-practice", "done"]) {
    await open(stories.find((story) => story.name === name)!);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForTimeout(200);
    expect(await page.evaluate(() => document.documentElement.dataset["scheme"])).toBe("highContrast");
    await page.screenshot({ path: `../../target/browser/pictures/${name}-contrast-1280.png` });
  }
});
