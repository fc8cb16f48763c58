/**
 * How much is left to do by hand: a setup from Home to Done, driven as a person would, with the acts counted by the page itself.
 * `cargo xtask acts` prints the lines.
 */
import { expect, test, type Locator } from "@playwright/test";
import { acts, countActs } from "./acts";
import { attend } from "./attend";
import { PROVIDER, serve } from "./serve";

test.use({ actionTimeout: 10_000 });

/** Types as a person does, by keys. */
async function type(field: Locator, text: string): Promise<void> {
  await field.focus();
  await field.page().keyboard.insertText(text);
}

/** A setup for so many customers, and how many acts it may take. */
const RUNS = [
  { customers: 1, scenario: undefined, atMost: 20 },
  { customers: 25, scenario: "twenty-five-customers", atMost: 30 },
];

for (const { customers, scenario, atMost } of RUNS) {
  test(`gdap-service-account for ${customers} from Home to Done by hand`, async ({ page }) => {
    test.setTimeout(300_000);
    const served = await serve(scenario);
    try {
      await countActs(page);
      await page.goto(served.url);
      const domains = (await served.customers()).slice(0, customers);
      expect(domains).toHaveLength(customers);
      const heading = page.getByRole("heading", { level: 1 });

      await page.getByRole("link", { name: /Set up access to my customers/ }).click();
      await page.getByRole("button", { name: "Set up Huntress MDR" }).click();
      await type(page.getByLabel("Your own domain"), PROVIDER);
      await type(page.getByLabel("The customers' domains"), domains.join("\n"));
      await page.getByRole("button", { name: "Go to sign-in" }).click();
      await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(heading).toHaveText("Review", { timeout: 60_000 });
      const number = /Type (\d+)/.exec(await page.getByText(/^Type \d+ to approve/).first().innerText())?.[1] ?? "";
      await type(page.getByLabel(/^Type \d+ to approve/), number);
      await page.getByRole("button", { name: "Approve and apply" }).click();
      await expect(heading).toHaveText("Apply", { timeout: 20_000 });
      await attend(page, async () => ((await heading.textContent()) ?? "").startsWith("Done"), 200);
      await page.getByRole("button", { name: /^Open: .* mapped in Huntress's portal$/ }).click();
      // What the vendor's portal lists is given once; then the sure proposals are taken, and the mapping is confirmed by name.
      await type(page.getByLabel("Organizations of Huntress, one on each line"), (await served.customerNames()).join("\n"));
      await page.getByRole("button", { name: "Read the list" }).click();
      await page.getByRole("button", { name: /^Take the (\d+ )?sure proposals?$/ }).click();
      await page.getByRole("button", { name: new RegExp(`^I have mapped th(is|ese) ${customers} in the portal$`) }).click();
      await expect(page.getByText(`has mapped ${customers} tenant`)).toBeVisible();
      await expect(page.getByRole("table", { name: "Proved" }).getByRole("img", { name: "Proved", exact: true }).first()).toBeVisible();

      const done = await acts(page);
      console.log(`acts gdap-service-account customers=${customers}: ${done.length} sign-ins ${await served.signIns()}`);
      await test.info().attach("acts", { body: done.join("\n"), contentType: "text/plain" });
      expect(done.length, done.join("\n")).toBeLessThanOrEqual(atMost);
      // A counter that counts nothing would pass as well.
      expect(done.filter((act) => act.startsWith("type ")).length, done.join("\n")).toBeGreaterThanOrEqual(3);
    } finally {
      await served.close();
    }
  });
}
