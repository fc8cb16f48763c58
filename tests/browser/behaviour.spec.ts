/** What the screens do: each act sends exactly one call, and nothing is sent that a person did not mean. */
import type { Locator } from "@playwright/test";
import { expect, test } from "./fixture";
import { stories, type PageView } from "./story";
import { checkPage, donePage, setupAt } from "./views/setup";

const named = (name: string): PageView => stories.find((story) => story.name === name)!;
const QUESTIONS = new Set(["frame", "home", "gallery", "setup", "customer", "customers", "activity", "practice", "settings"]);
const acts = (calls: readonly { call: string }[]) => calls.filter((call) => !QUESTIONS.has(call.call));

test("a plan is approved by its number alone, once, with its fingerprint", async ({ page, host, open }) => {
  await open(named("review"));
  const button = page.getByRole("button", { name: "Approve and apply" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await button.click({ force: true });
  const field = page.getByLabel("Type 7 to approve 7 changes");
  await field.fill("6");
  await field.press("Enter");
  expect(acts(host.calls)).toEqual([]);
  await field.fill("7");
  await expect(button).not.toHaveAttribute("aria-disabled", "true");
  await field.press("Enter");
  await expect.poll(() => acts(host.calls)).toEqual([{ call: "approve", id: "HM-7K2Q", fingerprint: "4f91c2a708de", typed: "7" }]);
});

test("what is selected in the map is selected in the table, and the other way round", async ({ page, open }) => {
  await open(named("review"));
  await page.locator('[aria-hidden="true"]').getByText("new group").click();
  const row = page.getByRole("button", { name: "Group Huntress Security Platform", exact: true });
  await expect(row).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByText("What it means")).toBeVisible();
  await page.getByRole("button", { name: "10 admin roles for the group" }).click();
  await expect(row).toHaveAttribute("aria-expanded", "false");
  await expect(page.locator('g[data-thick="true"]')).toHaveCount(1);
});

test("a folded group opens when the map selects a row in it", async ({ page, open }) => {
  await open(named("review"));
  await expect(page.getByRole("button", { name: "Consent for Huntress" })).toHaveCount(0);
  await page.locator('[aria-hidden="true"]').getByText("Consent, 9 permissions").click();
  await expect(page.getByRole("button", { name: "Consent for Huntress" })).toHaveAttribute("aria-expanded", "true");
});

test("the first failed check is open, a filter hides the others, a remedy calls what it says", async ({ page, host, open }) => {
  await open(named("check"));
  await expect(page.getByRole("group", { name: "Show only" }).getByRole("button")).toHaveText(["1 Failed", "2 Look at", "1 Cannot see", "5 Passed"]);
  await expect(page.getByText("How to fix it")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Why this check" })).toBeVisible();
  await page.getByRole("button", { name: "2 Look at" }).click();
  await expect(page.getByRole("button", { name: "Entra ID P1", exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Decide whether to go on without Relationship end date" }).click();
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  await expect.poll(() => acts(host.calls)).toEqual([{ call: "accept", id: "HM-7K2Q", check: "end" }]);
});

test("the page of a remedy is opened for its check, in the lane that is chosen, and who may do it there is said", async ({ page, host, open }) => {
  await open(named("check-by-hand"));
  await page.getByRole("button", { name: "Audit log of the customer", exact: true }).click();
  await expect(page.getByText("Sign in there with an account of Alder Dental that holds one of these roles: Exchange Administrator, Global Administrator.")).toBeVisible();
  await expect(page.getByText("may not be seen here before 11:40")).toBeVisible();
  await expect(page.getByText("https://purview.microsoft.com/audit/auditsearch?tid=2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002")).toBeVisible();
  const opened = (lane: number | null) => ({ call: "openPage", id: "HM-7K2Q", check: "audit", remedy: "audit-log-on", lane });
  await page.getByRole("button", { name: "Open the page" }).click();
  await page.getByRole("button", { name: "Other ways in" }).click();
  await expect(page.getByRole("menuitem", { name: /^Own browser/ })).toBeDisabled();
  await page.getByRole("menuitem", { name: /^Copy the link/ }).click();
  await expect.poll(() => acts(host.calls)).toEqual([opened(null), opened(4)]);
  await page.getByRole("radio", { name: /^Go on without this check/ }).click();
  await expect(page.getByRole("button", { name: "Open the page" })).toHaveCount(0);
});

test("a page that is open has a card, and until it is left nothing else is opened or read", async ({ page, host, open }) => {
  await open(named("check-page-open"));
  const card = page.getByRole("region", { name: "Switch the audit log on" });
  await expect(card.getByText("Alder Dental", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Audit log of the customer", exact: true }).click();
  await expect(page.getByRole("button", { name: "Open the page" })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("button", { name: "Check again" })).toHaveAttribute("aria-disabled", "true");
  await card.getByRole("button", { name: "Show window" }).click();
  await card.getByRole("button", { name: "It is done" }).click();
  await card.getByRole("button", { name: "Stop" }).click();
  const id = "HM-7K2Q";
  await expect.poll(() => acts(host.calls)).toEqual([{ call: "showSession", id }, { call: "finishPage", id }, { call: "stopSession", id }]);
});

test("a button that is off can be reached and tells why", async ({ page, host, open }) => {
  await open(named("check"));
  const next = page.getByRole("button", { name: "Review the plan" });
  await next.focus();
  await expect(next).toBeFocused();
  await expect(next).toHaveAccessibleDescription("Fix 1 check first");
  await next.press("Enter");
  expect(acts(host.calls)).toEqual([]);
});

test("wrong answers stand at their field, in the words of the app crate", async ({ page, host, open }) => {
  const story = named("answer");
  await open(story);
  const before = host.calls.length;
  const { answersOf } = await import("./story");
  const answers = answersOf(story);
  host.answer((call) =>
    call.call === "answer"
      ? { reply: "form", value: { stored: false, problems: [{ what: "This is no domain.", why: null, todo: "Type it like alder-dental.example.", id: "GW-ANS-0002", field: "customer" }] } }
      : answers(call),
  );
  await page.getByLabel("Customer's tenant").fill("not a domain");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page.getByText("This is no domain. Type it like alder-dental.example.")).toBeVisible();
  await expect(page.getByLabel("Customer's tenant")).toHaveValue("not a domain");
  expect(acts(host.calls.slice(before))).toEqual([{ call: "answer", id: "HM-7K2Q", answers: { provider: "larkspur-it.example", customer: "not a domain", account: "huntress-platform", region: "us" } }]);
});

test("cards call their acts, and a value stays Copied", async ({ page, host, open }) => {
  await open(named("apply"));
  const card = page.getByRole("region", { name: "Consent for Huntress" });
  await expect(card.getByText("Sign-in 1 seen")).toBeVisible();
  await card.getByRole("button", { name: "Copy: Password" }).click();
  await expect(card.getByRole("button", { name: "Copied: Password" })).toBeVisible();
  await card.getByRole("button", { name: "It is done" }).click();
  await card.getByRole("button", { name: "Other ways in" }).click();
  await page.getByRole("menuitem", { name: "Private browser" }).click();
  await expect
    .poll(() => acts(host.calls))
    .toEqual([
      { call: "copy", id: "HM-7K2Q", step: "consent", index: 1 },
      { call: "finishTask", id: "HM-7K2Q", step: "consent", prompts: null, given: null },
      { call: "startTask", id: "HM-7K2Q", step: "consent", lane: 2 },
    ]);
});

test("take back shows its own plan and asks for its own number", async ({ page, host, open }) => {
  await open(named("done"));
  await page.getByRole("button", { name: "Take back…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("listitem")).toHaveCount(6);
  await dialog.getByLabel("Type 7 to take back 7 changes").fill("7");
  await dialog.getByRole("button", { name: "Take back", exact: true }).click();
  await expect.poll(() => acts(host.calls)).toEqual([{ call: "takeBack", id: "HM-7K2Q", typed: "7" }]);
  await expect(dialog).toHaveCount(0);
});

test("a refused act is told where it happened, with its id, and can be dismissed", async ({ page, host, open, faults }) => {
  await open(named("done"));
  host.answer(() => ({ what: "Nothing was taken back. Your sign-in has ended.", why: null, todo: "Sign in again.", id: "GW-SES-0110", field: null }));
  await page.getByRole("button", { name: "Prove again" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "GW-SES-0110" });
  await expect(alert).toContainText("Sign in again.");
  await alert.getByRole("button", { name: "Close" }).click();
  await expect(alert).toHaveCount(0);
  // The browser itself writes a refused request to the console.
  expect(faults.splice(0).every((fault) => fault.includes("422"))).toBe(true);
});

test("an event makes the screen ask again, and another one leads to its setup", async ({ page, host, open }) => {
  const story = named("check");
  await open(story);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check");
  const { answersOf } = await import("./story");
  host.answer(answersOf({ ...story, setup: setupAt("check", { page: "check", content: { ...checkPage, sentence: "Reading the provider's tenant.", running: true } }) }));
  host.tell({ event: "changed", screens: [{ screen: "setup", id: "HM-7K2Q" }] });
  await expect(page.getByText("Reading the provider's tenant.").first()).toBeVisible();
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What would you like to do?");
  host.answer(answersOf({ ...story, setup: setupAt("done", { page: "done", content: donePage }) }));
  host.tell({ event: "show", setup: "HM-7K2Q", phase: null });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Done for Alder Dental");
});

test("the phone answers by keyboard", async ({ page, host, open }) => {
  await open(named("sign-in-practice"));
  await page.getByLabel("Enter the number shown").focus();
  await page.keyboard.type("47");
  await page.keyboard.press("Enter");
  await expect.poll(() => acts(host.calls)).toEqual([{ call: "phone", id: "p1", number: 47 }]);
});

test("practice stands on every screen, and one button leaves it", async ({ page, host, open }) => {
  for (const place of ["#/", "#/set-up", "#/activity", "#/practice", "#/settings", "#/setups/HM-7K2Q"]) {
    await open({ ...named("apply-practice"), place });
    await expect(page.getByRole("complementary", { name: "Practice", exact: true })).toContainText("Nothing real is touched");
  }
  await page.getByRole("button", { name: "Leave practice" }).click();
  await expect.poll(() => acts(host.calls)).toEqual([{ call: "leavePractice" }]);
});

test("the practice clock moves forward, and starting again is asked about", async ({ page, host, open }) => {
  await open(named("practice"));
  await page.getByRole("button", { name: "+15 min" }).click();
  await page.getByRole("button", { name: "Use The wrong publisher" }).click();
  const dialog = page.getByRole("dialog");
  expect(acts(host.calls)).toEqual([{ call: "moveClock", seconds: 900 }]);
  await dialog.getByRole("button", { name: "Use this one" }).click();
  await expect.poll(() => acts(host.calls).at(-1)).toEqual({ call: "loadScenario", id: "publisher" });
});

test("a setup can be walked by keyboard alone", async ({ page, host, open }) => {
  await open(named("review"));
  const focused = (): Locator => page.locator(":focus");
  await page.keyboard.press("F6");
  await expect(focused()).toHaveAttribute("data-region", "nav");
  await page.keyboard.press("F6");
  await expect(focused()).toHaveAttribute("data-region", "rail");
  await page.keyboard.press("F6");
  await expect(focused()).toHaveAttribute("data-region", "work");
  await page.keyboard.press("F6");
  await expect(focused()).toHaveAttribute("data-region", "footer");
  await page.keyboard.press("Tab");
  await page.keyboard.type("7");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => acts(host.calls).map((call) => call.call)).toEqual(["approve"]);
});

test("below 1180 the explanation is a drawer that Escape closes", async ({ page, open }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await open(named("check"));
  await expect(page.getByRole("table", { name: "Checks" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Why this check" })).toHaveCount(0);
  await page.getByRole("button", { name: "Explanation" }).click();
  // A reader is in the drawer, and nowhere else.
  await expect(page.getByRole("main")).toHaveCount(0);
  const drawer = page.getByRole("dialog", { name: "Explanation" });
  await expect(drawer.getByRole("heading", { name: "Why this check" })).toBeVisible();
  await expect(drawer.getByRole("button", { name: "Close" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: "Why this check" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Explanation" })).toBeFocused();
});

test("a dialog that is closed gives the focus back to what opened it", async ({ page, open }) => {
  for (const [name, opener] of [
    ["done", "Take back…"],
    ["apply", "Stop and take back"],
    ["practice", "Use The wrong publisher"],
    ["home-damaged", "Start a new journal…"],
    ["answer", "Choose from customers"],
  ] as const) {
    await open(named(name));
    const button = page.getByRole("button", { name: opener });
    await button.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog"), name).toBeVisible();
    // What is behind it is hidden from readers once the dialog has the focus.
    await expect(page.getByRole("main"), name).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(button, name).toBeFocused();
  }
});

test("at double size nothing scrolls sideways", async ({ page, open }) => {
  // 200 % zoom of the least window is half of it in CSS pixels.
  await page.setViewportSize({ width: 640, height: 400 });
  for (const name of ["home", "gallery", "answer", "settings", "practice"]) {
    await open(named(name));
    await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), name).toBe(true);
  }
});

test("a seat signs in by the first way, or by another one; an ended session is told on its setup", async ({ page, host, open }) => {
  await open(named("sign-in"));
  await page.getByRole("region", { name: "Larkspur Managed IT" }).getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Other ways in" }).click();
  await page.getByRole("menuitem", { name: "Own browser" }).click();
  await expect
    .poll(() => acts(host.calls))
    .toEqual([
      { call: "signIn", id: "HM-7K2Q", seat: "provider", lane: 1 },
      { call: "signIn", id: "HM-7K2Q", seat: "provider", lane: 3 },
    ]);
  host.tell({ event: "problem", setup: "HM-7K2Q", problem: { what: "The window was closed before the sign-in was done. Nothing was changed.", why: null, todo: "Sign in again when you are ready.", id: "GW-SES-0005", field: null } });
  await expect(page.getByRole("main").getByRole("alert").filter({ hasText: "GW-SES-0005" })).toBeVisible();
});

test("Enter in a field sends the answers", async ({ page, host, open }) => {
  await open(named("answer"));
  const field = page.getByRole("textbox").first();
  await field.focus();
  await field.press("Enter");
  await expect.poll(() => host.calls.filter((call) => call.call === "answer").length).toBe(1);
});

test("a cloud file is chosen and left in Settings, and a wrong one is told where it was chosen", async ({ page, host, open }) => {
  const story = named("settings");
  await open(story);
  const { answersOf } = await import("./story");
  const answers = answersOf(story);
  const wrong = { what: "The cloud file cannot be used. Nothing of it was kept.", why: "/home/dana/mine.toml, line 5, field graph: a live cloud needs https", todo: "Mend the file, or choose another one in Settings.", id: "GW-CLD-0010", field: "cloudFile" };
  host.answer((call) => (call.call === "chooseCloudFile" ? { reply: "form", value: { stored: false, problems: [wrong] } } : answers(call)));
  const group = page.getByRole("group", { name: "Cloud file" });
  await group.getByRole("button", { name: "Choose a cloud file…" }).click();
  for (const words of ["line 5, field graph", "Mend the file", "GW-CLD-0010"]) await expect(group.getByRole("alert")).toContainText(words);

  host.answer(answersOf(named("settings-cloud-file")));
  await group.getByRole("button", { name: "Choose a cloud file…" }).click();
  await expect(group).toContainText("/home/dana/clouds/mine.toml");
  await expect(group.getByRole("alert")).toHaveCount(0);
  await group.getByRole("button", { name: "Remove" }).click();
  await expect.poll(() => acts(host.calls).map((call) => call.call)).toEqual(["chooseCloudFile", "chooseCloudFile", "removeCloudFile"]);
});
