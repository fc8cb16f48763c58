/** Customers as the app crate lists them: the ones of the design's picture, and as many more as are asked for. */
import type { CustomerCell } from "../../../ui/src/gen/CustomerCell";
import type { CustomerEnd } from "../../../ui/src/gen/CustomerEnd";
import type { CustomerFilter } from "../../../ui/src/gen/CustomerFilter";
import type { CustomerRow } from "../../../ui/src/gen/CustomerRow";
import type { CustomersView } from "../../../ui/src/gen/CustomersView";

type Stand = keyof typeof STANDS;

const STANDS = {
  proved: { sign: "pass", word: "Proved", because: null, rank: 7, readiness: "done" },
  stopped: { sign: "fail", word: "Stopped", because: "10 admin roles for the group: Microsoft refused. Nothing was changed.", rank: 0, readiness: "notReady" },
  running: { sign: "running", word: "7 of 10", because: null, rank: 6, readiness: "ready" },
  waits: { sign: "wait", word: "until 10:50", because: "A new assignment is pending at first. Microsoft usually needs a minute.", rank: 5, readiness: "ready" },
  byHand: { sign: "byHand", word: "By hand", because: "Consent for the vendor", rank: 1, readiness: "ready" },
  cannotSee: { sign: "cannotSee", word: "Cannot see", because: "Microsoft refused the question: this account is no audit reader.", rank: 1, readiness: "notReady" },
  notReady: { sign: "fail", word: "Not ready", because: "Security Defaults is on.", rank: 0, readiness: "notReady" },
  leftOut: { sign: "leftOut", word: "Left out", because: "Security Defaults is on.", rank: 1, readiness: "notReady" },
  takenBack: { sign: "leftOut", word: "Taken back", because: null, rank: 8, readiness: "notSetUp" },
  notProved: { sign: "wait", word: "Not proved yet", because: "The group is not seen everywhere yet.", rank: 5, readiness: "ready" },
  none: null,
} satisfies Record<string, Omit<CustomerCell, "setup"> | null>;

const NEEDS_YOU: readonly Stand[] = ["stopped", "byHand", "cannotSee", "notReady", "leftOut"];

const NOW = Date.parse("2026-11-24T10:29:00Z");
const DAY = 24 * 60 * 60 * 1000;

function endIn(days: number, what: string): CustomerEnd {
  const at = new Date(NOW + days * DAY);
  const day = at.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return { day, left: `${days} days`, at: at.toISOString(), sign: days <= 14 ? "fail" : days <= 30 ? "warn" : null, what };
}

let made = 0;

function row(name: string, domain: string, stands: readonly Stand[], ends: CustomerEnd | null): CustomerRow {
  made += 1;
  const tail = made.toString(16).padStart(12, "0");
  const cells = stands.map((stand, column): CustomerCell | null => {
    const stands = STANDS[stand];
    return stands === null ? null : { setup: `HM-${String(column + 2)}${made.toString(36).toUpperCase().padStart(3, "2")}`, ...stands };
  });
  const filters: CustomerFilter[] = ["all"];
  if (stands.some((stand) => NEEDS_YOU.includes(stand))) filters.push("needsYou");
  if (ends?.sign != null) filters.push("endsSoon");
  if (stands.includes("cannotSee")) filters.push("cannotSee");
  const set = cells.filter((cell) => cell !== null);
  const urgent = [...set].sort((a, b) => a.rank - b.rank)[0];
  return {
    tenant: `3b7e0c52-0000-4000-8000-${tail}`,
    short: `3b7e0c52-…-${tail.slice(-4)}`,
    name,
    domain,
    cells,
    ends,
    filters,
    setup: urgent?.setup ?? "",
    provable: stands.some((stand) => ["proved", "notProved"].includes(stand)),
    proved: set.length > 0 && set.every((cell) => cell.sign === "pass"),
  };
}

