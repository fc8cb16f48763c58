/** Many customers side by side, by keyboard and by hand: twelve as in the design, and a thousand. */
import type { Locator, Page } from "@playwright/test";
import { findings } from "./findings";
import { expect, test } from "./fixture";
import { answersOf, stories, type PageView } from "./story";

const named = (name: string): PageView => stories.find((story) => story.name === name)!;
const QUESTIONS = new Set(["frame", "home", "gallery", "setup", "customer", "activity", "practice", "settings"]);
const acts = (calls: readonly { call: string }[]) => calls.filter((call) => !QUESTIONS.has(call.call));
const grid = (page: Page) => page.getByRole("grid", { name: "Customers" });
const head = (page: Page, name: string) => page.getByRole("rowheader", { name, exact: true });
const picture = (name: string) => `../../target/browser/pictures/${name}.png`;

/** The row lies inside its grid, below the heading that stays. */
async function inSight(page: Page, row: Locator): Promise<boolean> {
  const [place, around] = [await row.boundingBox(), await grid(page).boundingBox()];
  return place !== null && around !== null && place.y >= around.y + 26 && place.y + place.height <= around.y + around.height + 1;
}

test("a customer is found, opened and decided about by keyboard alone", async ({ page, host, open }) => {
  await open(named("check-12"));
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "13");
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("juniper");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2");
  // From the search past the four filters to the one cell that Tab reaches.
  for (let presses = 0; presses < 8; presses += 1) {
    await page.keyboard.press("Tab");
    if (await head(page, "Juniper Schools Trust").evaluate((cell) => cell === document.activeElement)) break;
  }
  await expect(head(page, "Juniper Schools Trust")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(":focus")).toHaveAccessibleName("Juniper Schools Trust, State: Needs a decision, Audit log of the customer");
  await page.keyboard.press("Enter");
  await expect(head(page, "Juniper Schools Trust")).toHaveAttribute("aria-expanded", "true");
  const checks = page.getByRole("table", { name: "Checks of Juniper Schools Trust" });
  await expect(checks.getByRole("button", { name: "Audit log", exact: true })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(checks.getByRole("button", { name: "Audit log", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Why this check" })).toBeVisible();
  await expect(page.getByText("Audit log, Juniper Schools Trust")).toBeVisible();
  await checks.getByRole("button", { name: "Accept", exact: true }).press("Enter");
  await expect.poll(() => acts(host.calls)).toEqual([{ call: "accept", id: "HM-7K2Q", check: "audit/3b7e0c52-0000-4000-8000-000000000010" }]);
  await page.keyboard.press("Escape");
  await expect(checks).toHaveCount(0);
  await expect(head(page, "Juniper Schools Trust")).toBeFocused();
});

test("what is open for several customers is accepted for all of them by one button", async ({ page, host, open }) => {
  await open(named("check-12"));
  const offers = page.getByRole("list", { name: "Decide for several customers at once" });
  await expect(offers.getByRole("listitem")).toHaveText([/^Audit log: open for 3 customers\..*Accept for all 3 customers$/]);
  await offers.getByRole("button", { name: "Accept for all 3 customers" }).click();
  const audit = (tenant: string) => `audit/3b7e0c52-0000-4000-8000-0000000000${tenant}`;
  await expect.poll(() => acts(host.calls)).toEqual([{ call: "acceptAll", id: "HM-7K2Q", checks: [audit("03"), audit("07"), audit("10")] }]);
  // Of many offers two stand there, and the rest when they are asked for.
  await open(named("check-1000"));
  await expect(offers.getByRole("listitem")).toHaveCount(2);
  await page.getByRole("button", { name: "Show 5 more" }).click();
  await expect(offers.getByRole("listitem")).toHaveCount(7);
});

test("the matrix of a run says in every cell whose it is and how it stands", async ({ page, open }) => {
  await open(named("apply-12"));
  await expect(grid(page).getByRole("columnheader")).toHaveText(["12 customers", "State", "Way in", "Relationship", "10 roles", "Policies", "In force"]);
  for (const name of ["Harbor Freight Law, Policies: Stopped", "Dalby Logistics, Policies: Running, 2 of 3", "Alpine Dental, Relationship: not set up", "Brightwater Accounting, In force: Waiting, 10:56"]) {
    await expect(grid(page).getByRole("gridcell", { name, exact: true })).toHaveCount(1);
  }
  // The word stands beside the sign, and the row of the stopped one is another colour than its neighbour's.
  await expect(grid(page).getByRole("gridcell", { name: "Harbor Freight Law, Policies: Stopped" })).toHaveText("Stopped");
  const ground = (name: string) => head(page, name).evaluate((cell) => getComputedStyle(cell.parentElement!).backgroundColor);
  expect(await ground("Harbor Freight Law")).not.toBe(await ground("Hollis Veterinary"));
  await expect(head(page, "Kestrel Engineering")).toBeAttached();
});

test("the provider's steps stand in one line, which opens to all of them", async ({ page, open }) => {
  await open(named("apply-12"));
  const line = page.getByRole("button", { name: /^Larkspur Managed IT/ });
  await expect(line).toContainText("4 steps done");
  await expect(line).toContainText("Consent for Huntress");
  expect((await line.boundingBox())!.height).toBeLessThan(40);
  await line.click();
  await expect(page.getByRole("table", { name: "Steps of Larkspur Managed IT" }).getByRole("row")).toHaveCount(9);
});

test("a stopped customer is opened with its card and its steps", async ({ page, host, open }) => {
  await open(named("apply-12"));
  await head(page, "Harbor Freight Law").click();
  const inside = grid(page).getByRole("gridcell", { name: "Details of Harbor Freight Law" });
  await expect(inside.getByRole("table", { name: "Steps of Harbor Freight Law" }).getByRole("row")).toHaveCount(5);
  await inside.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => acts(host.calls).map((call) => call.call)).toEqual(["retry"]);
  await inside.scrollIntoViewIfNeeded();
  await page.screenshot({ path: picture("apply-12-open-light-1280") });
});

test("of a thousand customers few rows are drawn, and the focus reaches the last and the first", async ({ page, open }) => {
  await open(named("apply-1000"));
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "1001");
  const drawn = () => grid(page).getByRole("row").count();
  expect(await drawn()).toBeLessThan(60);
  const first = grid(page).getByRole("rowheader").first();
  const name = (await first.getAttribute("aria-label"))!;
  await first.focus();
  await page.keyboard.press("Control+End");
  const last = grid(page).getByRole("rowheader", { name: "Jasper Schools 10" });
  await expect(page.locator(":focus")).toHaveAccessibleName(/^Jasper Schools 10, In force: /);
  await expect.poll(() => inSight(page, last)).toBe(true);
  expect(await drawn()).toBeLessThan(60);
  await page.screenshot({ path: picture("apply-1000-end-light-1280") });
  await page.keyboard.press("PageUp");
  await expect.poll(() => inSight(page, page.locator(":focus"))).toBe(true);
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => inSight(page, page.locator(":focus"))).toBe(true);
  await page.keyboard.press("Control+Home");
  await expect(head(page, name)).toBeFocused();
  await expect.poll(() => inSight(page, head(page, name))).toBe(true);
  // A cell that is scrolled away still holds the focus, and the next key goes on from there.
  await grid(page).evaluate((element) => element.scrollTo({ top: 14_000 }));
  await expect(grid(page).getByRole("rowheader").nth(20)).toBeAttached();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => inSight(page, page.locator(":focus"))).toBe(true);
  await expect(page.locator(":focus").locator("xpath=..")).toHaveAttribute("aria-rowindex", "3");
});

