import { expect, test } from "vitest";
import { moved } from "./move";

const extent = { rows: 100, columns: 5, page: 10 };
const go = (row: number, column: number, key: string, control = false) => moved({ row, column }, key, control, extent);

test("arrows move by one and stay inside", () => {
  expect(go(3, 2, "ArrowDown")).toEqual({ row: 4, column: 2 });
  expect(go(3, 2, "ArrowLeft")).toEqual({ row: 3, column: 1 });
  expect(go(0, 0, "ArrowUp")).toEqual({ row: 0, column: 0 });
  expect(go(99, 4, "ArrowRight")).toEqual({ row: 99, column: 4 });
  expect(go(99, 4, "ArrowDown")).toEqual({ row: 99, column: 4 });
});

test("Home and End go along the row, with Control to the corners, and page keys by a page", () => {
  expect(go(3, 2, "Home")).toEqual({ row: 3, column: 0 });
  expect(go(3, 2, "End")).toEqual({ row: 3, column: 4 });
  expect(go(3, 2, "Home", true)).toEqual({ row: 0, column: 0 });
  expect(go(3, 2, "End", true)).toEqual({ row: 99, column: 4 });
  expect(go(95, 2, "PageDown")).toEqual({ row: 99, column: 2 });
  expect(go(15, 2, "PageUp")).toEqual({ row: 5, column: 2 });
});

test("other keys do not move, and an empty grid has nowhere to go", () => {
  expect(go(3, 2, "a")).toBeUndefined();
  expect(moved({ row: 0, column: 0 }, "ArrowDown", false, { ...extent, rows: 0 })).toBeUndefined();
});
