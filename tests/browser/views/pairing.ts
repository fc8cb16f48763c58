/** Tables of pairs: a few in every state, and any number. */
import type { ApplyPage } from "../../../ui/src/gen/ApplyPage";
import type { DonePage } from "../../../ui/src/gen/DonePage";
import type { NeedCard } from "../../../ui/src/gen/NeedCard";
import type { PairFilter } from "../../../ui/src/gen/PairFilter";
import type { PairingView } from "../../../ui/src/gen/PairingView";
import type { PairLine } from "../../../ui/src/gen/PairLine";
import { provider } from "./parties";
import { applyPage, donePage } from "./setup";

const idOf = (at: number) => `3b7e0c52-0000-4000-8000-${String(at).padStart(12, "0")}`;

function line(at: number, name: string, more: Partial<PairLine>): PairLine {
  return {
    tenant: idOf(at),
    short: `3b7e0c52-…-${String(at).padStart(4, "0")}`,
    name,
    domain: `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.example`,
    mark: null,
    paired: null,
    proposed: null,
    sign: "needsYou",
    signWord: "Not mapped",
    note: null,
    filters: ["all", "open"],
    removable: false,
    ...more,
  };
}

const sure = (at: number, name: string, proposed: string, note: string) => line(at, name, { proposed, signWord: "Proposed", note });
const paired = (at: number, name: string, other: string) => line(at, name, { paired: other, sign: "wait", signWord: "To be confirmed", filters: ["all"], removable: true });
const own = line(99, "Larkspur Managed IT", { mark: "Your own", sign: "leftOut", signWord: "Need not be mapped", note: "Map it only if it is to be protected too.", filters: ["all"] });

function table(rows: readonly PairLine[], more: Partial<PairingView>): PairingView {
  const tabs: readonly [PairFilter, string][] = [
    ["all", "All"],
    ["open", "Not mapped"],
    ["double", "Doubles"],
    ["look", "Look at"],
    ["confirmed", "Confirmed"],
  ];
  const taken = rows.filter((row) => row.signWord === "Proposed").map((row) => ({ tenant: row.tenant, name: row.proposed }));
  return {
    step: "mapping",
    title: `${rows.length - 1} tenants are mapped in Huntress's portal`,
    sentence: "",
    other: "Organization of Huntress",
    list: {
      label: "Organizations of Huntress, one on each line",
      hint: "Copy them from Huntress's portal. A table works too, if its first line has the heading Organization or Name.",
      given: null,
      choosesFile: true,
    },
    tabs: tabs.map(([filter, title]) => ({ filter, title, count: rows.filter((row) => row.filters.includes(filter)).length })),
    rows: [...rows],
    free: [],
    unused: [],
    sure: taken,
    sureLabel: `Take the ${taken.length} sure proposals`,
    confirm: { label: "I have mapped these 7 in the portal", blocked: "3 tenants have no organization yet.", shown: "4f91c2a708de" },
    changeable: true,
    ...more,
  };
}

/** Before anything was given. */
export const emptyPairs = table([line(1, "Alder Dental", {}), own], {
  title: "The customer's tenant is mapped in Huntress's portal",
  sentence: "0 of 1 tenant has an organization.",
  confirm: { label: "I have mapped these 0 in the portal", blocked: "1 tenant has no organization yet.", shown: "00" },
});

/** One tenant in each state. */
export const pairs = table(
  [
    sure(1, "Alder Dental", "Alder Dental, Inc.", "The same name but for legal form, punctuation or accents."),
    sure(2, "Brightwater Accounting", "Brightwater Accounting", "The same name."),
    line(3, "Cedar & Stone Architects", { proposed: "Cedar and Stones Architecture", sign: "warn", signWord: "Look at it", note: "Alike to 86 %. Look whether it is the same company.", filters: ["all", "open", "look"] }),
    line(4, "Dalby Logistics", { paired: "Dalby", sign: "fail", signWord: "Double", note: "Everly Pediatrics has the same organization. Only one of them gets data in.", filters: ["all", "double"], removable: true }),
    line(5, "Everly Pediatrics", { paired: "Dalby", sign: "fail", signWord: "Double", note: "Dalby Logistics has the same organization. Only one of them gets data in.", filters: ["all", "double"], removable: true }),
    paired(6, "Fenwick Insurance", "Fenwick Insurance"),
    line(7, "Granite Peak Credit Union", { paired: "Granite Peak CU", sign: "byHand", signWord: "Confirmed", note: "Confirmed by dana@larkspur-it.example, 21 Nov 2026, 10:52, in setup HM-2041.", filters: ["all", "confirmed"] }),
    line(8, "Harbor Freight Law", {}),
    own,
  ],
  {
    sentence: "4 of 8 tenants have an organization. 2 share one. 2 listed organizations fit no tenant.",
    free: ["Alder Dental, Inc.", "Brightwater Accounting", "Cedar and Stones Architecture", "Elm & Sons", "Oak Partners"],
    unused: ["Elm & Sons", "Oak Partners"],
    list: { label: "Organizations of Huntress, one on each line", hint: "Copy them from Huntress's portal.", given: "8 organizations are listed.", choosesFile: true },
    confirm: { label: "I have mapped these 3 in the portal", blocked: "2 tenants share an organization.", shown: "4f91c2a708de" },
  },
);

