import { fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import type { MatrixRow } from "../../gen/MatrixRow";
import type { MatrixView } from "../../gen/MatrixView";
import { Matrix } from "./Matrix";

// jsdom lays nothing out: the grid is a window of twenty rows, and each thing in it as high as a row.
beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(20 * 28);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(700);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(28);
  Element.prototype.scrollTo = function (this: Element, to?: unknown) {
    const top = typeof to === "object" && to !== null ? (to as ScrollToOptions).top : undefined;
    this.scrollTop = top ?? 0;
    fireEvent.scroll(this);
  };
});

const row = (at: number): MatrixRow => ({
  id: `tenant-${at}`,
  customer: { party: "customer", name: `Customer ${String(at).padStart(4, "0")}`, tenant: null, initials: "C" },
  domain: `customer-${at}.example`,
  sign: at === 7 ? "fail" : "pass",
  word: at === 7 ? "Stopped" : "Done",
  because: at === 7 ? "Somebody changed the policy." : null,
  stopped: at === 7,
  filters: [at === 7 ? "stopped" : "done"],
  cells: [{ sign: "pass", word: "Done", note: null }, at === 7 ? { sign: "fail", word: "Stopped", note: "Stopped" } : at === 8 ? { sign: "running", word: "Running", note: "2 of 3" } : null],
});

const view = (count: number): MatrixView => ({
  title: `${count} customers`,
  nothing: "not set up",
  columns: [
    { id: "roles", title: "10 roles", what: "The group gets its roles." },
    { id: "policies", title: "Policies", what: "Policies let the account through." },
  ],
  filters: [
    { id: "stopped", word: "Stopped", count: 1 },
    { id: "done", word: "Done", count: count - 1 },
  ],
  rows: Array.from({ length: count }, (_, at) => row(at)),
});

function Stage({ count, onOpen }: { count: number; onOpen?: (id: string | undefined) => void }) {
  const [open, setOpen] = useState<string | undefined>(undefined);
  const [filter, setFilter] = useState<string | null>(null);
  return (
    <Matrix
      view={view(count)}
      filter={filter}
      onFilter={setFilter}
      open={open}
      onOpen={(id) => {
        setOpen(id);
        onOpen?.(id);
      }}
      detail={<button type="button">Try again</button>}
    />
  );
}

const focused = () => document.activeElement;
const cell = (name: string) => screen.getByRole("gridcell", { name });

test("of a thousand customers only those in sight are drawn, and all are counted", () => {
  render(<Stage count={1000} />);
  const grid = screen.getByRole("grid", { name: "Customers" });
  expect(grid.getAttribute("aria-rowcount")).toBe("1001");
  expect(grid.getAttribute("aria-colcount")).toBe("4");
  const drawn = within(grid).getAllByRole("row");
  expect(drawn.length).toBeGreaterThan(20);
  expect(drawn.length).toBeLessThan(60);
});

test("each cell says customer, column and state, an empty one too", () => {
  render(<Stage count={12} />);
  expect(cell("Customer 0003, 10 roles: Done")).toBeTruthy();
  expect(cell("Customer 0003, Policies: not set up").textContent).toBe("–");
  expect(cell("Customer 0007, Policies: Stopped").textContent).toBe("Stopped");
  expect(cell("Customer 0008, Policies: Running, 2 of 3").textContent).toBe("2 of 3");
  expect(cell("Customer 0007, State: Stopped, Somebody changed the policy.")).toBeTruthy();
});

test("arrows move the one cell that Tab reaches, and the focus with it", async () => {
  render(<Stage count={1000} />);
  const grid = screen.getByRole("grid");
  const reached = () => [...grid.querySelectorAll('[tabindex="0"]')];
  expect(reached()).toEqual([screen.getByRole("rowheader", { name: "Customer 0000" })]);
  screen.getByRole("rowheader", { name: "Customer 0000" }).focus();
  await userEvent.keyboard("{ArrowDown}{ArrowRight}{ArrowRight}");
  expect(focused()).toBe(cell("Customer 0001, 10 roles: Done"));
  expect(reached()).toEqual([focused()]);
  await userEvent.keyboard("{Control>}{End}{/Control}");
  expect(focused()).toBe(cell("Customer 0999, Policies: not set up"));
  expect(focused()?.closest('[role="row"]')?.getAttribute("aria-rowindex")).toBe("1001");
  await userEvent.keyboard("{Home}");
  expect(focused()).toBe(screen.getByRole("rowheader", { name: "Customer 0999" }));
});

test("Enter opens a customer and closes it, Escape inside leads back to it", async () => {
  const opened: (string | undefined)[] = [];
  render(<Stage count={12} onOpen={(id) => opened.push(id)} />);
  const head = () => screen.getByRole("rowheader", { name: "Customer 0002" });
  head().focus();
  await userEvent.keyboard("{Enter}");
  expect(head().getAttribute("aria-expanded")).toBe("true");
  expect(focused()).toBe(head());
  expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe("14");
  // Tab goes into what is open, whose keys are its own.
  await userEvent.tab();
  expect(focused()).toBe(screen.getByRole("button", { name: "Try again" }));
  await userEvent.keyboard("{ArrowDown}");
  expect(focused()).toBe(screen.getByRole("button", { name: "Try again" }));
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  expect(focused()).toBe(head());
  await userEvent.keyboard("{Enter}{Enter}");
  expect(opened).toEqual(["tenant-2", undefined, "tenant-2", undefined]);
});

test("a click opens the row, and the next row follows what is open", async () => {
  render(<Stage count={12} />);
  await userEvent.click(cell("Customer 0004, 10 roles: Done"));
  const rows = screen.getAllByRole("row").map((each) => each.getAttribute("aria-rowindex"));
  expect(rows).toHaveLength(14);
  const next = screen.getByRole("rowheader", { name: "Customer 0005" }).closest('[role="row"]');
  expect(next?.getAttribute("aria-rowindex")).toBe("8");
});

test("/ leads to the search, and not while somebody types", async () => {
  render(<Stage count={1000} />);
  await userEvent.keyboard("/");
  const field = screen.getByRole("searchbox");
  expect(focused()).toBe(field);
  await userEvent.keyboard("customer-99/");
  expect((field as HTMLInputElement).value).toBe("customer-99/");
  await userEvent.keyboard("{Backspace}");
  // customer-99, and 990 to 999
  expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe("12");
  expect(screen.getByRole("status").textContent).toBe("11 of 1000 customers");
});

test("a kind is shown alone, once more shows all, and nothing that fits says so", async () => {
  render(<Stage count={12} />);
  await userEvent.click(screen.getByRole("button", { name: "1 Stopped" }));
  expect(screen.getAllByRole("rowheader").map((each) => each.getAttribute("aria-label"))).toEqual(["Customer 0007"]);
  await userEvent.type(screen.getByRole("searchbox"), "0003");
  expect(screen.getByText("No customer fits. Clear the search or show all.")).toBeTruthy();
  await userEvent.clear(screen.getByRole("searchbox"));
  await userEvent.click(screen.getByRole("button", { name: "1 Stopped" }));
  expect(screen.getAllByRole("rowheader")).toHaveLength(12);
});
