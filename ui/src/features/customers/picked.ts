/** Customers in a field that holds domains. */
import type { CustomerRow } from "../../gen/CustomerRow";
import type { Readiness } from "../../gen/Readiness";

/** What a field may hold between two domains. The app crate reads it in the same way. */
const BETWEEN = /[\s,;]+/;

/** The domains in a field. */
export function domainsIn(value: string): string[] {
  return value.split(BETWEEN).filter((domain) => domain !== "");
}

/** The known customers that stand in a field. */
export function pickedIn(value: string, rows: readonly CustomerRow[]): Set<string> {
  const given = new Set(domainsIn(value).map((domain) => domain.toLowerCase()));
  return new Set(rows.filter((row) => given.has(row.domain.toLowerCase())).map((row) => row.tenant));
}

/** The field with these customers: what was typed of others stays, before them. */
export function withPicked(value: string, rows: readonly CustomerRow[], picked: ReadonlySet<string>): string {
  const known = new Set(rows.map((row) => row.domain.toLowerCase()));
  const typed = domainsIn(value).filter((domain) => !known.has(domain.toLowerCase()));
  return [...typed, ...rows.filter((row) => picked.has(row.tenant)).map((row) => row.domain)].join(", ");
}

export type Standing = "all" | "notSetUp" | "ready" | "notReady" | "done";

/** Whether a customer can be set up with the profile in that column; there is no column before anybody is. */
export function readinessOf(row: CustomerRow, column: number): Readiness {
  return row.cells[column]?.readiness ?? "notSetUp";
}

export function stands(row: CustomerRow, column: number, wanted: Standing): boolean {
  const readiness = readinessOf(row, column);
  return wanted === "all" || wanted === readiness || (wanted === "notSetUp" && readiness === "notChecked");
}
