import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { ThemeRoot } from "../../design/ThemeRoot";
import { Grid, type GridColumn } from "./Grid";
import type { Selection } from "../../design/grid/selection";

type Thing = { name: string; size: string };

const columns: readonly GridColumn<Thing>[] = [
  { id: "name", title: "Name", width: 100, sorts: true, says: (row) => row.name, draw: (row) => row.name },
  { id: "size", title: "Size", width: 100, says: (row) => `size ${row.size}`, draw: (row) => row.size },
];

// jsdom lays nothing out: the grid is as high as ten rows.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(313);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(600);
});

function Stage({ count, onOpen, onSort }: { count: number; onOpen?: (row: Thing, column: number) => void; onSort?: (column: string) => void }) {
  const rows = Array.from({ length: count }, (_, index) => ({ name: `Thing ${index}`, size: String(index * 2) }));
  const [selection, setSelection] = useState<Selection>(new Set());
  return (
    <ThemeRoot choice="light">
      <Grid
        label="Things"
        words={{ select: "Select", selected: "selected", notSelected: "not selected" }}
        rows={rows}
        keys={rows.map((row) => row.name)}
        columns={columns}
        nameOf={(row) => row.name}
        selection={selection}
        onSelect={setSelection}
        sorting={{ column: "name", descending: false }}
        {...(onOpen === undefined ? {} : { onOpen })}
        {...(onSort === undefined ? {} : { onSort })}
        onEscape={() => setSelection(new Set())}
      />
      <output>{[...selection].join(", ")}</output>
    </ThemeRoot>
  );
}

const active = () => document.getElementById(screen.getByRole("grid").getAttribute("aria-activedescendant")!)!;
const chosen = () => screen.getByRole("status").textContent;

test("all rows are counted, few are drawn, each says which it is", () => {
  render(<Stage count={2418} />);
  const grid = screen.getByRole("grid", { name: "Things" });
  expect(grid.getAttribute("aria-rowcount")).toBe("2419");
  const drawn = within(grid).getAllByRole("row");
  expect(drawn.length).toBeGreaterThan(10);
  expect(drawn.length).toBeLessThan(60);
  expect(drawn[1]?.getAttribute("aria-rowindex")).toBe("2");
  expect(screen.getByRole("gridcell", { name: "Thing 3, Size: size 6" })).toBeDefined();
});

test("by keyboard: move, choose, choose a stretch, let go", async () => {
  const user = userEvent.setup();
  render(<Stage count={50} />);
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole("grid"));
  expect(active().getAttribute("aria-label")).toBe("Thing 0");
  await user.keyboard("{ArrowDown} ");
  expect(chosen()).toBe("Thing 1");
  await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
  expect(chosen()).toBe("Thing 1, Thing 2, Thing 3");
  expect(screen.getByRole("row", { name: /Thing 3/ }).getAttribute("aria-selected")).toBe("true");
  // Moving on without Shift begins a new stretch.
  await user.keyboard("{ArrowDown}{ArrowDown}{Shift>}{ArrowDown}{/Shift}");
  expect(chosen()).toBe("Thing 1, Thing 2, Thing 3, Thing 5, Thing 6");
  await user.keyboard("{Escape}");
  expect(chosen()).toBe("");
  await user.keyboard("{Control>}a{/Control}");
  expect(chosen()?.split(", ")).toHaveLength(50);
});

test("Enter opens the cell, and in a heading sorts where it can", async () => {
  const user = userEvent.setup();
  const [onOpen, onSort] = [vi.fn(), vi.fn()];
  render(<Stage count={5} onOpen={onOpen} onSort={onSort} />);
  await user.tab();
  await user.keyboard("{ArrowDown}{ArrowRight}{Enter}");
  expect(onOpen).toHaveBeenCalledExactlyOnceWith({ name: "Thing 1", size: "2" }, 1);
  await user.keyboard("{ArrowUp}{ArrowUp}{Enter}");
  expect(active().textContent).toBe("Size");
  expect(onSort).not.toHaveBeenCalled();
  await user.keyboard("{ArrowLeft}{Enter}");
  expect(onSort).toHaveBeenCalledExactlyOnceWith("name");
  await user.keyboard("{ArrowLeft} ");
  expect(chosen()?.split(", ")).toHaveLength(5);
});

test("by pointer: a click moves there, the box chooses, Shift chooses up to there", async () => {
  const user = userEvent.setup();
  const onOpen = vi.fn();
  render(<Stage count={9} onOpen={onOpen} />);
  await user.click(screen.getByRole("gridcell", { name: "Thing 4" }));
  expect(chosen()).toBe("");
  await user.click(screen.getByRole("gridcell", { name: "Thing 2, not selected" }));
  await user.keyboard("{Shift>}");
  await user.click(screen.getByRole("gridcell", { name: "Thing 4" }));
  await user.keyboard("{/Shift}");
  expect(chosen()).toBe("Thing 2, Thing 3, Thing 4");
  await user.dblClick(screen.getByRole("gridcell", { name: "Thing 6" }));
  expect(onOpen).toHaveBeenCalledWith({ name: "Thing 6", size: "12" }, 0);
});

test("a plain click on a cell that opens does so; with Shift it chooses", async () => {
  const user = userEvent.setup();
  const onOpen = vi.fn();
  const things = [{ name: "One", size: "1" }, { name: "Two", size: "2" }];
  const onSelect = vi.fn();
  render(
    <ThemeRoot choice="light">
      <Grid
        label="Things"
        words={{ select: "Select", selected: "selected", notSelected: "not selected" }}
        rows={things}
        keys={["one", "two"]}
        columns={columns.map((column) => ({ ...column, opens: column.id === "name" }))}
        nameOf={(row) => row.name}
        selection={new Set()}
        onSelect={onSelect}
        onOpen={onOpen}
      />
    </ThemeRoot>,
  );
  await user.click(screen.getByRole("gridcell", { name: "Two" }));
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(things[1], 0);
  await user.keyboard("{Shift>}");
  await user.click(screen.getByRole("gridcell", { name: "One" }));
  await user.keyboard("{/Shift}");
  expect(onOpen).toHaveBeenCalledTimes(1);
  expect([...onSelect.mock.calls[0]![0]]).toEqual(["one", "two"]);
});

test("an empty grid has its heading alone, and the keys do no harm", async () => {
  const user = userEvent.setup();
  const onOpen = vi.fn();
  render(<Stage count={0} onOpen={onOpen} />);
  await user.tab();
  await user.keyboard("{ArrowDown}{Enter} {Control>}{End}{/Control}");
  expect(onOpen).not.toHaveBeenCalled();
  expect(active().getAttribute("role")).toBe("columnheader");
});
