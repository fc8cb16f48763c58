import type { UiProblem } from "../../gen/UiProblem";
import { text } from "../../text/catalogue";

/** What was thrown, as a person gets it. The app's own refusals come ready; everything else means that it did not answer. */
export function asProblem(thrown: unknown): UiProblem {
  if (isProblem(thrown)) return thrown;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return { what: text("ui-lost"), why, todo: text("ui-lost-sentence"), id: "GW-UI-LOST", field: null };
}

function isProblem(value: unknown): value is UiProblem {
  return typeof value === "object" && value !== null && "what" in value && "todo" in value && "id" in value;
}
