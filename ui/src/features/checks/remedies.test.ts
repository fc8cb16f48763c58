import { expect, test } from "vitest";
import type { RemedyView } from "../../gen/RemedyView";
import { offerOf, remedyCall } from "./remedies";

const remedy = (calls: string): RemedyView => ({ id: calls, title: "", detail: "", path: [], act: calls === "" ? null : "Do", calls, page: null });
const offer = (...calls: string[]) => offerOf({ remedies: calls.map(remedy) });

test("a row that only explains offers nothing to fix", () => {
  expect(offer()).toBeUndefined();
  expect(offer("accept")).toBe("decide");
  expect(offer("")).toBe("plan");
});

test("a row with something to mend offers that", () => {
  expect(offer("checkAgain", "accept")).toBe("fix");
  expect(offer("signIn")).toBe("fix");
  expect(offer("", "answer")).toBe("fix");
});

test("a page is opened for its check, in the lane that was chosen", () => {
  expect(remedyCall("HM-7K2Q", "audit/1", { id: "switch-on", calls: "openPage" }, 2)).toEqual({ call: "openPage", id: "HM-7K2Q", check: "audit/1", remedy: "switch-on", lane: 2 });
  expect(remedyCall("HM-7K2Q", "audit/1", { id: "accept", calls: "accept" }, null)).toEqual({ call: "accept", id: "HM-7K2Q", check: "audit/1" });
  expect(remedyCall("HM-7K2Q", "audit/1", { id: "answer-x", calls: "answer" }, null)).toBe("answer");
  expect(remedyCall("HM-7K2Q", "audit/1", { id: "x", calls: "" }, null)).toBeUndefined();
});
