/** A journal that cannot be written: said on every screen, with the ways out of it. */
import { expect, test } from "./fixture";
import { answersOf, stories, type PageView } from "./story";

const named = (name: string): PageView => stories.find((story) => story.name === name)!;
const QUESTIONS = new Set(["frame", "home", "gallery", "setup", "customer", "activity", "practice", "settings"]);
const acts = (calls: readonly { call: string }[]) => calls.filter((call) => !QUESTIONS.has(call.call));

test("every screen says that the journal is damaged: what, why, what to do, and an id", async ({ page, open }) => {
  for (const place of ["#/", "#/set-up", "#/activity", "#/practice", "#/settings", "#/setups/HM-7K2Q"]) {
    await open({ ...named("review-damaged"), place });
    const notice = page.getByRole("status").filter({ hasText: "GW-JRN-0003" });
    for (const words of ["The journal is damaged", "entry 5 is not as it was written", "Export it, then start a new one"]) await expect(notice).toContainText(words);
    await expect(notice.getByRole("button", { name: "Export the journal" })).toBeVisible();
  }
});

test("a damaged journal is exported, and set aside only after a word about what is forgotten", async ({ page, host, open }) => {
  const story = named("home-damaged");
  await open(story);
  const answers = answersOf(story);
  host.answer((call) => (call.call === "exportJournal" ? { reply: "saved", value: { path: "/home/dana/Downloads/journal.jsonl" } } : answers(call)));
  await page.getByRole("button", { name: "Export the journal" }).click();
  await expect(page.getByText("/home/dana/Downloads/journal.jsonl")).toBeVisible();

  const start = page.getByRole("button", { name: "Start a new journal…" });
  await start.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("It is not deleted");
  await expect(dialog).toContainText("What they made in tenants stays there");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  expect(acts(host.calls).map((call) => call.call)).toEqual(["exportJournal"]);

  await start.click();
  const whole = answersOf({ ...story, frame: {} });
  host.answer((call) => (call.call === "startAfresh" ? { reply: "saved", value: { path: "/data/journal-set-aside-7" } } : whole(call)));
  await page.getByRole("dialog").getByRole("button", { name: "Start a new journal" }).click();
  await expect(page.getByText("/data/journal-set-aside-7")).toBeVisible();
  await expect(page.getByText("GW-JRN-0003")).toHaveCount(0);
  expect(acts(host.calls).map((call) => call.call)).toEqual(["exportJournal", "startAfresh"]);
});

test("a second instance looks again: still so at first, then it takes over", async ({ page, host, open }) => {
  const story = named("home-second-instance");
  await open(story);
  const again = page.getByRole("button", { name: "Try again" });
  await again.click();
  await expect(page.getByText("Grantway looked again. Nothing has changed.")).toBeVisible();
  await expect(page.getByText("Another Grantway has these setups open.")).toBeVisible();
  host.answer(answersOf({ ...story, frame: {} }));
  await again.click();
  await expect(page.getByText("GW-JRN-0002")).toHaveCount(0);
  await expect(page.getByText("Grantway looked again. Nothing has changed.")).toHaveCount(0);
  expect(acts(host.calls)).toEqual([{ call: "tryAgain" }, { call: "tryAgain" }]);
});

test("a run that stopped for want of room says so on its screen and goes on by one button", async ({ page, host, open }) => {
  await open(named("apply-halted"));
  const card = page.getByRole("region", { name: "The setup has stopped" });
  for (const words of ["The journal cannot be written, so nothing was sent.", "database or disk is full", "Make room", "GW-JRN-0001"]) await expect(card).toContainText(words);
  await card.getByRole("button", { name: "Go on" }).click();
  await expect.poll(() => acts(host.calls)).toEqual([{ call: "goOn", id: "HM-7K2Q" }]);
});
