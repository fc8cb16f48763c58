import { test, expect } from "@playwright/test";
test.setTimeout(110000);
test("real", async ({ page }) => {
  page.setDefaultTimeout(5000); const url = process.env["REAL"]!;
  const shot = (n: string) => page.screenshot({ path: `/tmp/uiw/real/${n}.png` });
  page.on("console", (m) => { if (m.type() === "error") console.log("CONSOLE", m.text()); });
  page.on("pageerror", (e) => console.log("PAGEERROR", e.message));
  page.on("response", async (r) => { if (r.status() >= 400) console.log(r.status(), r.url(), r.request().postData(), await r.text()); });
  const h1 = async () => (await page.getByRole("heading", { level: 1 }).textContent().catch(() => "?"));
  await page.goto(url + "#/set-up");
  await page.getByRole("button", { name: /Set up/ }).first().click();
  await page.getByLabel("Your own domain").fill("not a domain");
  await page.getByRole("button", { name: "Go to sign-in" }).click();
  await page.waitForTimeout(500); await shot("06-answer-wrong");
  await page.getByLabel("Your own domain").fill("larkspur-it.example");
  await page.getByLabel("The customer's domain").fill("alder-dental.example");
  await page.getByRole("button", { name: "Go to sign-in" }).click();
  await page.waitForTimeout(800); await shot("07-signin"); console.log("after answer", await h1());
  await page.getByRole("button", { name: "Clean window" }).click();
  await page.waitForTimeout(4000); await shot("08-signed-in"); console.log("after signin", await h1());
  if ((await h1()) === "Sign in") { await page.getByRole("button", { name: "Check" }).click(); }
  await page.waitForTimeout(4000); await shot("09-check"); console.log("after check", await h1());
  if ((await h1()) === "Check") {
    for (let i = 0; i < 6; i++) { const fix = page.getByRole("button", { name: /^Fix / }).first(); if (await fix.count() === 0) break; await fix.click(); await page.waitForTimeout(200); await shot("09b-fix"+i); const a = page.getByRole("button", { name: "Accept", exact: true }); if (await a.count()) await a.click(); await page.waitForTimeout(600); }
    await shot("09c-check");
    const n = page.getByRole("button", { name: "Review the plan" });
    if (await n.count()) await n.click();
    await page.waitForTimeout(1500);
  }
  await shot("10-review"); console.log("then", await h1());
  await page.locator("table button").first().click(); await page.waitForTimeout(200); await shot("11-review-open");
  const label = await page.locator("footer label").textContent(); console.log(label);
  await page.locator("footer input").fill(/\d+/.exec(label ?? "")?.[0] ?? "");
  await page.locator("footer button").last().click();
  for (let i = 0; i < 26; i++) {
    await page.waitForTimeout(1500);
    const h = await h1();
    await shot(`20-apply-${String(i).padStart(2, "0")}`);
    const acts = await page.locator("main section button").allTextContents();
    console.log(i, h, acts.join(" | "), "//", (await page.locator("main header p").first().textContent()));
    if (h !== "Apply") break;
    const copies = page.getByRole("button", { name: /^Copy: / });
    while (await copies.count() > 0) { await copies.first().click(); await page.waitForTimeout(250); }
    const primary = page.locator("main section button").filter({ hasText: /Open|Sign in|It is done|Try|Look/ }).first();
    if (await primary.count() > 0) { await primary.click().catch(() => {}); continue; }
    const prove = page.getByRole("button", { name: "Prove" });
    if (await prove.getAttribute("aria-disabled") !== "true") { await prove.click(); continue; }
    const clock = page.getByRole("button", { name: "+15 min" });
    if (await clock.count()) await clock.click();
  }
});
