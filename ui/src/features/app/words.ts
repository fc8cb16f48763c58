/** Small words that several screens share. */
import type { RiskView } from "../../gen/RiskView";
import { text } from "../../text/catalogue";

export function riskWord(risk: RiskView): string {
  return text(`ui-risk-${risk}`);
}

/** Addresses inside the app. The hash keeps them the same in the shell and in a plain browser. */
export const places = {
  home: "#/",
  setUp: "#/set-up",
  profileForm: (template: string) => `#/set-up/own/${encodeURIComponent(template)}`,
  customers: "#/customers",
  activity: "#/activity",
  practice: "#/practice",
  settings: "#/settings",
  setup: (id: string, phase?: string) => `#/setups/${encodeURIComponent(id)}${phase === undefined ? "" : `/${phase}`}`,
};