/** All of them confirmed. */
export const confirmedPairs = table(
  [1, 2, 3].map((at) => line(at, ["Alder Dental", "Brightwater Accounting", "Cedar & Stone Architects"][at - 1]!, { paired: ["Alder Dental, Inc.", "Brightwater", "Cedar and Stone"][at - 1]!, sign: "byHand", signWord: "Confirmed", note: "Confirmed by dana@larkspur-it.example, 11:07.", filters: ["all", "confirmed"], removable: true })),
  { title: "3 tenants are mapped in Huntress's portal", sentence: "3 of 3 tenants have an organization.", confirm: null, list: { label: "Organizations of Huntress, one on each line", hint: "Copy them from Huntress's portal.", given: "3 organizations are listed.", choosesFile: true } },
);

/** A thousand, of which a few are left. */
export const manyPairs = table(
  Array.from({ length: 1000 }, (_, at) => (at % 100 === 7 ? line(at, `Customer ${at} Ltd`, {}) : sure(at, `Customer ${at} Ltd`, `Customer ${at}`, "The same name but for legal form, punctuation or accents."))),
  {
    sentence: "0 of 1000 tenants have an organization.",
    free: Array.from({ length: 1000 }, (_, at) => `Customer ${at}`),
    list: { label: "Organizations of Huntress, one on each line", hint: "Copy them from Huntress's portal.", given: "1000 organizations are listed.", choosesFile: false },
    confirm: { label: "I have mapped these 0 in the portal", blocked: "1000 tenants have no organization yet.", shown: "00" },
  },
);

export const mappingCard: NeedCard = {
  step: "mapping",
  kind: "handOff",
  title: "8 tenants are mapped in Huntress's portal",
  sentence: "Huntress takes in data of a tenant only once it is mapped to one organization. Grantway cannot see the mapping: map the tenants in the portal, then say so here.",
  place: provider,
  instructions: [
    "Sign in to the Huntress portal as a user with admin rights.",
    "Open the menu at the upper right, choose Integrations, and edit the Microsoft 365 integration.",
    "Under Organization Mappings choose the Unmapped tab.",
    "For each tenant of the table, choose its organization in the list beside it and confirm the line.",
    "Press Save Changes.",
  ],
  expect: [],
  values: [
    { label: "Link", text: "https://huntress.io/" },
    { label: "Message with the link", text: "Map 8 tenants in Huntress's portal" },
  ],
  asks: null,
  session: null,
  lanes: [],
  problem: null,
  acts: [],
  check: null,
  pairing: true,
  seat: null,
};

/** Nothing but the mapping is left. */
export const mappingPage: ApplyPage = { ...applyPage, sentence: "One thing needs you.", cards: [mappingCard], waits: [], blocked: null };

export const mappedPage: DonePage = { ...donePage, paired: ["mapping"] };

const lifeCard = (step: string, name: string): NeedCard => ({
  ...mappingCard,
  step,
  title: `Events of ${name} arrive`,
  sentence: "Microsoft shows nothing of it. Look in Huntress's portal for events of the tenant, then say so here.",
  instructions: ["Open the tenant's organization in Huntress's portal.", "Look for events of today."],
  values: [],
  acts: [
    { label: "I have seen it", calls: "accept", primary: true, asksPrompts: false },
    { label: "It is not there", calls: "retry", primary: false, asksPrompts: false },
  ],
  check: step,
  pairing: false,
});

/** All is made and read back; a person has the mapping and the events left. */
export const waitingPage: DonePage = { ...donePage, cards: [mappingCard, lifeCard("life", "Alder Dental")] };

/** The same with many customers. */
export const manyWaiting = (customers: number): DonePage => {
  const names = Array.from({ length: customers }, (_, at) => `Customer ${at} Ltd`);
  const rows = names.map((name, at) => ({ ...donePage.proofs[2]!, step: `roles-${at}`, claim: `Group holds 10 roles in ${name}, no more`, place: { ...donePage.proofs[2]!.place, name } }));
  return {
    ...donePage,
    title: `Done for ${customers} customers`,
    proofs: [...donePage.proofs, ...rows],
    proved: donePage.proved + customers,
    cards: [mappingCard, ...names.map((name, at) => lifeCard(`life-${at}`, name))],
  };
};
