/** The list of customers: by keyboard alone, with thousands of rows, and what each act sends. */
import type { Locator, Page } from "@playwright/test";
import { findings } from "./findings";
import { expect, test } from "./fixture";
import { answersOf, stories, type PageView } from "./story";
import { customers, manyCustomers } from "./views/customers";

const named = (name: string): PageView => stories.find((story) => story.name === name)!;
/** As many customers as a provider has. */
const MANY: PageView = { name: "customers", place: "#/customers", customers: manyCustomers };
const acts = (calls: readonly { call: string }[]) => calls.filter((call) => ["openFor", "proveFor", "exportCustomers", "open", "answer"].includes(call.call));
const grid = (page: Page): Locator => page.getByRole("grid");

/** The name of the cell that has the focus. */
async function active(page: Page): Promise<string> {
  const id = await grid(page).getAttribute("aria-activedescendant");
  const cell = page.locator(`[id="${id}"]`);
  await expect(cell).toBeVisible();
  return (await cell.getAttribute("aria-label")) ?? (await cell.innerText());
}

test("thousands of customers are counted, and those in sight are drawn", async ({ page, open }) => {
  await open(MANY);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2419");
  expect(await page.getByRole("row").count()).toBeLessThan(80);
  await expect(page.getByText("Rows 1 to 2", { exact: false })).toBeVisible();
  await expect(page.getByText("2,418 of 2,418")).toBeVisible();
  const heights = await page.getByRole("row").evaluateAll((rows) => rows.slice(1, 10).map((row) => row.getBoundingClientRect().height));
  expect(new Set(heights)).toEqual(new Set([28]));
  await grid(page).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  expect(await active(page)).toBe(manyCustomers.rows.at(-1)!.name);
  await expect(page.getByRole("row", { selected: false }).last()).toHaveAttribute("aria-rowindex", "2419");
  await expect(page.getByText("to 2,418 of 2,418")).toBeVisible();
  await page.keyboard.press("Control+Home");
  expect(await active(page)).toBe("Harbor Freight Law, not selected");
});

test("scrolling through all of them leaves no row empty", async ({ page, open }) => {
  await open(MANY);
  const seen = await grid(page).evaluate(async (element) => {
    let empty = 0;
    for (let top = 0; top < element.scrollHeight; top += 2000) {
      element.scrollTop = top;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const box = element.getBoundingClientRect();
      const under = document.elementFromPoint(box.left + 120, box.top + box.height / 2);
      if (under?.closest('[role="row"]') == null) empty += 1;
    }
    return { empty, top: element.scrollTop };
  });
  expect(seen.empty).toBe(0);
  expect(seen.top).toBeGreaterThan(2400 * 28 - 2900);
});

test("by keyboard alone: search, choose, set up", async ({ page, host, open }) => {
  await open(MANY);
  await page.locator("body").press("/");
  const field = page.getByRole("searchbox", { name: "Name, domain or tenant id" });
  await expect(field).toBeFocused();
  await page.keyboard.type("kestrel-eng");
  await expect(page.getByText("1 of 2,418")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(field).toHaveValue("");
  await page.keyboard.press("Tab");
  await expect(grid(page)).toBeFocused();
  expect(await active(page)).toBe("Harbor Freight Law");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  expect(await active(page)).toBe("Harbor Freight Law, Huntress: Stopped. 10 admin roles for the group: Microsoft refused. Nothing was changed.");
  await expect(page.getByText("Harbor Freight Law, Huntress: Stopped.", { exact: false })).toBeVisible();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  const bar = page.getByRole("toolbar", { name: "Selected customers" });
  await expect(bar).toContainText("3 selected");
  await expect(bar.getByRole("button", { name: "Open" })).toHaveCount(0);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(bar.getByRole("button", { name: "Set up" })).toBeFocused();
  host.answer((call) => (call.call === "openFor" ? { reply: "opened", value: { id: "HM-NEW2" } } : answersOf(MANY)(call)));
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Red Canary" }).press("Enter");
  const three = manyCustomers.rows.slice(0, 3).map((row) => row.tenant);
  await expect.poll(() => acts(host.calls)).toEqual([{ call: "openFor", profile: "two", customers: three }]);
  await expect(page).toHaveURL(/#\/setups\/HM-NEW2$/);
});

test("Enter opens the setup of the cell, or the most urgent one", async ({ page, open }) => {
  await open(named("customers-four-profiles"));
  const [first] = customers.rows;
  await grid(page).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`#/setups/${first!.setup}$`));
  await page.goBack();
  await grid(page).focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  await expect(page).toHaveURL(new RegExp(`#/setups/${first!.cells[1]!.setup}$`));
  await page.goBack();
  await page.getByRole("gridcell", { name: "Alpine Dental", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`#/setups/${customers.rows.find((row) => row.name === "Alpine Dental")!.setup}$`));
});

