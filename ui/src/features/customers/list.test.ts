import { expect, test } from "vitest";
import type { CustomerRow } from "../../gen/CustomerRow";
import { filtered, nearest, searched, sorted } from "./list";
import { domainsIn, pickedIn, stands, withPicked } from "./picked";

function row(name: string, rank: number | undefined, at: string | undefined, filters: CustomerRow["filters"] = ["all"]): CustomerRow {
  const domain = `${name.toLowerCase().replaceAll(" ", "-")}.example`;
  return {
    tenant: `tenant-of-${domain}`,
    short: "",
    name,
    domain,
    cells: [rank === undefined ? null : { setup: "HM-7K2Q", sign: "pass", word: "Proved", because: null, rank, readiness: rank === 7 ? "done" : "notChecked" }],
    ends: at === undefined ? null : { day: "", left: "", at, sign: null, what: "Relationship" },
    filters,
    setup: "HM-7K2Q",
    provable: true,
    proved: true,
  };
}

const rows = [row("Brightwater Accounting", 7, "2027-01-01"), row("alder Dental", undefined, undefined, ["all", "needsYou"]), row("Customer 10", 0, "2026-12-01"), row("Customer 9", 5, "2028-01-01")];
const names = (of: readonly CustomerRow[]) => of.map((each) => each.name);
const columns = [{ profile: "one", name: "One" }];

test("name, domain and tenant id are searched, whatever the case", () => {
  expect(names(searched(rows, " ALDER "))).toEqual(["alder Dental"]);
  expect(names(searched(rows, "customer-9.ex"))).toEqual(["Customer 9"]);
  expect(names(searched(rows, "tenant-of-bright"))).toEqual(["Brightwater Accounting"]);
  expect(searched(rows, "")).toBe(rows);
  expect(names(filtered(rows, "needsYou"))).toEqual(["alder Dental"]);
});

test("headings sort both ways; what is not there stands last in both", () => {
  const by = (column: string, descending: boolean) => names(sorted(rows, { column, descending }, columns));
  expect(by("name", false)).toEqual(["alder Dental", "Brightwater Accounting", "Customer 9", "Customer 10"]);
  expect(by("ends", false)).toEqual(["Customer 10", "Brightwater Accounting", "Customer 9", "alder Dental"]);
  expect(by("ends", true)).toEqual(["Customer 9", "Brightwater Accounting", "Customer 10", "alder Dental"]);
  expect(by("one", false)).toEqual(["Customer 10", "Customer 9", "Brightwater Accounting", "alder Dental"]);
  expect(by("one", true)).toEqual(["Brightwater Accounting", "Customer 9", "Customer 10", "alder Dental"]);
});

test("a near name is found, a far one is not", () => {
  expect(nearest(rows, "brihgtwater")?.name).toBe("Brightwater Accounting");
  expect(nearest(rows, "dentl")?.name).toBe("alder Dental");
  expect(nearest(rows, "zzzzzz")).toBeUndefined();
  expect(nearest([], "a")).toBeUndefined();
});

test("a field keeps what was typed of others, and takes and gives back those that are known", () => {
  const value = "Fabrikam.com; alder-dental.example\nadatum.com";
  expect(domainsIn(value)).toEqual(["Fabrikam.com", "alder-dental.example", "adatum.com"]);
  const picked = pickedIn(value.toUpperCase(), rows);
  expect([...picked]).toEqual(["tenant-of-alder-dental.example"]);
  expect(withPicked(value, rows, new Set(["tenant-of-customer-9.example"]))).toBe("Fabrikam.com, adatum.com, customer-9.example");
  expect(withPicked("", rows, new Set())).toBe("");
});

test("who has not been checked counts as not set up, and without a column everybody does", () => {
  expect(names(rows.filter((each) => stands(each, 0, "notSetUp")))).toEqual(["alder Dental", "Customer 10", "Customer 9"]);
  expect(names(rows.filter((each) => stands(each, 0, "done")))).toEqual(["Brightwater Accounting"]);
  expect(rows.filter((each) => stands(each, -1, "notSetUp"))).toHaveLength(4);
});
