import type { Call } from "../../gen/Call";

/** What pressing a remedy's button does: a call, or a phase to go back to. */
export function remedyCall(setup: string, check: string, calls: string): Call | "answer" | "signIn" | undefined {
  switch (calls) {
    case "accept":
      return { call: "accept", id: setup, check };
    case "checkAgain":
      return { call: "check", id: setup };
    case "answer":
    case "signIn":
      return calls;
    default:
      return undefined;
  }
}
