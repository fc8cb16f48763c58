/** Where a key takes the focus of the grid. */
export interface Place {
  row: number;
  column: number;
}

export interface Extent {
  rows: number;
  columns: number;
  /** Rows that a page key passes. */
  page: number;
}

/** The next place, or none where the key does not move. The focus stays inside the grid. */
export function moved(from: Place, key: string, control: boolean, { rows, columns, page }: Extent): Place | undefined {
  const to = ((): Place | undefined => {
    switch (key) {
      case "ArrowUp":
        return { ...from, row: from.row - 1 };
      case "ArrowDown":
        return { ...from, row: from.row + 1 };
      case "ArrowLeft":
        return { ...from, column: from.column - 1 };
      case "ArrowRight":
        return { ...from, column: from.column + 1 };
      case "PageUp":
        return { ...from, row: from.row - page };
      case "PageDown":
        return { ...from, row: from.row + page };
      case "Home":
        return { row: control ? 0 : from.row, column: 0 };
      case "End":
        return { row: control ? rows - 1 : from.row, column: columns - 1 };
      default:
        return undefined;
    }
  })();
  if (to === undefined || rows === 0) return undefined;
  const within = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1);
  return { row: within(to.row, rows), column: within(to.column, columns) };
}
