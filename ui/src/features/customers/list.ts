/** Which customers are shown, and in which order. */
import type { Sorting } from "./Grid";
import type { CustomerColumn } from "../../gen/CustomerColumn";
import type { CustomerFilter } from "../../gen/CustomerFilter";
import type { CustomerRow } from "../../gen/CustomerRow";

/** Nothing that is not there stands before what is. */
const LAST = Number.MAX_SAFE_INTEGER;

const order = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

/** Customers whose name, domain or tenant id has the words in it. */
export function searched(rows: readonly CustomerRow[], query: string): readonly CustomerRow[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return rows;
  return rows.filter((row) => row.name.toLowerCase().includes(wanted) || row.domain.toLowerCase().includes(wanted) || row.tenant.toLowerCase().includes(wanted));
}

export function filtered(rows: readonly CustomerRow[], filter: CustomerFilter): readonly CustomerRow[] {
  return filter === "all" ? rows : rows.filter((row) => row.filters.includes(filter));
}

/** Equal ones stay as they stand, which is by what ends next. */
export function sorted(rows: readonly CustomerRow[], { column, descending }: Sorting, columns: readonly CustomerColumn[]): readonly CustomerRow[] {
  const way = descending ? -1 : 1;
  const words = (of: (row: CustomerRow) => string | undefined) => (a: CustomerRow, b: CustomerRow) => {
    const [one, other] = [of(a), of(b)];
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
    return way * order.compare(one, other);
  };
  const place = columns.findIndex((each) => each.profile === column);
  const rank = (row: CustomerRow) => row.cells[place]?.rank ?? LAST;
  const compare = (): ((a: CustomerRow, b: CustomerRow) => number) => {
    switch (column) {
      case "name":
        return words((row) => row.name);
      case "domain":
        return words((row) => row.domain);
      case "ends":
        return words((row) => row.ends?.at);
      case "what":
        return words((row) => row.ends?.what);
      default:
        return (a, b) => (rank(a) === LAST || rank(b) === LAST ? rank(a) - rank(b) : way * (rank(a) - rank(b)));
    }
  };
  return [...rows].sort(compare());
}

/** The known name that is spelt most like what was typed, if one is near. */
export function nearest(rows: readonly CustomerRow[], query: string): CustomerRow | undefined {
  const wanted = query.trim().toLowerCase();
  let best: { row: CustomerRow; far: number } | undefined;
  for (const row of rows) {
    const name = row.name.toLowerCase();
    const far = Math.min(distance(wanted, name.slice(0, wanted.length)), ...name.split(/[\s.-]+/).map((word) => distance(wanted, word)));
    if (best === undefined || far < best.far) best = { row, far };
  }
  return best !== undefined && best.far <= Math.max(1, Math.floor(wanted.length / 3)) ? best.row : undefined;
}

/** How many letters have to be put in, taken out, changed or swapped with their neighbour to make one word of the other. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const now = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      now.push(least);
    }
    before = last;
    last = now;
  }
  return last[other.length] ?? 0;
}
