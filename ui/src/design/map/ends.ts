import type { GrantMapModel, MapGrant } from "./model";

/** Name of an end of a grant, with its owner where it is an object ("Security Platform, Larkspur"). */
export function endName(model: GrantMapModel, id: MapGrant["from"]): string {
  for (const party of model.parties) {
    if (party.id === id) return party.name;
    const object = party.objects.find((candidate) => candidate.id === id);
    if (object !== undefined) return `${object.name}, ${party.name}`;
  }
  return id;
}
