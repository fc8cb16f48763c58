import { useVirtualizer, defaultRangeExtractor } from "@tanstack/react-virtual";
import { ChevronDownRegular } from "@fluentui/react-icons/svg/chevron-down";
import { ChevronRightRegular } from "@fluentui/react-icons/svg/chevron-right";
import { useId, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from "react";
import { PartyMark } from "../../design/PartyMark";
import { StateSign } from "../../design/StateSign";
import { moved, type Position } from "../../design/grid/position";
import type { MatrixCell } from "../../gen/MatrixCell";
import type { MatrixRow } from "../../gen/MatrixRow";
import type { MatrixView } from "../../gen/MatrixView";
import { text } from "../../text/catalogue";
import styles from "./Matrix.module.css";

export interface MatrixGridProps {
  view: MatrixView;
  /** The rows that are shown. */
  rows: readonly MatrixRow[];
  /** Heads the column of names: "12 customers". */
  title: string;
  open: string | undefined;
  onOpen: (id: string | undefined) => void;
  detail: ReactNode;
}

const ROW = 28;
/** What a row is taken to be until it is measured. */
const DETAIL = 320;
/** Columns before those of the view: name and state. */
const OWN = 2;
const NAME = 164;
const STATE = 146;

type Item = { kind: "row"; row: MatrixRow; at: number } | { kind: "detail"; row: MatrixRow };

/** No column is wider because of a note than this. */
const WIDEST = 120;

/** Wide enough for the headings, and for the longest note beside its sign. */
function widthsOf(view: MatrixView): number[] {
  const longest = view.columns.map(() => 0);
  for (const row of view.rows) {
    row.cells.forEach((cell, at) => {
      longest[at] = Math.max(longest[at] ?? 0, cell?.note?.length ?? 0);
    });
  }
  return view.columns.map((column, at) => {
    const note = longest[at] ?? 0;
    return Math.max(40, Math.round(column.title.length * 6) + 14, note === 0 ? 0 : Math.min(WIDEST, Math.round(note * 7) + 38));
  });
}

/** The grid: only what is seen is drawn, and the cell that has the focus. */
export function MatrixGrid({ view, rows, title, open, onOpen, detail }: MatrixGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useId();
  const [active, setActive] = useState<{ id: string; column: number } | undefined>(undefined);
  // The focus follows the active cell only while a person moves in the grid.
  const follow = useRef(false);
  const items = useMemo(() => {
    const all: Item[] = [];
    rows.forEach((row, at) => {
      all.push({ kind: "row", row, at });
      if (row.id === open) all.push({ kind: "detail", row });
    });
    return all;
  }, [rows, open]);
  const widths = useMemo(() => widthsOf(view), [view]);
  const indexOf = (id: string | undefined) => items.findIndex((item) => item.kind === "row" && item.row.id === id);
  const found = indexOf(active?.id);
  const activeIndex = found === -1 ? 0 : found;
  const column = Math.min(active?.column ?? 0, view.columns.length + OWN - 1);
  const detailAt = items.findIndex((item) => item.kind === "detail");
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === "detail" ? DETAIL : ROW),
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : `${item.kind} ${item.row.id}`;
    },
    overscan: 8,
    // The heading stays on top of what scrolls.
    scrollMargin: ROW,
    scrollPaddingStart: ROW,
    // Whatever holds the focus stays in the page, however far it is scrolled away.
    rangeExtractor: (range) => {
      const seen = new Set(defaultRangeExtractor(range));
      for (const kept of [activeIndex, detailAt]) if (kept >= 0 && kept < items.length) seen.add(kept);
      return [...seen].sort((one, other) => one - other);
    },
    useFlushSync: false,
  });
  useLayoutEffect(() => {
    if (!follow.current) return;
    follow.current = false;
    virtual.scrollToIndex(activeIndex, { align: "auto" });
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-index="${activeIndex}"] [data-column="${column}"]`);
    cell?.focus({ preventScroll: true });
    if (cell !== undefined && cell !== null && scroller.current !== null) showSideways(scroller.current, cell, column);
  });

  const go = (to: Position) => {
    const row = rows[to.row];
    if (row === undefined) return;
    follow.current = true;
    setActive({ id: row.id, column: to.column });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const target = event.target as HTMLElement;
    if (event.key === "Escape" && open !== undefined && !event.defaultPrevented) {
      const at = rows.findIndex((row) => row.id === open);
      onOpen(undefined);
      if (at !== -1) go({ row: at, column: 0 });
      return;
    }
    // What is inside the open customer has keys of its own.
    if (target.closest("[data-column]") !== target || event.altKey || event.metaKey) return;
    const item = items[activeIndex];
    if (item === undefined || item.kind !== "row") return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      follow.current = true;
      onOpen(item.row.id === open ? undefined : item.row.id);
      setActive({ id: item.row.id, column });
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW * 10) / ROW) - 2);
    const to = moved({ row: item.at, column }, event.key, event.ctrlKey, { rows: rows.length, columns: view.columns.length + OWN, page, heading: false });
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };

  const template = [`minmax(${NAME}px, 2.2fr)`, `minmax(${STATE}px, 1.9fr)`, ...widths.map((width) => `minmax(${width}px, 1fr)`)].join(" ");
  const least = NAME + STATE + widths.reduce((sum, width) => sum + width, 0);
  const frame: CSSProperties = { minWidth: least, ["--matrix-columns" as string]: template };
  return (
    <div
      ref={scroller}
      className={`gw-card ${styles.scroller}`}
      role="grid"
      aria-label={text("ui-matrix-customers")}
      aria-description={text("ui-matrix-keys")}
      aria-rowcount={items.length + 1}
      aria-colcount={view.columns.length + OWN}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={styles.head} style={frame}>
        <div role="row" aria-rowindex={1} className={styles.line}>
          <span role="columnheader" aria-colindex={1} className={`${styles.name} gw-numbers`}>
            {title}
          </span>
          <span role="columnheader" aria-colindex={2}>
            {text("ui-matrix-state")}
          </span>
          {view.columns.map((each, index) => (
            <span key={each.id} role="columnheader" aria-colindex={index + OWN + 1} title={each.what} aria-description={each.what}>
              {each.title}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ ...frame, height: rows.length === 0 ? undefined : virtual.getTotalSize() }}>
        {rows.length === 0 && (
          <div role="row" aria-rowindex={2} className={styles.none}>
            <span role="gridcell">{text("ui-matrix-none")}</span>
          </div>
        )}
        {virtual.getVirtualItems().map((part) => {
          const item = items[part.index];
          if (item === undefined) return null;
          const top = part.start - ROW;
          if (item.kind === "detail") {
            return (
              <div key={part.key} ref={virtual.measureElement} data-index={part.index} role="row" aria-rowindex={part.index + 2} className={styles.detail} style={{ top }}>
                <div role="gridcell" aria-colspan={view.columns.length + OWN} aria-label={text("ui-matrix-opened", { customer: item.row.customer.name })} className={styles.inside}>
                  {detail}
                </div>
              </div>
            );
          }
          const isOpen = item.row.id === open;
          return (
            <div
              key={part.key}
              data-index={part.index}
              role="row"
              aria-rowindex={part.index + 2}
              className={`${styles.line} ${styles.row}`}
              data-tone={item.row.stopped ? "fail" : undefined}
              data-open={isOpen}
              style={{ top }}
              onClick={() => {
                setActive({ id: item.row.id, column: active?.id === item.row.id ? column : 0 });
                onOpen(isOpen ? undefined : item.row.id);
              }}
            >
              <Cells
                grid={grid}
                row={item.row}
                view={view}
                isOpen={isOpen}
                reached={part.index === activeIndex ? column : undefined}
                onReach={(reached) => setActive({ id: item.row.id, column: reached })}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface CellsProps {
  grid: string;
  row: MatrixRow;
  view: MatrixView;
  isOpen: boolean;
  /** The column that Tab reaches, where it is in this row. */
  reached: number | undefined;
  onReach: (column: number) => void;
}

function Cells({ grid, row, view, isOpen, reached, onReach }: CellsProps) {
  const name = row.customer.name;
  const own = (column: number) => ({ "data-column": column, tabIndex: reached === column ? 0 : -1, "aria-colindex": column + 1, onFocus: () => onReach(column) });
  const state = said(row.word, row.because);
  return (
    <>
      <span {...own(0)} id={`${grid}-${row.id}`} role="rowheader" aria-expanded={isOpen} aria-label={name} className={styles.name} title={row.domain === name ? name : `${name}, ${row.domain}`}>
        {isOpen ? <ChevronDownRegular fontSize={12} aria-hidden="true" /> : <ChevronRightRegular fontSize={12} aria-hidden="true" />}
        <PartyMark kind={row.customer.party} />
        <span className="gw-cut">{name}</span>
      </span>
      <span {...own(1)} role="gridcell" aria-label={text("ui-matrix-cell", { customer: name, column: text("ui-matrix-state"), state })} title={state} className={styles.cell} data-state={row.sign}>
        <StateSign state={row.sign} />
        <span className="gw-cut">{row.because === null ? row.word : `${row.word}: ${row.because}`}</span>
      </span>
      {view.columns.map((column, index) => {
        const cell = row.cells[index] ?? null;
        const words = cell === null ? view.nothing : wordsOf(cell);
        return (
          <span
            key={column.id}
            {...own(index + OWN)}
            role="gridcell"
            aria-label={text("ui-matrix-cell", { customer: name, column: column.title, state: words })}
            title={words}
            className={`${styles.cell} gw-numbers`}
            data-state={cell?.sign ?? "nothing"}
          >
            {cell === null ? <span aria-hidden="true">–</span> : <StateSign state={cell.sign} />}
            {cell !== null && cell.note !== null && <span className="gw-cut">{cell.note}</span>}
          </span>
        );
      })}
    </>
  );
}

const said = (word: string, more: string | null) => (more === null ? word : text("ui-matrix-said", { word, more }));

/** The word of the sign, and the note where that says more. */
const wordsOf = (cell: MatrixCell) => said(cell.word, cell.note === cell.word ? null : cell.note);

/** Scrolls sideways until the cell is seen beside the names, which stay. */
function showSideways(scroller: HTMLElement, cell: HTMLElement, column: number): void {
  if (column === 0) {
    scroller.scrollLeft = 0;
    return;
  }
  const place = cell.getBoundingClientRect();
  const edge = scroller.getBoundingClientRect().left + scroller.clientLeft;
  const right = edge + scroller.clientWidth;
  const left = edge + (scroller.querySelector('[role="rowheader"]')?.getBoundingClientRect().width ?? 0);
  if (place.left < left) scroller.scrollLeft -= left - place.left;
  else if (place.right > right) scroller.scrollLeft += Math.ceil(place.right - right);
}
