import { expect, test } from "vitest";
import { layoutGrantMap, type Box } from "./layout";
import { story } from "./story";

const overlap = (a: Box, b: Box) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test("vendor above provider above customers, nothing over anything else", () => {
  const layout = layoutGrantMap(story, 374, 516);
  const [vendor, provider, ...customers] = layout.parties;
  expect(vendor!.y + vendor!.height).toBeLessThan(provider!.y);
  for (const customer of customers) expect(provider!.y + provider!.height).toBeLessThan(customer.y);
  const boxes: Box[] = layout.objects;
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => expect(overlap(a, b)).toBe(false)));
  customers.forEach((a, i) => customers.slice(i + 1).forEach((b) => expect(overlap(a, b)).toBe(false)));
});

test("objects lie inside their owner, everything inside the width", () => {
  const layout = layoutGrantMap(story, 374, 516);
  for (const object of layout.objects) {
    const owner = layout.parties.find((placed) => placed.party.id === object.owner)!;
    expect(object.x).toBeGreaterThanOrEqual(owner.x);
    expect(object.x + object.width).toBeLessThanOrEqual(owner.x + owner.width);
    expect(object.y + object.height).toBeLessThanOrEqual(owner.y + owner.height);
  }
  for (const box of [...layout.parties, ...layout.objects]) expect(box.x + box.width).toBeLessThanOrEqual(374);
});

test("the drawing fills the height that is there, and keeps a least height", () => {
  expect(Math.round(layoutGrantMap(story, 374, 600).height)).toBe(600);
  expect(layoutGrantMap(story, 374, 100).height).toBeGreaterThan(400);
});

test("every grant between known ends is drawn; one with an unknown end is not", () => {
  const layout = layoutGrantMap({ ...story, grants: [...story.grants, { id: "odd", from: "nobody", to: "vendor", rows: [] }] }, 374, 516);
  expect(layout.grants.map((placed) => placed.grant.id).sort()).toEqual(story.grants.map((grant) => grant.id).sort());
});
