import { expect, test } from "vitest";
import { themes } from "./theme";
import tokens from "./tokens.json";

const own = (scheme: "light" | "dark" | "highContrast") => themes[scheme] as unknown as Record<string, string>;

test("tokens reach Fluent and our own custom properties", () => {
  expect(own("light")["colorNeutralForeground1"]).toBe(tokens.fluentOverrides.light.colorNeutralForeground1);
  expect(own("dark")["gwFailFg"]).toBe(tokens.status.fail.dark.fg);
  expect(own("light")["gwCustomerStroke"]).toBe(tokens.party.customer.light.stroke);
  expect(own("dark")["gwBrandLink"]).toBe(tokens.brandUse.dark.link);
});

test("high contrast uses system colours alone for our own tokens", () => {
  const system = new Set(["Canvas", "CanvasText", "Highlight", "GrayText", "none"]);
  const odd = Object.entries(own("highContrast")).filter(([key, value]) => key.startsWith("gw") && !system.has(value));
  expect(odd).toEqual([]);
});
