/** Where the focus of a grid is. Row −1 is the heading. */
export interface Position {
  row: number;
  column: number;
}

export interface Extent {
  rows: number;
  columns: number;
  /** Rows that a page holds. */
  page: number;
  /** Whether the heading takes the focus too, as row −1. */
  heading: boolean;
}

const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

/** The place that a key leads to; undefined where the key leads nowhere. */
export function moved(at: Position, key: string, toTheEnd: boolean, { rows, columns, page, heading }: Extent): Position | undefined {
  if (rows === 0 && !heading) return undefined;
  const least = heading ? -1 : 0;
  const row = (value: number) => ({ ...at, row: within(value, least, rows - 1) });
  const column = (value: number) => ({ ...at, column: within(value, 0, columns - 1) });
  switch (key) {
    case "ArrowUp":
      return toTheEnd ? row(0) : row(at.row - 1);
    case "ArrowDown":
      return toTheEnd ? row(rows - 1) : row(at.row + 1);
    case "PageUp":
      return row(Math.max(Math.min(at.row, 0), at.row - page));
    case "PageDown":
      return row(at.row + page);
    case "ArrowLeft":
      return column(at.column - 1);
    case "ArrowRight":
      return column(at.column + 1);
    case "Home":
      return toTheEnd ? { row: rows === 0 ? -1 : 0, column: 0 } : column(0);
    case "End":
      return toTheEnd ? { row: rows - 1, column: columns - 1 } : column(columns - 1);
    default:
      return undefined;
  }
}

/** The same place in a grid that has become smaller. */
export function kept(at: Position, { rows, columns }: Pick<Extent, "rows" | "columns">): Position {
  return { row: within(at.row, -1, rows - 1), column: within(at.column, 0, columns - 1) };
}
