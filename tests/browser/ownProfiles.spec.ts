/** A vendor of one's own: the form over the real app, and what comes of it. */
import { expect, test } from "@playwright/test";
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

test("a profile is made in the form, is begun with, and is put away", async ({ page }) => {
  test.setTimeout(120_000);
  const faults: string[] = [];
  watch(page, faults);
  await page.goto(`${served.url}#/set-up`);
  const template = page.getByRole("article", { name: "A vendor of your own" });
  await template.getByRole("link", { name: "Fill in the form" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "A vendor of your own" })).toBeVisible();

  // Nothing typed: every answer that is missing is told at its field, and nothing is kept.
  await page.getByRole("button", { name: "Keep this profile" }).click();
  await expect(page.getByText("No role is picked yet.")).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "8 answers have to be changed." })).toBeVisible();
  expect(await findings(page), "a form with errors").toEqual([]);

  await page.getByLabel("Vendor", { exact: true }).fill("Contoso Security");
  await page.getByLabel("Product").fill("Night Watch");
  await page.getByLabel("What the vendor does with the access").fill("It looks for stolen sign-ins.");
  const search = page.getByRole("combobox", { name: "Roles in the customer: Search and add" });
  for (const role of ["global admin", "Reports Reader"]) {
    await search.pressSequentially(role);
    await page.getByRole("option").first().click();
  }
  const everything = page.getByRole("group", { name: "Global Administrator" });
  await expect(everything.getByText("cannot extend itself")).toBeVisible();
  await page.screenshot({ path: "../../target/browser/pictures/profile-form-filled.png", fullPage: true });
  await everything.getByRole("button", { name: "Remove Global Administrator" }).click();
  await expect(everything).toHaveCount(0);
  const reader = page.getByRole("group", { name: "Reports Reader" });
  await reader.getByLabel("What it is used for").fill("Reads sign-ins.");
  await page.getByLabel("Name of the security group").fill("Night Watch");
  await page.getByLabel("Name of the account").fill("NightWatch");
  await page.getByLabel("Publisher", { exact: true }).fill("Contoso Security Inc");
  await page.getByLabel("Address of the vendor's portal").fill("http://portal.contoso.com/");
  await page.getByRole("button", { name: "Keep this profile" }).click();
  await expect(page.getByText("is not an address that a clean session opens.")).toBeVisible();
  await page.getByLabel("Address of the vendor's portal").fill("https://portal.contoso.com/");
  // Enter begins the next line here.
  const acts = page.getByLabel("What to do in the portal");
  await acts.press("End");
  await acts.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "A vendor of your own" })).toBeVisible();
  await page.getByRole("button", { name: "Keep this profile" }).click();

  const card = page.getByRole("article", { name: "Night Watch" });
  await expect(card.getByText("One admin role in the customer")).toBeVisible();
  await expect(card.getByText("Your own")).toBeVisible();
  await card.getByRole("button", { name: "Set up Night Watch" }).click();
  await expect(page.getByLabel("Name of the security group")).toHaveValue("Night Watch");

  // While a setup needs it, it stays.
  await page.goto(`${served.url}#/set-up`);
  await card.getByRole("button", { name: "More for Night Watch" }).click();
  await page.getByRole("menuitem", { name: "Put away" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Put away" }).click();
  await expect(page.getByText("This profile is still needed. Nothing was put away.")).toBeVisible();
  await page.goto(`${served.url}#/`);
  await page.getByRole("button", { name: "Continue" }).or(page.getByRole("link", { name: "Continue" })).first().click();
  await page.getByRole("button", { name: "Put away" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "What would you like to do?" })).toBeVisible();
  await page.goto(`${served.url}#/set-up`);
  await card.getByRole("button", { name: "More for Night Watch" }).click();
  await page.getByRole("menuitem", { name: "Save as a file" }).click();
  await expect(page.getByText("own-contoso-security-night-watch.toml")).toBeVisible();
  await card.getByRole("button", { name: "More for Night Watch" }).click();
  await page.getByRole("menuitem", { name: "Put away" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Put away" }).click();
  await expect(card).toHaveCount(0);
  expect(await served.writes()).toEqual([]);
  expect(faults.filter((fault) => !fault.includes("422"))).toEqual([]);
});
