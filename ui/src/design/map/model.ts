/** What the grant map draws: parties, the objects they hold, and who gives what to whom. */
import type { PartyKind } from "../PartyMark";
import type { Risk } from "../RiskBars";

export interface RiskWord {
  risk: Risk;
  word: string;
}

/** A thing inside a party's tenant: a group, an account, a role held for a while. */
export interface MapObject {
  id: string;
  name: string;
  note: string;
  risk?: RiskWord | undefined;
  /** Ends with the setup or is not agreed yet: dashed. */
  temporary?: boolean | undefined;
  /** Rows of the table that make or change it. */
  rows: readonly string[];
}

export interface MapParty {
  id: string;
  kind: PartyKind;
  name: string;
  initials: string;
  note?: string | undefined;
  /** Tenants in a bundle; dots up to twelve, then a number. */
  count?: number | undefined;
  temporary?: boolean | undefined;
  objects: readonly MapObject[];
}

/** An arrow from giver to receiver. Ends are ids of parties or objects. */
export interface MapGrant {
  id: string;
  from: string;
  to: string;
  label?: string | undefined;
  until?: string | undefined;
  risk?: RiskWord | undefined;
  temporary?: boolean | undefined;
  rows: readonly string[];
}

export interface GrantMapModel {
  parties: readonly MapParty[];
  grants: readonly MapGrant[];
}
