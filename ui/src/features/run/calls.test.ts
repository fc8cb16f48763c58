import { expect, test } from "vitest";
import type { NeedCard } from "../../gen/NeedCard";
import { callOf, laneCall } from "./calls";

const card: NeedCard = {
  step: "consent", kind: "task", title: "", sentence: "", place: { party: "provider", name: "P", tenant: null, initials: "P" },
  instructions: [], expect: [], values: [], asks: null, session: null, lanes: [], problem: null, acts: [], check: null, pairing: false, seat: null,
};

test("each act becomes its call, with the card's own names", () => {
  expect(callOf("S", card, "startTask", null)).toEqual({ call: "startTask", id: "S", step: "consent", lane: null });
  expect(callOf("S", card, "finishTask", 2)).toEqual({ call: "finishTask", id: "S", step: "consent", prompts: 2, given: null });
  expect(callOf("S", card, "finishTask", null, "4711")).toEqual({ call: "finishTask", id: "S", step: "consent", prompts: null, given: "4711" });
  expect(callOf("S", card, "showSession", null)).toEqual({ call: "showSession", id: "S" });
  expect(callOf("S", card, "retry", null)).toEqual({ call: "retry", id: "S", step: "consent" });
  expect(callOf("S", card, "startOver", null)).toEqual({ call: "startOver", id: "S", step: "consent" });
  expect(callOf("S", card, "goOn", null)).toEqual({ call: "goOn", id: "S" });
  expect(callOf("S", { ...card, check: "p1" }, "accept", null)).toEqual({ call: "accept", id: "S", check: "p1" });
});

test("an act that lacks what it needs calls nothing", () => {
  expect(callOf("S", card, "accept", null)).toBeUndefined();
  expect(callOf("S", card, "signIn", null)).toBeUndefined();
  expect(callOf("S", card, "unheard-of", null)).toBeUndefined();
});

test("another lane starts the task, or the sign-in where the card has a seat", () => {
  expect(laneCall("S", card, 2)).toEqual({ call: "startTask", id: "S", step: "consent", lane: 2 });
  const seat = { id: "provider" } as NeedCard["seat"];
  expect(laneCall("S", { ...card, seat }, 3)).toEqual({ call: "signIn", id: "S", seat: "provider", lane: 3 });
});
