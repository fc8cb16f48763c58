import { FluentResource } from "@fluent/bundle";
import { expect, test } from "vitest";
import { bundleOf, languages, text } from "./catalogue";

const sources = import.meta.glob<string>(["../**/*.ts", "../**/*.tsx", "!../**/*.test.*", "!../gen/**"], { query: "?raw", import: "default", eager: true });
const catalogues = import.meta.glob<string>("../gen/catalogue.*.ftl", { query: "?raw", import: "default", eager: true });

/** Ids in the code: whole ones, and the beginnings of those that end in a state, a theme or an action. */
function idsInCode(): { whole: Set<string>; beginnings: Set<string> } {
  const whole = new Set<string>();
  const beginnings = new Set<string>();
  for (const source of Object.values(sources)) {
    for (const [, id] of source.matchAll(/"(ui-[a-z0-9-]+)"/g)) whole.add(id!);
    for (const [, beginning] of source.matchAll(/`(ui-[a-z0-9-]+-)\$\{/g)) beginnings.add(beginning!);
  }
  return { whole, beginnings };
}

function idsIn(source: string): string[] {
  return new FluentResource(source).body.map((message) => message.id).filter((id) => id.startsWith("ui-"));
}

test("every id that a screen asks for is in every catalogue, and no id of ours is unused", () => {
  const { whole, beginnings } = idsInCode();
  expect(whole.size).toBeGreaterThan(50);
  for (const source of Object.values(catalogues)) {
    const ids = idsIn(source);
    expect([...whole].filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids.filter((id) => !whole.has(id) && ![...beginnings].some((beginning) => id.startsWith(beginning)))).toEqual([]);
  }
});

test("counts choose their form, and a gap shows the id", () => {
  expect(languages).toContain("en");
  expect(text("ui-home-waiting-count", { count: 1 })).toBe("1 setup");
  expect(text("ui-home-waiting-count", { count: 6 })).toBe("6 setups");
  expect(text(["ui", "no-such-text"].join("-"))).toBe(["ui", "no-such-text"].join("-"));
});

test("every message of every catalogue formats without a mistake", () => {
  for (const [path, source] of Object.entries(catalogues)) {
    const bundle = bundleOf("en", source);
    for (const id of idsIn(source)) {
      const errors: Error[] = [];
      bundle.formatPattern(bundle.getMessage(id)!.value!, { count: 2, name: "N", expected: "7", number: 1, phase: "P", at: "10:00", customer: "C", column: "R", state: "S", word: "W", more: "M", shown: 1, all: "2 customers", first: 1, last: 9, profile: "P", told: "T", query: "Q", tab: "T", path: "/p", tenant: "T", other: "O" }, errors);
      expect(errors, `${path} ${id}`).toEqual([]);
    }
  }
});