test("cards and waits that are not drawn lead to their customers", async ({ page, open }) => {
  await open(named("apply-1000"));
  await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(2);
  const stopped = page.getByRole("group", { name: "Show only" }).getByRole("button", { name: "83 Stopped" });
  await page.getByRole("button", { name: "and 81 more that stopped" }).click();
  await expect(stopped).toHaveAttribute("aria-pressed", "true");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "84");
  await expect(grid(page)).toBeInViewport();
  const waits = page.getByRole("group", { name: "Show only" }).getByRole("button", { name: /^\d+ Waits$/ });
  const count = Number.parseInt((await waits.textContent())!, 10);
  await page.getByRole("button", { name: `and ${count - 1} more waits` }).click();
  await expect(stopped).toHaveAttribute("aria-pressed", "false");
  await expect(waits).toHaveAttribute("aria-pressed", "true");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", String(count + 1));
});

test("what an event changes leaves filter, open customer and focus where they are", async ({ page, host, open }) => {
  const story = named("apply-12");
  await open(story);
  await page.getByRole("button", { name: "6 Waits" }).click();
  await head(page, "Fenwick Insurance").waitFor({ state: "detached" });
  await head(page, "Inlet Seafoods").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("table", { name: "Steps of Inlet Seafoods" })).toBeVisible();
  const asked = host.calls.filter((call) => call.call === "customer").length;
  host.answer(answersOf(story));
  host.tell({ event: "changed", screens: [{ screen: "setup", id: "HM-7K2Q" }] });
  await expect.poll(() => host.calls.filter((call) => call.call === "customer").length).toBe(asked + 1);
  await expect(head(page, "Inlet Seafoods")).toBeFocused();
  await expect(head(page, "Inlet Seafoods")).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByRole("button", { name: "6 Waits" })).toHaveAttribute("aria-pressed", "true");
});

