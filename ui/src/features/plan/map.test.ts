import { expect, test } from "vitest";
import { grantMapOf } from "./map";

test("boxes become parties and their objects, arrows keep their row", () => {
  const model = grantMapOf(
    {
      nodes: [
        { id: "p", party: "provider", inside: null, title: "Provider", note: null, initials: "P", passing: false, step: null },
        { id: "a", party: "provider", inside: "p", title: "account", note: "new", initials: "", passing: false, step: "s1" },
        { id: "r", party: "provider", inside: "p", title: "Role", note: "for a while", initials: "", passing: true, step: "s2" },
      ],
      arrows: [{ from: "r", to: "a", title: "Role", until: "for a while", risk: "high", passing: true, step: "s2" }],
    },
    (risk) => risk.toUpperCase(),
  );
  expect(model.parties.map((party) => party.id)).toEqual(["p"]);
  expect(model.parties[0]!.objects.map((object) => [object.id, object.rows, object.risk])).toEqual([
    ["a", ["s1"], undefined],
    ["r", ["s2"], { risk: "high", word: "HIGH" }],
  ]);
  expect(model.grants).toMatchObject([{ from: "r", to: "a", rows: ["s2"], temporary: true, risk: { risk: "high", word: "HIGH" } }]);
});
