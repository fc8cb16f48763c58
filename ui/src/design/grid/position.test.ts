import { expect, test } from "vitest";
import { kept, moved } from "./position";

const extent = { rows: 100, columns: 6, page: 20, heading: true };
const at = (row: number, column: number) => ({ row, column });

test("arrows move by one and stop at the edges; above the first row is the heading", () => {
  expect(moved(at(3, 2), "ArrowDown", false, extent)).toEqual(at(4, 2));
  expect(moved(at(0, 2), "ArrowUp", false, extent)).toEqual(at(-1, 2));
  expect(moved(at(-1, 2), "ArrowUp", false, extent)).toEqual(at(-1, 2));
  expect(moved(at(99, 2), "ArrowDown", false, extent)).toEqual(at(99, 2));
  expect(moved(at(3, 0), "ArrowLeft", false, extent)).toEqual(at(3, 0));
  expect(moved(at(3, 5), "ArrowRight", false, extent)).toEqual(at(3, 5));
});

test("pages and ends", () => {
  expect(moved(at(3, 2), "PageDown", false, extent)).toEqual(at(23, 2));
  expect(moved(at(95, 2), "PageDown", false, extent)).toEqual(at(99, 2));
  expect(moved(at(3, 2), "PageUp", false, extent)).toEqual(at(0, 2));
  expect(moved(at(-1, 2), "PageUp", false, extent)).toEqual(at(-1, 2));
  expect(moved(at(3, 2), "Home", false, extent)).toEqual(at(3, 0));
  expect(moved(at(3, 2), "End", false, extent)).toEqual(at(3, 5));
  expect(moved(at(3, 2), "Home", true, extent)).toEqual(at(0, 0));
  expect(moved(at(3, 2), "End", true, extent)).toEqual(at(99, 5));
  expect(moved(at(3, 2), "x", false, extent)).toBeUndefined();
});

test("a grid that becomes smaller keeps the focus inside, and an empty one in its heading", () => {
  expect(kept(at(50, 5), { rows: 10, columns: 4 })).toEqual(at(9, 3));
  expect(kept(at(50, 1), { rows: 0, columns: 4 })).toEqual(at(-1, 1));
  expect(moved(at(-1, 1), "ArrowDown", false, { rows: 0, columns: 4, page: 1, heading: true })).toEqual(at(-1, 1));
});

const headless = { rows: 100, columns: 5, page: 10, heading: false };
const inside = (row: number, column: number, key: string, control = false) => moved({ row, column }, key, control, headless);

test("without a heading arrows move by one and stay inside", () => {
  expect(inside(3, 2, "ArrowDown")).toEqual({ row: 4, column: 2 });
  expect(inside(3, 2, "ArrowLeft")).toEqual({ row: 3, column: 1 });
  expect(inside(0, 0, "ArrowUp")).toEqual({ row: 0, column: 0 });
  expect(inside(99, 4, "ArrowRight")).toEqual({ row: 99, column: 4 });
  expect(inside(99, 4, "ArrowDown")).toEqual({ row: 99, column: 4 });
});

test("without a heading Home and End go along the row, with Control to the corners, and page keys by a page", () => {
  expect(inside(3, 2, "Home")).toEqual({ row: 3, column: 0 });
  expect(inside(3, 2, "End")).toEqual({ row: 3, column: 4 });
  expect(inside(3, 2, "Home", true)).toEqual({ row: 0, column: 0 });
  expect(inside(3, 2, "End", true)).toEqual({ row: 99, column: 4 });
  expect(inside(95, 2, "PageDown")).toEqual({ row: 99, column: 2 });
  expect(inside(15, 2, "PageUp")).toEqual({ row: 5, column: 2 });
});

test("other keys do not move, and an empty grid without a heading has nowhere to go", () => {
  expect(inside(3, 2, "a")).toBeUndefined();
  expect(moved({ row: 0, column: 0 }, "ArrowDown", false, { ...headless, rows: 0 })).toBeUndefined();
});
