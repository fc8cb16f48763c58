/** The made-up parties of the stories. */
import type { PartyName } from "../../../ui/src/gen/PartyName";

export const provider: PartyName = { party: "provider", name: "Larkspur Managed IT", tenant: "8f4c2a10-…-6d21", initials: "LM" };
export const customer: PartyName = { party: "customer", name: "Alder Dental", tenant: "3b7e0c52-…-a41f", initials: "AD" };
export const vendor: PartyName = { party: "vendor", name: "Huntress", tenant: null, initials: "Hu" };