test("tabs narrow the list, a heading sorts it, and Escape lets go of who was chosen", async ({ page, open }) => {
  await open(named("customers-four-profiles"));
  await page.getByRole("tab", { name: "Cannot see" }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2");
  expect(await grid(page).getByRole("row").nth(1).innerText()).toContain("Dunmore Credit Services");
  await page.getByRole("tab", { name: "All" }).click();
  const heading = page.getByRole("columnheader", { name: "Customer", exact: true });
  await heading.click();
  await expect(heading).toHaveAttribute("aria-sort", "ascending");
  expect(await grid(page).getByRole("row").nth(1).innerText()).toContain("Alpine Dental");
  await heading.click();
  await expect(heading).toHaveAttribute("aria-sort", "descending");
  // By keyboard: up into the headings, and over to what ends next.
  await grid(page).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Space");
  const bar = page.getByRole("toolbar", { name: "Selected customers" });
  await expect(bar).toContainText("12 selected");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("columnheader", { name: "Ends next" })).toHaveAttribute("aria-sort", "ascending");
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
});

test("a dash reads as not set up", async ({ page, open }) => {
  await open(named("customers-four-profiles"));
  await expect(page.getByRole("gridcell", { name: "Kestrel Engineering, Red Canary: not set up" })).toBeVisible();
  await expect(page.getByRole("gridcell", { name: "Larchmont Print, Ends next: does not end by itself" })).toBeVisible();
});

test("who is chosen is read back, who is shown is exported", async ({ page, host, open }) => {
  const story = named("customers-four-profiles");
  await open(story);
  const answers = answersOf(story);
  host.answer((call) => (call.call === "exportCustomers" ? { reply: "saved", value: { path: "/home/dana/grantway-customers.csv" } } : answers(call)));
  await page.getByRole("gridcell", { name: "Corbett & Sons Roofing, not selected" }).click();
  const bar = page.getByRole("toolbar", { name: "Selected customers" });
  await bar.getByRole("button", { name: "Prove" }).click();
  await page.getByRole("tab", { name: "Ends in 30 days" }).click();
  await page.getByRole("button", { name: "Export" }).click();
  await expect(page.getByText("/home/dana/grantway-customers.csv")).toBeVisible();
  await page.getByRole("button", { name: "Prove all" }).click();
  const tenants = (wanted: (row: (typeof customers.rows)[number]) => boolean) => customers.rows.filter(wanted).map((row) => row.tenant);
  await expect
    .poll(() => acts(host.calls))
    .toEqual([
      { call: "proveFor", customers: tenants((row) => row.name === "Corbett & Sons Roofing") },
      { call: "exportCustomers", customers: tenants((row) => row.filters.includes("endsSoon")) },
      { call: "proveFor", customers: tenants((row) => row.provable) },
    ]);
});

