/** Which customers are shown: those of a kind, and those whose name or domain holds what was typed. */
import type { MatrixRow } from "../../gen/MatrixRow";

/** Without accents and case, so that "Muller" finds "Müller". */
function plain(words: string): string {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

export function shownRows(rows: readonly MatrixRow[], filter: string | null, search: string): readonly MatrixRow[] {
  const sought = plain(search.trim());
  if (filter === null && sought === "") return rows;
  return rows.filter((row) => (filter === null || row.filters.includes(filter)) && (sought === "" || plain(row.customer.name).includes(sought) || plain(row.domain).includes(sought)));
}
