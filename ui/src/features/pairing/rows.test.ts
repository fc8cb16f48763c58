import { expect, test } from "vitest";
import type { PairLine } from "../../gen/PairLine";
import { fitting, proposalsOf, shown } from "./rows";

const row = (name: string, more: Partial<PairLine> = {}): PairLine => ({
  tenant: `id-of-${name}`,
  short: "id",
  name,
  domain: null,
  mark: null,
  paired: null,
  proposed: null,
  sign: "needsYou",
  signWord: "Not mapped",
  note: null,
  filters: ["all", "open"],
  removable: false,
  ...more,
});
const rows = [row("Alder", { domain: "alder.example" }), row("Birch", { paired: "Birch Ltd", filters: ["all"] }), row("Cedar", { proposed: "Zeder" })];
const names = (of: readonly PairLine[]) => of.map((each) => each.name);

test("a tab and words narrow the table, words by either name", () => {
  expect(names(shown(rows, "all", ""))).toEqual(["Alder", "Birch", "Cedar"]);
  expect(names(shown(rows, "open", ""))).toEqual(["Alder", "Cedar"]);
  expect(names(shown(rows, "all", " LTD"))).toEqual(["Birch"]);
  expect(names(shown(rows, "all", "zed"))).toEqual(["Cedar"]);
  expect(names(shown(rows, "all", "alder.ex"))).toEqual(["Alder"]);
  expect(names(shown(rows, "double", ""))).toEqual([]);
});

test("of chosen tenants those with a proposal are taken, as proposed", () => {
  expect(proposalsOf(rows, new Set(["id-of-Birch", "id-of-Cedar"]))).toEqual([{ tenant: "id-of-Cedar", name: "Zeder" }]);
});

test("few names are offered, the nearest first", () => {
  expect(fitting(["Elm", "Oak Elm", "Elmar", "Ash"], "elm", 2)).toEqual(["Elm", "Elmar"]);
  expect(fitting(["Elm", "Oak Elm"], "", 9)).toEqual(["Elm", "Oak Elm"]);
});