for (const width of [1024, 1050]) {
  test(`at ${width} the grid alone scrolls sideways, and the names stay`, async ({ page, open }) => {
    await page.setViewportSize({ width, height: 700 });
    await open(named("check-12"));
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await page.getByRole("main").evaluate((main) => main.scrollWidth <= main.clientWidth)).toBe(true);
    await head(page, "Dalby Logistics").focus();
    await page.keyboard.press("End");
    await expect(page.locator(":focus")).toHaveAccessibleName("Dalby Logistics, Policies: Passed");
    await expect(page.locator(":focus")).toBeInViewport({ ratio: 1 });
    await expect(head(page, "Dalby Logistics")).toBeInViewport({ ratio: 1 });
    await page.keyboard.press("Enter");
    const inside = grid(page).getByRole("gridcell", { name: "Details of Dalby Logistics" });
    await expect(inside.getByRole("table")).toBeVisible();
    const [detail, around] = [(await inside.boundingBox())!, (await grid(page).boundingBox())!];
    expect(detail.x).toBeGreaterThanOrEqual(around.x - 1);
    expect(detail.x + detail.width).toBeLessThanOrEqual(around.x + around.width + 1);
    await page.screenshot({ path: picture(`check-12-open-light-${width}`) });
  });
}

for (const theme of ["light", "dark"] as const) {
  for (const [name, customer] of [["check-12", "Juniper Schools Trust"], ["apply-12", "Harbor Freight Law"]] as const) {
    test(`${name} with an open customer is clean in ${theme}`, async ({ page, open }) => {
      test.setTimeout(120_000);
      await open({ ...named(name), theme });
      await head(page, customer).click();
      await expect(grid(page).getByRole("table")).toBeVisible();
      await page.waitForTimeout(250);
      expect(await findings(page)).toEqual([]);
      await grid(page).scrollIntoViewIfNeeded();
      await page.screenshot({ path: picture(`${name}-open-${theme}-1280`) });
    });
  }
}

test("where colours are the system's, a stopped row is told by a line at its side", async ({ page, open }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open(named("apply-12"));
  await head(page, "Harbor Freight Law").click();
  await expect(grid(page).getByRole("table")).toBeVisible();
  await expect(head(page, "Harbor Freight Law")).toHaveCSS("border-left-width", "3px");
  await expect(head(page, "Hollis Veterinary")).toHaveCSS("border-left-width", "0px");
  await page.screenshot({ path: picture("apply-12-open-contrast-1280") });
});
