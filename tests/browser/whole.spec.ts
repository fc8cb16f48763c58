/**
 * A setup from the first screen to the last, against the real app and its practice cloud. A robot person signs in where a window
 * would open; everything else is pressed and read here. What the cloud has recorded is the judge of what the screens say.
 */
import { test as base, expect, type Page } from "@playwright/test";
import { attend } from "./attend";
import { findings } from "./findings";
import { watch } from "./fixture";
import { serve, type Served } from "./serve";

const test = base.extend<{ served: Served }>({
  served: async ({}, use) => {
    const served = await serve();
    await use(served);
    await served.close();
  },
});

test.use({ actionTimeout: 10_000 });

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

/** The screen is there, and axe has nothing to say about it. */
async function stands(page: Page, title: string | RegExp): Promise<void> {
  await expect(heading(page)).toHaveText(title, { timeout: 20_000 });
  // Motion of Fluent is over, or half-faded text counts as too pale.
  await page.waitForTimeout(250);
  expect(await findings(page), String(title)).toEqual([]);
}

test("Home, gallery, answers, sign-in, check, review, apply, prove, done, take back", async ({ page, served }) => {
  test.setTimeout(120_000);
  const faults: string[] = [];
  watch(page, faults);
  const before = await served.state();
  await page.goto(served.url);

  await stands(page, "What would you like to do?");
  await expect(page.getByRole("complementary", { name: "Practice", exact: true })).toContainText("Nothing real is touched");
  await page.getByRole("link", { name: /Set up access to my customers/ }).click();
  await stands(page, "Choose what to set up");
  await page.getByRole("button", { name: "Set up Huntress MDR" }).click();

  await stands(page, "Answer");
  await page.getByLabel("Your own domain").fill("larkspur-it.example");
  await page.getByLabel("The customers' domains").fill("no domain");
  const submit = page.getByRole("button", { name: "Go to sign-in" });
  await submit.click();
  await expect(page.getByText("is not a domain")).toBeVisible();
  await page.getByLabel("The customers' domains").fill("alder-dental.example");
  await submit.click();

  await stands(page, "Sign in");
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();

  // Signing in leads on to what was read, and to the plan that was made from it.
  await stands(page, "Review");
  await page.getByRole("link", { name: /^Check/ }).click();
  await stands(page, "Check");
  await expect(page.getByRole("group", { name: "Show only" }).getByRole("button", { name: /Passed$/ })).toBeVisible();
  await expect(page.getByRole("group", { name: "Show only" }).getByRole("button", { name: /Failed$/ })).toHaveCount(0);
  await page.getByRole("link", { name: /^Review/ }).click();
  await expect(heading(page)).toHaveText("Review");
  expect(await served.writes()).toEqual([]);

  const approval = page.getByLabel(/^Type \d+ to approve/);
  const number = /Type (\d+)/.exec((await page.getByText(/^Type \d+ to approve/).first().innerText()) ?? "")?.[1] ?? "";
  const button = page.getByRole("button", { name: "Approve and apply" });
  await approval.fill("99");
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await approval.fill(number);
  await button.click();

  await stands(page, "Apply");
  const applied = await attend(page, async () => ((await heading(page).textContent()) ?? "").startsWith("Done"));
  expect(applied, "a wait of Microsoft's passed").toContain("a wait");
  await stands(page, /^Done/);
  const written = await served.writes();
  expect(written.length).toBeGreaterThan(5);
  const proofs = page.getByRole("table", { name: "Proved" });
  const claims = (await proofs.getByRole("row").count()) - 1;
  expect(claims).toBeGreaterThan(5);
  await page.getByRole("button", { name: "Prove again" }).click();
  // The mapping, and whether data reaches the vendor, only a person can say, and nobody has yet.
  await expect(proofs.getByRole("img", { name: "Proved", exact: true })).toHaveCount(claims - 2);
  await expect(proofs.getByRole("img", { name: "Cannot see", exact: true })).toHaveCount(2);

  await page.getByRole("button", { name: "Take back…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Type \d+ to take back/).fill(number);
  await dialog.getByRole("button", { name: "Take back", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  const over = page.getByRole("heading", { name: "Taken back", level: 1 });
  await attend(page, async () => (await over.isVisible()) && JSON.stringify(await served.state()) === JSON.stringify(before));
  await stands(page, /./);
  const removed = (await served.writes()).slice(written.length).filter((write) => write.startsWith("DELETE "));
  expect(removed.length).toBeGreaterThan(1);
  expect(await served.state()).toEqual(before);

  await page.getByRole("link", { name: "Home", exact: true }).click();
  await stands(page, "What would you like to do?");
  await expect(page.getByText("Nothing is waiting")).toBeVisible();
  // The browser itself writes a refused request to the console.
  expect(faults).toEqual([]);
});
