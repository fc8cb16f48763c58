/** What a card's button calls. The card names the act; the names of step, check and seat are the card's own. */
import type { Call } from "../../gen/Call";
import type { NeedCard } from "../../gen/NeedCard";

/** The call of an act, or none where the act is not known here or the card lacks what it needs. */
export function callOf(setup: string, card: NeedCard, calls: string, prompts: number | null, given: string | null = null): Call | undefined {
  const step = card.step;
  switch (calls) {
    case "startTask":
      return { call: "startTask", id: setup, step, lane: null };
    case "finishTask":
      return { call: "finishTask", id: setup, step, prompts, given };
    case "finishPage":
      return { call: "finishPage", id: setup };
    case "showSession":
      return { call: "showSession", id: setup };
    case "retry":
      return { call: "retry", id: setup, step };
    case "startOver":
      return { call: "startOver", id: setup, step };
    case "goOn":
      return { call: "goOn", id: setup };
    case "accept":
      return card.check === null ? undefined : { call: "accept", id: setup, check: card.check };
    case "signIn":
      return card.seat === null ? undefined : { call: "signIn", id: setup, seat: card.seat.id, lane: null };
    default:
      return undefined;
  }
}

/** The same act in another lane. */
export function laneCall(setup: string, card: NeedCard, lane: number): Call {
  return card.seat !== null ? { call: "signIn", id: setup, seat: card.seat.id, lane } : { call: "startTask", id: setup, step: card.step, lane };
}
