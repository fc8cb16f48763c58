/** Tenants and their names at the vendor: given, proposed, changed and confirmed, by hand and by keyboard alone. */
import type { Page } from "@playwright/test";
import { findings } from "./findings";
import { expect, test } from "./fixture";
import { answersOf, stories, type PageView } from "./story";

const named = (name: string): PageView => stories.find((story) => story.name === name)!;
const QUESTIONS = new Set(["frame", "home", "setup", "pairing", "practice"]);
const acts = (calls: readonly { call: string }[]) => calls.filter((call) => !QUESTIONS.has(call.call));
const grid = (page: Page) => page.getByRole("grid", { name: /mapped in Huntress's portal/ });
const idOf = (at: number) => `3b7e0c52-0000-4000-8000-${String(at).padStart(12, "0")}`;

test("every tenant says who it is, what it is mapped to and why it stands there", async ({ page, open }) => {
  await open(named("mapping"));
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "10");
  for (const name of [
    "Alder Dental, Organization of Huntress: Alder Dental, Inc. ?",
    "Dalby Logistics, State: Double. Everly Pediatrics has the same organization. Only one of them gets data in.",
    "Larkspur Managed IT, Your own, State: Need not be mapped. Map it only if it is to be protected too.",
  ]) {
    await expect(grid(page).getByRole("gridcell", { name, exact: true })).toHaveCount(1);
  }
  await expect(grid(page).getByText("Your own")).toBeVisible();
  await page.getByText("2 organizations without a tenant").click();
  await expect(page.getByText("Elm & Sons · Oak Partners")).toBeVisible();
});

test("sure proposals are taken by one act, exactly as they are shown", async ({ page, host, open }) => {
  await open(named("mapping"));
  await page.getByRole("button", { name: "Take the 2 sure proposals" }).click();
  const pairs = [
    { tenant: idOf(1), name: "Alder Dental, Inc." },
    { tenant: idOf(2), name: "Brightwater Accounting" },
  ];
  await expect.poll(() => acts(host.calls)).toEqual([{ call: "pair", id: "HM-7K2Q", step: "mapping", pairs }]);
});

test("a pair is found, changed and taken off by keyboard alone", async ({ page, host, open }) => {
  await open(named("mapping"));
  await page.getByRole("tab", { name: /^Doubles/ }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "3");
  await page.getByRole("searchbox").focus();
  await page.keyboard.type("everly");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2");
  await grid(page).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const field = page.getByRole("combobox", { name: "Organization of Huntress for Everly Pediatrics" });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("Dalby");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Oak");
  await expect(page.getByRole("option", { name: "Oak Partners" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue("Oak Partners");
  await page.getByRole("button", { name: "Map", exact: true }).press("Enter");
  const pair = (name: string | null) => ({ call: "pair", id: "HM-7K2Q", step: "mapping", pairs: [{ tenant: idOf(5), name }] });
  await expect.poll(() => acts(host.calls)).toEqual([pair("Oak Partners")]);
  await grid(page).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Take it off" }).press("Enter");
  await expect.poll(() => acts(host.calls)).toEqual([pair("Oak Partners"), pair(null)]);
});

test("a list that is wrong is told line by line and stays where it was typed", async ({ page, host, open }) => {
  const view = named("mapping-empty");
  await open(view);
  const problem = (line: number) => ({ what: `Line ${line}: The name is missing.`, why: null, todo: "Mend the line and read the list again.", id: "GW-PAI-0010", field: "list" });
  host.answer((call) => (call.call === "givePairList" ? { reply: "form", value: { stored: false, problems: [problem(2), problem(5)] } } : answersOf(view)(call)));
  const field = page.getByLabel("Organizations of Huntress, one on each line");
  await field.fill("Name\n,\nAlder");
  await page.getByRole("button", { name: "Read the list" }).click();
  await expect(page.getByText("Line 2: The name is missing.")).toBeVisible();
  await expect(page.getByText("Line 5: The name is missing.")).toBeVisible();
  await expect(field).toHaveValue("Name\n,\nAlder");
  expect(acts(host.calls)).toEqual([{ call: "givePairList", id: "HM-7K2Q", step: "mapping", list: "Name\n,\nAlder" }]);
});

test("what is confirmed is what is shown, and while it cannot be the button says why", async ({ page, host, open }) => {
  await open(named("mapping"));
  const button = page.getByRole("button", { name: "I have mapped these 3 in the portal" });
  await expect(button).toHaveAccessibleDescription("2 tenants share an organization.");
  await button.press("Enter");
  expect(acts(host.calls)).toEqual([]);
  const view = named("mapping");
  await open({ ...view, pairing: { ...view.pairing!, confirm: { ...view.pairing!.confirm!, blocked: null } } });
  await button.click();
  await expect.poll(() => acts(host.calls)).toEqual([{ call: "confirmPairs", id: "HM-7K2Q", step: "mapping", shown: "4f91c2a708de" }]);
});

test("of a thousand tenants few rows are drawn, those left are found, and the shown ones are saved", async ({ page, host, open }) => {
  await open(named("mapping-1000"));
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "1001");
  expect(await grid(page).getByRole("row").count()).toBeLessThan(60);
  await page.getByRole("searchbox").fill("customer 907");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2");
  await page.getByRole("button", { name: "Export" }).click();
  await expect.poll(() => acts(host.calls)).toEqual([{ call: "exportPairs", id: "HM-7K2Q", step: "mapping", tenants: [idOf(907)] }]);
});

test("the table can be looked at in both themes, wide and narrow", async ({ page, open }) => {
  for (const theme of ["light", "dark"] as const) {
    for (const width of [1280, 1024]) {
      await page.setViewportSize({ width, height: 800 });
      await open({ ...named("mapping"), theme });
      const confirm = page.getByRole("button", { name: /^I have mapped/ });
      await confirm.scrollIntoViewIfNeeded();
      await expect(confirm).toBeInViewport();
      await expect(grid(page).getByText("Your own")).toBeInViewport();
      await page.screenshot({ path: `../../target/browser/pictures/mapping-table-${theme}-${width}.png` });
    }
  }
});

test("the editor with its list is clean", async ({ page, open }) => {
  // A grid has hundreds of cells, each of them looked at.
  test.setTimeout(120_000);
  for (const theme of ["light", "dark"] as const) {
    await open({ ...named("mapping"), theme });
    await grid(page).getByRole("gridcell", { name: "Cedar & Stone Architects", exact: true }).click();
    await expect(page.getByRole("combobox")).toBeFocused();
    await page.waitForTimeout(250);
    expect(await findings(page), theme).toEqual([]);
    await page.screenshot({ path: `../../target/browser/pictures/mapping-editor-${theme}-1280.png`, fullPage: true });
  }
});

test("on Done the proofs come first, and what waits is opened in its place when it is asked for", async ({ page, host, open }) => {
  await open(named("done-waiting"));
  await expect(grid(page)).toHaveCount(0);
  await expect(page.getByRole("table", { name: "Proved" })).toBeInViewport();
  const waiting = page.getByRole("region", { name: "Still open" });
  await expect(waiting.getByRole("listitem")).toHaveCount(2);
  await waiting.getByRole("button", { name: "Open: 8 tenants are mapped in Huntress's portal" }).press("Enter");
  const card = page.getByRole("region", { name: "8 tenants are mapped in Huntress's portal" });
  await expect(card).toBeInViewport();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "10");
  // Tab goes on from the card that was opened.
  await page.keyboard.press("Tab");
  expect(await card.evaluate((region) => region.contains(document.activeElement))).toBe(true);
  await waiting.getByRole("button", { name: "Open: Events of Alder Dental arrive" }).click();
  await expect(grid(page)).toHaveCount(0);
  await page.getByRole("button", { name: "I have seen it" }).click();
  await expect.poll(() => acts(host.calls)).toEqual([{ call: "accept", id: "HM-7K2Q", check: "life" }]);
  await waiting.getByRole("button", { name: "Close: Events of Alder Dental arrive" }).click();
  await expect(page.getByRole("button", { name: "I have seen it" })).toHaveCount(0);
});

test("with a thousand customers Done stays short, and the rest is there when it is asked for", async ({ page, open }) => {
  await open(named("done-1000"));
  const proofs = page.getByRole("table", { name: "Proved" });
  expect(await proofs.getByRole("row").count()).toBeLessThan(30);
  const waiting = page.getByRole("region", { name: "Still open" });
  await expect(waiting.getByRole("listitem")).toHaveCount(5);
  await expect(waiting).toBeInViewport();
  await proofs.getByRole("button", { name: "998 more: Proved" }).click();
  expect(await proofs.getByRole("row").count()).toBeGreaterThan(200);
  await waiting.getByRole("button", { name: "996 more" }).click();
  await expect(waiting.getByRole("listitem")).toHaveCount(1001);
});

test("a table that is confirmed is one line until it is opened", async ({ page, open }) => {
  await open(named("mapped"));
  await expect(grid(page)).toHaveCount(0);
  await page.getByRole("button", { name: /3 tenants are mapped in Huntress's portal/ }).press("Enter");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "4");
});
