/** What axe finds on a page, one text for each rule. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/**
 * Left out are the guards by which Fluent's focus library catches Tab at the ends of a group: hidden, focusable on purpose, and gone
 * on with at once. Menus are drawn beside the page's landmarks, which axe has no word for.
 */
export async function findings(page: Page, beside = false): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .exclude("[data-tabster-dummy]")
    .disableRules(beside ? ["region"] : [])
    .analyze();
  return violations.map((violation) => `${violation.id}: ${violation.help}\n${violation.nodes.map((node) => `  ${node.target.join(" ")} ${node.failureSummary ?? ""}`).join("\n")}`);
}
