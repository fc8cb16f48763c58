import type { Call } from "../../gen/Call";
import type { CheckRow } from "../../gen/CheckRow";
import type { RemedyView } from "../../gen/RemedyView";

/** What pressing a remedy's button does: a call, or a phase to go back to. */
export function remedyCall(setup: string, check: string, remedy: Pick<RemedyView, "id" | "calls">, lane: number | null): Call | "answer" | "signIn" | undefined {
  switch (remedy.calls) {
    case "accept":
      return { call: "accept", id: setup, check };
    case "checkAgain":
      return { call: "check", id: setup };
    case "openPage":
      return { call: "openPage", id: setup, check, remedy: remedy.id, lane };
    case "answer":
    case "signIn":
      return remedy.calls;
    default:
      return undefined;
  }
}

/** What a row offers: something to mend, only the decision to go on without knowing, or nothing to do since the plan does it. */
export function offerOf(row: Pick<CheckRow, "remedies">): "fix" | "decide" | "plan" | undefined {
  const calls = row.remedies.map((remedy) => remedy.calls);
  if (calls.length === 0) return undefined;
  if (calls.every((each) => each === "")) return "plan";
  return calls.every((each) => each === "accept") ? "decide" : "fix";
}
