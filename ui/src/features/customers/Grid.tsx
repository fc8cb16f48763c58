import { useVirtualizer, defaultRangeExtractor, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useId, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode } from "react";
import { CheckMark } from "../../design/grid/CheckMark";
import { kept, moved, type Position } from "../../design/grid/position";
import { allToggled, extended, extentOf, toggled, type Selection } from "../../design/grid/selection";
import styles from "./Grid.module.css";

/** Height of every row, in px. */
export const ROW = 28;
const HEAD = 33;
/** Rows that are drawn beyond what is seen. */
const BEYOND = 8;

export interface GridColumn<Row> {
  id: string;
  title: string;
  /** Before the title: a party's mark. */
  mark?: ReactNode;
  /** Least width in px, and how much of what is left it takes. */
  width: number;
  grows?: number;
  /** Sorts by it when its heading is pressed. */
  sorts?: boolean;
  /** A plain click opens the row; in the others a double click does. */
  opens?: boolean;
  /** What a reader hears in the cell, without the row's name and the column's. */
  says: (row: Row) => string;
  draw: (row: Row) => ReactNode;
  /** What the pointer is told where the cell is too narrow. */
  hint?: (row: Row) => string | undefined;
}

export interface Sorting {
  column: string;
  descending: boolean;
}

export interface GridWords {
  /** The name of the column that chooses rows. */
  select: string;
  selected: string;
  notSelected: string;
}

export interface GridProps<Row> {
  label: string;
  words: GridWords;
  rows: readonly Row[];
  keys: readonly string[];
  columns: readonly GridColumn<Row>[];
  /** The row's name, said before each cell. */
  nameOf: (row: Row) => string;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  sorting?: Sorting;
  onSort?: (column: string) => void;
  /** Enter or a double click on a cell; the column is −1 for the one that chooses. */
  onOpen?: (row: Row, column: number) => void;
  /** The first and last row in sight, from 0. */
  onSight?: (first: number, last: number) => void;
  /** The row that has the focus. */
  onActive?: (row: Row | undefined, column: number) => void;
  /** Escape; without it the key goes on to what stands around. */
  onEscape?: () => void;
  /** Room below the last row for what floats over the grid, in px. */
  foot?: number;
}

/**
 * Thousands of rows, of which those in sight are drawn. The grid has the focus and names its active cell, so that a row that
 * scrolls out of sight takes no focus with it.
 */
