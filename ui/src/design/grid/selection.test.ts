import { expect, test } from "vitest";
import { allToggled, extended, extentOf, toggled } from "./selection";

const keys = ["a", "b", "c", "d"];
const sorted = (selection: ReadonlySet<string>) => [...selection].sort();

test("one row at a time, and a stretch from either side", () => {
  expect(sorted(toggled(new Set(["a"]), "b"))).toEqual(["a", "b"]);
  expect(sorted(toggled(new Set(["a", "b"]), "b"))).toEqual(["a"]);
  expect(sorted(extended(new Set(["x"]), keys, 3, 1))).toEqual(["b", "c", "d", "x"]);
  expect(sorted(extended(new Set(), keys, 1, 9))).toEqual(["b", "c", "d"]);
});

test("all of those shown, and then none of them; those out of sight stay as they are", () => {
  const all = allToggled(new Set(["x", "b"]), keys);
  expect(sorted(all)).toEqual(["a", "b", "c", "d", "x"]);
  expect(sorted(allToggled(all, keys))).toEqual(["x"]);
});

test("none, some or all", () => {
  expect(extentOf(new Set(["x"]), keys)).toBe("none");
  expect(extentOf(new Set(["a"]), keys)).toBe("some");
  expect(extentOf(new Set(["x", ...keys]), keys)).toBe("all");
});