test("where nothing is made there is nothing to prove, and the button says so", async ({ page, host, open }) => {
  await open({ ...MANY, customers: { ...customers, rows: customers.rows.filter((row) => !row.provable) } });
  const button = page.getByRole("button", { name: "Prove all" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription("Nothing is made yet that could be read back.");
  await button.press("Enter");
  expect(acts(host.calls)).toEqual([]);
});

test("a name that is misspelt leads to the nearest one", async ({ page, open }) => {
  await open(MANY);
  const field = page.getByRole("searchbox", { name: "Name, domain or tenant id" });
  await field.fill("brihgtwater");
  await expect(page.getByRole("heading", { name: "No customer matches “brihgtwater”" })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.screenshot({ path: "../../target/browser/pictures/customers-no-match-1280.png" });
  await page.getByRole("button", { name: "Brightwater Accounting" }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2");
});

test("customers are chosen for a form, beside what was typed", async ({ page, open }) => {
  const story = named("answer");
  await open({ ...story, customers });
  const field = page.getByLabel("Customer's tenant");
  await field.fill("fabrikam.com, larchmontprint.example");
  await page.getByRole("button", { name: "Choose from customers" }).click();
  const dialog = page.getByRole("dialog", { name: "Choose customers" });
  await expect(dialog.getByRole("button", { name: "Use 1 customer" })).toBeVisible();
  await dialog.getByRole("tab", { name: "Done" }).click();
  await expect(dialog.getByRole("grid")).toHaveAttribute("aria-rowcount", "4");
  await dialog.getByRole("tab", { name: "Not ready" }).click();
  await expect(dialog.getByRole("gridcell", { name: "Harbor Freight Law, not selected" })).toBeVisible();
  await dialog.getByRole("tab", { name: "All" }).click();
  await dialog.getByRole("searchbox").fill("alpine");
  await dialog.getByRole("grid").focus();
  await page.keyboard.press("Space");
  await page.waitForTimeout(300);
  expect(await findings(page, true)).toEqual([]);
  await dialog.getByRole("searchbox").fill("");
  await page.screenshot({ path: "../../target/browser/pictures/customers-picker-1280.png" });
  await dialog.getByRole("button", { name: "Use 2 customers" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(field).toHaveValue("fabrikam.com, alpinedental.example, larchmontprint.example");
  // Changing one's mind changes nothing.
  await page.getByRole("button", { name: "Choose from customers" }).click();
  await dialog.getByRole("grid").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(field).toHaveValue("fabrikam.com, alpinedental.example, larchmontprint.example");
});

/** Three customers selected, and the focus on the seventh. */
async function selected(page: Page): Promise<void> {
  for (const name of ["Harbor Freight Law", "Kestrel Engineering", "Ashdown Garden Centres"]) await page.getByRole("gridcell", { name: `${name}, not selected` }).click();
  for (let row = 0; row < 4; row += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("toolbar", { name: "Selected customers" })).toBeVisible();
}

for (const theme of ["light", "dark"] as const) {
  test(`selected customers, with their bar, are clean in the ${theme} theme`, async ({ page, open }) => {
    // axe looks at every cell.
    test.slow();
    await open({ ...MANY, theme });
    await selected(page);
    await page.screenshot({ path: `../../target/browser/pictures/customers-selected-${theme}-1280.png` });
    expect(await findings(page)).toEqual([]);
  });
}

test("selected customers are clean in high contrast", async ({ page, open }) => {
  test.slow();
  await page.emulateMedia({ forcedColors: "active" });
  await open(MANY);
  await selected(page);
  await page.screenshot({ path: "../../target/browser/pictures/customers-selected-contrast-1280.png" });
  expect(await findings(page)).toEqual([]);
});

test("in a narrow or enlarged window the grid alone scrolls sideways", async ({ page, open }) => {
  for (const size of [
    { width: 1024, height: 700 },
    { width: 640, height: 400 },
  ]) {
    await page.setViewportSize(size);
    await open(named("customers-four-profiles"));
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await grid(page).focus();
    await page.keyboard.press("End");
    const cell = page.locator(`[id="${await grid(page).getAttribute("aria-activedescendant")}"]`);
    await expect(cell).toBeInViewport();
    await page.screenshot({ path: `../../target/browser/pictures/customers-narrow-${size.width}.png` });
  }
});