export function Grid<Row>({ label, words, rows, keys, columns, nameOf, selection, onSelect, sorting, onSort, onOpen, onSight, onActive, onEscape, foot = 0 }: GridProps<Row>) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [wished, setWished] = useState<Position>({ row: 0, column: 1 });
  /** Where choosing a stretch of rows began. */
  const anchor = useRef<number | undefined>(undefined);
  const extent = { rows: rows.length, columns: columns.length + 1 };
  const active = kept(wished, extent);
  const range = useCallback(
    (seen: Range) => {
      const indexes = defaultRangeExtractor(seen);
      // The active cell is always there to be named.
      if (active.row < 0 || active.row >= seen.count || indexes.includes(active.row)) return indexes;
      return active.row < (indexes[0] ?? 0) ? [active.row, ...indexes] : [...indexes, active.row];
    },
    [active.row],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: BEYOND,
    scrollMargin: HEAD,
    scrollPaddingStart: HEAD,
    scrollPaddingEnd: foot,
    rangeExtractor: range,
    initialRect: { width: 1000, height: 600 },
  });

  const top = virtual.scrollOffset ?? 0;
  const first = rows.length === 0 ? -1 : Math.floor(top / ROW);
  const last = Math.min(rows.length, Math.ceil((top + (virtual.scrollRect?.height ?? 0) - HEAD) / ROW)) - 1;
  useEffect(() => onSight?.(first, last), [onSight, first, last]);

  const go = (to: Position) => {
    setWished(to);
    if (to.row >= 0) virtual.scrollToIndex(to.row);
    onActive?.(rows[to.row], to.column - 1);
    const cell = document.getElementById(cellId(id, to));
    if (cell !== null && scroller.current !== null) intoSight(scroller.current, cell);
  };
  const chooseTo = (row: number) => onSelect(extended(selection, keys, anchor.current ?? active.row, row));
  const choose = (row: number) => {
    const key = keys[row];
    if (key === undefined) return;
    anchor.current = row;
    onSelect(toggled(selection, key));
  };
  const openRow = (index: number, column: number) => {
    const row = rows[index];
    if (row !== undefined) onOpen?.(row, column);
  };
  const press = () => {
    if (active.row >= 0) {
      openRow(active.row, active.column - 1);
    } else if (active.column === 0) onSelect(allToggled(selection, keys));
    else sort(active.column - 1);
  };
  const sort = (column: number) => {
    const pressed = columns[column];
    if (pressed?.sorts === true) onSort?.(pressed.id);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD - foot) / ROW) - 1);
    const to = moved(active, event.key, command, { ...extent, page, heading: true });
    if (to !== undefined) {
      if (event.shiftKey && to.row !== active.row && to.row >= 0) {
        anchor.current ??= active.row;
        chooseTo(to.row);
      } else if (!event.shiftKey && to.row !== active.row) anchor.current = undefined;
      go(to);
    } else if (event.key === "Enter") press();
    else if (event.key === " ") {
      if (active.row < 0) press();
      else if (event.shiftKey) chooseTo(active.row);
      else choose(active.row);
    } else if (command && event.key.toLowerCase() === "a") onSelect(new Set([...selection, ...keys]));
    else if (event.key === "Escape" && onEscape !== undefined) onEscape();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onRowClick = (event: MouseEvent, row: number, column: number) => {
    go({ row, column });
    if (event.shiftKey) chooseTo(row);
    else if (column === 0 || event.ctrlKey || event.metaKey) choose(row);
    else if (columns[column - 1]?.opens === true) openRow(row, column - 1);
  };

  const least = columns.reduce((sum, column) => sum + column.width, SELECT);
  const template = [`${SELECT}px`, ...columns.map((column) => `minmax(${column.width}px, ${column.grows ?? 0}fr)`)].join(" ");
  const chosen = extentOf(selection, keys);
  const size = { "--gw-grid-columns": template, minWidth: least } as CSSProperties;
  return (
    <div
      ref={scroller}
      className={styles.grid}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={extent.columns}
      aria-multiselectable="true"
      aria-activedescendant={cellId(id, active)}
      onKeyDown={onKeyDown}
      onFocus={() => onActive?.(rows[active.row], active.column - 1)}
    >
      <div role="rowgroup" className={styles.head} style={size}>
        <div role="row" aria-rowindex={1} className={styles.row} data-active={active.row < 0 || undefined}>
          <div
            id={cellId(id, { row: -1, column: 0 })}
            role="columnheader"
            aria-colindex={1}
            className={styles.heading}
            data-active={(active.row < 0 && active.column === 0) || undefined}
            onClick={() => onSelect(allToggled(selection, keys))}
          >
            <CheckMark state={rows.length === 0 ? "none" : chosen} />
            <span className="gw-hidden">
              {words.select}, {chosen === "all" ? words.selected : words.notSelected}
            </span>
          </div>
          {columns.map((column, index) => {
            const sorted = sorting?.column === column.id;
            return (
              <div
                key={column.id}
                id={cellId(id, { row: -1, column: index + 1 })}
                role="columnheader"
                aria-colindex={index + 2}
                {...(column.sorts === true ? { "aria-sort": sorted ? (sorting.descending ? ("descending" as const) : ("ascending" as const)) : ("none" as const) } : {})}
                className={styles.heading}
                data-sorts={column.sorts === true || undefined}
                data-sorted={sorted || undefined}
                data-active={(active.row < 0 && active.column === index + 1) || undefined}
                onClick={() => sort(index)}
              >
                {column.mark}
                <span className="gw-cut">{column.title}</span>
                {sorted && <Arrow down={sorting.descending} />}
              </div>
            );
          })}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ ...size, height: virtual.getTotalSize() + foot }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          const key = keys[item.index];
          if (row === undefined || key === undefined) return null;
          const name = nameOf(row);
          const isChosen = selection.has(key);
          const isActive = item.index === active.row;
          return (
            <div
              key={key}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={isChosen}
              className={styles.row}
              data-chosen={isChosen || undefined}
              data-active={isActive || undefined}
              style={{ transform: `translateY(${item.start - HEAD}px)` }}
            >
              <div
                id={cellId(id, { row: item.index, column: 0 })}
                role="gridcell"
                aria-colindex={1}
                aria-label={`${name}, ${isChosen ? words.selected : words.notSelected}`}
                className={styles.cell}
                data-active={(isActive && active.column === 0) || undefined}
                onClick={(event) => onRowClick(event, item.index, 0)}
              >
                <CheckMark state={isChosen ? "all" : "none"} />
              </div>
              {columns.map((column, index) => (
                <div
                  key={column.id}
                  id={cellId(id, { row: item.index, column: index + 1 })}
                  role="gridcell"
                  aria-colindex={index + 2}
                  aria-label={index === 0 ? name : `${name}, ${column.title}: ${column.says(row)}`}
                  title={column.hint?.(row)}
                  className={styles.cell}
                  data-active={(isActive && active.column === index + 1) || undefined}
                  data-opens={(column.opens === true && onOpen !== undefined) || undefined}
                  onClick={(event) => onRowClick(event, item.index, index + 1)}
                  onDoubleClick={() => column.opens !== true && openRow(item.index, index)}
                >
                  {column.draw(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Width of the column that chooses, in px. */
const SELECT = 40;

function cellId(grid: string, { row, column }: Position): string {
  return `${grid}-${row}-${column}`;
}

/** Scrolls sideways as far as the cell needs. */
function intoSight(scroller: HTMLElement, cell: HTMLElement): void {
  const [outer, inner] = [scroller.getBoundingClientRect(), cell.getBoundingClientRect()];
  if (inner.left < outer.left) scroller.scrollLeft -= outer.left - inner.left;
  else if (inner.right > outer.right) scroller.scrollLeft += inner.right - outer.right;
}

function Arrow({ down }: { down: boolean }) {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" className={styles.arrow} data-down={down || undefined}>
      <path d="M6 10.5v-9M2.500 5 6 1.500 9.500 5" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
