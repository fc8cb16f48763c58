/** Pictures of every state, for people to look at: target/browser/pictures. They fail only when a state cannot be drawn. */
import { expect, test } from "./fixture";
import { stories } from "./story";

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
];

for (const story of stories) {
  test(`${story.name} can be drawn in both themes and sizes`, async ({ page, open }) => {
    for (const theme of ["light", "dark"] as const) {
      await open({ ...story, theme });
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        // The drawer slides out of the way when the window is made narrow.
        await page.waitForTimeout(200);
        // Nothing scrolls sideways but grids.
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
        await page.screenshot({ path: `../../target/browser/pictures/${story.name}-${theme}-${size.width}.png` });
      }
    }
  });
}
