/** The contract's map, as the drawing wants it: boxes without an outer box are parties, the others are their objects. */
import type { GrantMapModel } from "../../design/map/model";
import type { MapNode } from "../../gen/MapNode";
import type { MapView } from "../../gen/MapView";
import type { RiskView } from "../../gen/RiskView";

export function grantMapOf(view: MapView, riskWord: (risk: RiskView) => string): GrantMapModel {
  const risky = (risk: RiskView) => ({ risk, word: riskWord(risk) });
  // What passes shows its own risk, since no words stand at the short tie that holds it.
  const riskOf = (node: MapNode) => view.arrows.find((arrow) => node.passing && (arrow.to === node.id || arrow.from === node.id));
  return {
    parties: view.nodes
      .filter((node) => node.inside === null)
      .map((node) => ({
        id: node.id,
        kind: node.party,
        name: node.title,
        initials: node.initials,
        note: node.note ?? undefined,
        temporary: node.passing,
        objects: view.nodes
          .filter((inner) => inner.inside === node.id)
          .map((inner) => {
            const arrow = riskOf(inner);
            return {
              id: inner.id,
              name: inner.title,
              note: inner.note ?? "",
              temporary: inner.passing,
              risk: arrow === undefined ? undefined : risky(arrow.risk),
              rows: inner.step === null ? [] : [inner.step],
            };
          }),
      })),
    grants: view.arrows.map((arrow) => ({
      id: `${arrow.from} ${arrow.to} ${arrow.step}`,
      from: arrow.from,
      to: arrow.to,
      label: arrow.title,
      until: arrow.until ?? undefined,
      risk: risky(arrow.risk),
      temporary: arrow.passing,
      rows: [arrow.step],
    })),
  };
}
