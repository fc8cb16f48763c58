/** Which tenants of a table of pairs are shown. */
import type { PairChoice } from "../../gen/PairChoice";
import type { PairFilter } from "../../gen/PairFilter";
import type { PairLine } from "../../gen/PairLine";

/** Tenants of a tab whose name, domain, id or other name has the words in it. */
export function shown(rows: readonly PairLine[], filter: PairFilter, query: string): readonly PairLine[] {
  const wanted = query.trim().toLowerCase();
  const has = (text: string | null) => text !== null && text.toLowerCase().includes(wanted);
  return rows.filter((row) => row.filters.includes(filter) && (wanted === "" || has(row.name) || has(row.domain) || has(row.tenant) || has(row.paired) || has(row.proposed)));
}

/** The proposals of these tenants, as pairs. */
export function proposalsOf(rows: readonly PairLine[], tenants: ReadonlySet<string>): PairChoice[] {
  return rows.filter((row) => tenants.has(row.tenant) && row.proposed !== null).map((row) => ({ tenant: row.tenant, name: row.proposed }));
}

/** The few names that fit what is typed, those that begin with it first. */
export function fitting(names: readonly string[], typed: string, most: number): readonly string[] {
  const wanted = typed.trim().toLowerCase();
  const begins = names.filter((name) => name.toLowerCase().startsWith(wanted));
  const holds = names.filter((name) => !name.toLowerCase().startsWith(wanted) && name.toLowerCase().includes(wanted));
  return [...begins, ...holds].slice(0, most);
}
