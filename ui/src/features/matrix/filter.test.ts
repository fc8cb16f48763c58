import { expect, test } from "vitest";
import type { MatrixRow } from "../../gen/MatrixRow";
import { shownRows } from "./filter";

const row = (name: string, domain: string, ...filters: string[]): MatrixRow => ({
  id: domain,
  customer: { party: "customer", name, tenant: null, initials: "" },
  domain,
  sign: "pass",
  word: "Ready",
  because: null,
  stopped: false,
  filters,
  cells: [],
});

const ROWS = [row("Alder Dental", "alder-dental.example", "ready"), row("Müller & Söhne", "mueller.example", "stopped", "waits"), row("Zenith", "alderney.example", "waits")];
const shown = (filter: string | null, search: string) => shownRows(ROWS, filter, search).map((each) => each.customer.name);

test("a search finds names and domains, whatever their case and accents", () => {
  expect(shown(null, "ALDER")).toEqual(["Alder Dental", "Zenith"]);
  expect(shown(null, "muller")).toEqual(["Müller & Söhne"]);
  expect(shown(null, " mueller. ")).toEqual(["Müller & Söhne"]);
  expect(shown(null, "nobody")).toEqual([]);
});

test("a filter shows its kind, and a search looks inside it", () => {
  expect(shown("waits", "")).toEqual(["Müller & Söhne", "Zenith"]);
  expect(shown("waits", "alder")).toEqual(["Zenith"]);
  expect(shown(null, "  ")).toHaveLength(3);
});