const COLUMNS = [
  { profile: "one", name: "Huntress" },
  { profile: "two", name: "Red Canary" },
  { profile: "three", name: "Multi-tenant" },
  { profile: "four", name: "SIEM" },
];

function viewOf(rows: readonly CustomerRow[], columns: number): CustomersView {
  const tab = (filter: CustomerFilter, title: string) => ({ filter, title, count: rows.filter((row) => row.filters.includes(filter)).length });
  return {
    tabs: [tab("all", "All"), tab("needsYou", "Needs you"), tab("endsSoon", "Ends in 30 days"), tab("cannotSee", "Cannot see")],
    columns: COLUMNS.slice(0, columns),
    rows: rows.map((row) => ({ ...row, cells: row.cells.slice(0, columns) })),
    profiles: COLUMNS.slice(0, columns).map(({ profile, name }) => ({ profile, name })),
    proved: rows.filter((row) => row.proved).length,
    blocked: null,
  };
}

const pictured: readonly CustomerRow[] = [
  row("Harbor Freight Law", "harborfreightlaw.example", ["stopped", "proved", "proved", "none"], endIn(8, "Guest access")),
  row("Kestrel Engineering", "kestrel-eng.example", ["running", "none", "none", "proved"], endIn(20, "App secret")),
  row("Ashdown Garden Centres", "ashdown-gardens.example", ["proved", "none", "notProved", "none"], endIn(27, "Analyst sync")),
  row("Bellamy Dental Group", "bellamydental.example", ["proved", "notReady", "none", "none"], endIn(34, "Access package")),
  row("Corbett & Sons Roofing", "corbettroofing.example", ["proved", "none", "none", "none"], endIn(41, "Relationship")),
  row("Alpine Dental", "alpinedental.example", ["running", "none", "proved", "none"], endIn(46, "Guest access")),
  row("Everly Pediatrics", "everlypeds.example", ["waits", "proved", "none", "none"], endIn(68, "Access package")),
  row("Dunmore Credit Services", "dunmorecredit.example", ["cannotSee", "none", "none", "proved"], endIn(79, "App secret")),
  row("Granite Peak Credit Union", "granitepeak.example", ["waits", "byHand", "none", "none"], endIn(110, "Relationship")),
  row("Brightwater Accounting", "brightwater-acc.example", ["leftOut", "none", "none", "none"], endIn(110, "Relationship")),
  row("Larchmont Print", "larchmontprint.example", ["takenBack", "none", "none", "none"], null),
  row("Müller & Söhne Maschinenbau GmbH, Zweigstelle Überlingen", "mueller-soehne-maschinenbau-ueberlingen.example", ["notProved", "none", "none", "none"], endIn(206, "Relationship")),
];

const FIRST = ["Oak", "Pine", "River", "Stone", "North", "Lake", "Hill", "Field", "Bridge", "Mill"];
const SECOND = ["Dental", "Law", "Freight", "Foods", "Schools", "Print", "Housing", "Physio", "Estates", "Surgical"];

/** So many customers, the pictured ones among them. */
function many(count: number): CustomerRow[] {
  const rows = [...pictured];
  for (let number = rows.length; number < count; number += 1) {
    const name = `${FIRST[number % 10]} ${SECOND[Math.floor(number / 10) % 10]} ${number}`;
    const stand: Stand = number % 40 === 0 ? "stopped" : number % 7 === 0 ? "waits" : "proved";
    rows.push(row(name, `${name.toLowerCase().replaceAll(" ", "-")}.example`, [stand, number % 3 === 0 ? "proved" : "none", "none", number % 5 === 0 ? "proved" : "none"], endIn(120 + (number % 400), "Relationship")));
  }
  return rows.sort((a, b) => (a.ends?.at ?? "9").localeCompare(b.ends?.at ?? "9"));
}

export const noCustomers = viewOf([], 0);
export const oneProfile = viewOf(pictured, 1);
export const customers = viewOf(pictured, 4);
export const manyCustomers = viewOf(many(2418), 4);
