import { expect, test } from "vitest";
import type { RemedyView } from "../../gen/RemedyView";
import { offerOf } from "./remedies";

const remedy = (calls: string): RemedyView => ({ id: calls, title: "", detail: "", path: [], act: calls === "" ? null : "Do", calls });
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
