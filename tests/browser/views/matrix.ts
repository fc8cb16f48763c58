/** Setups for many customers: twelve by name as in the design, and any number of made-up ones in every state. */
import type { ApplyPage } from "../../../ui/src/gen/ApplyPage";
import type { CheckGroup } from "../../../ui/src/gen/CheckGroup";
import type { CheckPage } from "../../../ui/src/gen/CheckPage";
import type { CheckRow } from "../../../ui/src/gen/CheckRow";
import type { ForAllView } from "../../../ui/src/gen/ForAllView";
import type { CustomerView } from "../../../ui/src/gen/CustomerView";
import type { MatrixCell } from "../../../ui/src/gen/MatrixCell";
import type { MatrixColumn } from "../../../ui/src/gen/MatrixColumn";
import type { MatrixFilter } from "../../../ui/src/gen/MatrixFilter";
import type { MatrixRow } from "../../../ui/src/gen/MatrixRow";
import type { MatrixView } from "../../../ui/src/gen/MatrixView";
import type { NeedCard } from "../../../ui/src/gen/NeedCard";
import type { Page } from "../../../ui/src/gen/Page";
import type { PartyName } from "../../../ui/src/gen/PartyName";
import type { PhaseName } from "../../../ui/src/gen/PhaseName";
import type { SetupView } from "../../../ui/src/gen/SetupView";
import type { Sign } from "../../../ui/src/gen/Sign";
import type { StepRow } from "../../../ui/src/gen/StepRow";
import { provider } from "./parties";
import { applyPage, checkPage, setupAt } from "./setup";

const TWELVE = ["Alpine Dental", "Brightwater Accounting", "Cedar & Stone Architects", "Dalby Logistics", "Everly Pediatrics", "Fenwick Insurance", "Granite Peak Credit Union", "Harbor Freight Law", "Hollis Veterinary", "Inlet Seafoods", "Juniper Schools Trust", "Kestrel Engineering"];
const FIRST = ["Alder", "Birch", "Cobalt", "Drift", "Elm", "Fjord", "Garnet", "Hazel", "Iris", "Jasper"];
const SECOND = ["Dental", "Logistics", "Law", "Foods", "Schools", "Insurance", "Architects", "Clinics", "Freight", "Roofing"];

/** Names in order, as the app gives them. */
function names(count: number): string[] {
  if (count === TWELVE.length) return TWELVE;
  const made = Array.from({ length: count }, (_, at) => `${FIRST[at % 10]} ${SECOND[Math.floor(at / 10) % 10]} ${String(Math.floor(at / 100) + 1).padStart(2, "0")}`);
  return made.sort();
}

const tenantOf = (at: number) => `3b7e0c52-0000-4000-8000-${String(at).padStart(12, "0")}`;

const partyOf = (name: string, at: number): PartyName => ({ party: "customer", name, tenant: `3b7e0c52-…-${String(at).padStart(4, "0")}`, initials: name.slice(0, 2).toUpperCase() });

const domainOf = (name: string) => `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.example`;

const cell = (sign: Sign, word: string, note: string | null = null): MatrixCell => ({ sign, word, note });

type Kind = Pick<MatrixRow, "sign" | "word" | "because" | "stopped" | "filters" | "cells">;

function matrix(count: number, columns: MatrixColumn[], words: readonly (readonly [string, string])[], nothing: string, kindOf: (at: number) => Kind): MatrixView {
  const rows: MatrixRow[] = names(count).map((name, at) => ({ id: tenantOf(at), customer: partyOf(name, at), domain: domainOf(name), ...kindOf(at) }));
  const filters: MatrixFilter[] = words.map(([id, word]) => ({ id, word, count: rows.filter((row) => row.filters.includes(id)).length }));
  return { title: `${count} customers`, nothing, columns, rows, filters: filters.filter((filter) => filter.count > 0) };
}

const column = (id: string, title: string, what: string): MatrixColumn => ({ id, title, what });

const CHECKS: MatrixColumn[] = [
  column("relationship", "Relationship", "Whether there is an active GDAP relationship with the customer."),
  column("roles", "Roles", "Whether the relationship holds every role that the vendor needs."),
  column("way-in", "Way in", "Whether Grantway can look into the customer's tenant."),
  column("guest", "Guest", "Whether you are a guest in the customer's tenant."),
  column("p1", "P1", "Whether the customer has a licence with Entra ID P1."),
  column("mailbox", "Mailbox", "Whether the customer has a licence with an Exchange mailbox."),
  column("audit", "Audit log", "Whether the customer's audit log is on."),
  column("defaults", "Defaults", "Whether Security Defaults are off in the customer's tenant."),
  column("policies", "Policies", "Whether the customer's Conditional Access policies leave you out."),
];

const passed = () => CHECKS.map((): MatrixCell | null => cell("pass", "Passed"));

/** In order, left out, to be decided, mended by the plan, unseen: the same states over and over. */
function checked(at: number): Kind {
  const cells = passed();
  switch (at % 12) {
    case 5:
      cells[4] = cell("fail", "Failed");
      return { sign: "leftOut", word: "Left out", because: "Entra ID P1 in the customer's tenant", stopped: false, filters: ["leftOut"], cells };
    case 9:
      cells[0] = cell("warn", "Look at this");
      cells[1] = null;
      return { sign: "warn", word: "Ready", because: "1 check is mended by the plan", stopped: false, filters: ["ready"], cells };
    case 3:
    case 10:
      cells[6] = cell("warn", "Look at this");
      return { sign: "warn", word: "Needs a decision", because: "Audit log of the customer", stopped: false, filters: ["notReady"], cells };
    case 7:
      for (const hidden of [2, 3, 4, 5, 6, 7, 8]) cells[hidden] = cell("cannotSee", "Cannot see");
      return { sign: "cannotSee", word: "Needs a decision", because: "Grantway can look into the customer's tenant, and 1 more", stopped: false, filters: ["notReady"], cells };
    default:
      return { sign: "pass", word: "Ready", because: null, stopped: false, filters: ["ready"], cells };
  }
}

const STEPS: MatrixColumn[] = [
  column("way-in", "Way in", "Grantway is let into the customer's tenant."),
  column("relationship", "Relationship", "A new relationship is asked for, and the customer approves it."),
  column("roles", "10 roles", "The security group gets the roles in the customer."),
  column("policies", "Policies", "Security Defaults and Conditional Access of the customer let the account through."),
  column("in-force", "In force", "Microsoft has made the roles work in the customer."),
];

const done = () => cell("pass", "Done");
const later = () => cell("notStarted", "Not started");

function underWay(at: number): Kind {
  switch (at % 12) {
    case 0:
    case 8:
      return { sign: "pass", word: "Done", because: null, stopped: false, filters: ["done"], cells: [done(), null, done(), cell("alreadyRight", "Already right"), done()] };
    case 3:
      return { sign: "running", word: "Goes on", because: "Provider left out of MFA for everybody", stopped: false, filters: ["goesOn"], cells: [done(), null, done(), cell("running", "Running", "2 of 3"), later()] };
    case 5:
      return { sign: "leftOut", word: "Left out", because: "Entra ID P1 in the customer's tenant", stopped: false, filters: ["leftOut"], cells: [null, null, null, null, null] };
    case 7:
      return {
        sign: "fail",
        word: "Stopped",
        because: "Someone edited “Block legacy sign-in” at 10:47, after you approved.",
        stopped: true,
        filters: ["stopped"],
        cells: [done(), null, done(), cell("fail", "Stopped", "Stopped"), later()],
      };
    case 9:
      return { sign: "wait", word: "Waits until 11:40", because: "for: A Global Administrator of the customer", stopped: false, filters: ["handOff", "waits"], cells: [done(), cell("wait", "Waiting", "11:40"), later(), null, later()] };
    case 11:
      return { sign: "running", word: "Goes on", because: "10 admin roles for the group", stopped: false, filters: ["goesOn"], cells: [done(), null, cell("running", "Running"), null, later()] };
    default:
      return { sign: "wait", word: "Waits until 10:56", because: "Microsoft makes the roles work there", stopped: false, filters: ["waits"], cells: [done(), null, done(), done(), cell("wait", "Waiting", "10:56")] };
  }
}

/** The same setup, with that many customers. */
function among(count: number, setup: SetupView): SetupView {
  const giver: PartyName = { party: "customer", name: `${count} customers`, tenant: null, initials: String(count) };
  return { ...setup, giver, rail: setup.rail.map((step) => (step.phase === "answer" ? { ...step, note: giver.name } : step)) };
}

const at = (count: number, phase: PhaseName, page: Page) => among(count, setupAt(phase, page));

/** What is open for several: the audit log, and in larger setups the way in. */
function forAll(view: MatrixView): ForAllView[] {
  return CHECKS.map((each, index) => ({ each, open: view.rows.filter((row) => row.cells[index]?.sign === "warn" || row.cells[index]?.sign === "cannotSee") }))
    .filter(({ each, open }) => open.length > 1 && each.id !== "relationship")
    .map(({ each, open }) => ({
      id: each.id,
      sign: open.some((row) => row.cells.some((found) => found?.sign === "warn")) ? "warn" : "cannotSee",
      sentence: `${each.title}: open for ${open.length} customers.`,
      detail: "Go on without this check. Your name is recorded with it.",
      act: `Accept for all ${open.length} customers`,
      checks: open.map((row) => `${each.id}/${row.id}`),
    }));
}

/** The checks of that many customers. */
export function manyChecked(count: number): SetupView {
  const own: CheckGroup[] = checkPage.groups
    .filter((group) => group.sign !== "fail")
    .map((group) => ({ ...group, rows: group.rows.filter((row) => row.place === provider) }))
    .filter((group) => group.rows.length > 0);
  const words = [["ready", "Ready"], ["notReady", "Not ready"], ["leftOut", "Left out"]] as const;
  const view = matrix(count, CHECKS, words, "not checked", checked);
  const content: CheckPage = {
    ...checkPage,
    forAll: forAll(view),
    cards: [],
    groups: own,
    summary: `${count * 9 + 4} checks, 10:38`,
    blocked: null,
    matrix: view,
  };
  return at(count, "check", { page: "check", content });
}

const stoppedCard = (name: string, tenant: number): NeedCard => ({
  ...applyPage.cards[1]!,
  step: `policies/${tenantOf(tenant)}`,
  title: "Stopped: Provider left out of Block legacy sign-in",
  sentence: "32 changes were made and stay.",
  place: partyOf(name, tenant),
  problem: { what: "Someone edited “Block legacy sign-in” at 10:47, after you approved. Grantway did not write over it.", why: null, todo: "Look at what changed, then try again.", id: "GW-412-9C3F", field: null },
});

/** The run of that many customers. */
export function manyUnderWay(count: number): SetupView {
  const words = [["stopped", "Stopped"], ["handOff", "Somebody else"], ["waits", "Waits"], ["goesOn", "Goes on"], ["done", "Done"], ["leftOut", "Left out"]] as const;
  const view = matrix(count, STEPS, words, "not set up", underWay);
  const stopped = view.rows.map((row, index) => ({ row, index })).filter(({ row }) => row.stopped);
  const of = (filter: string) => view.filters.find((each) => each.id === filter)?.count ?? 0;
  const more = (filter: string, sentence: (left: number) => string, shown: number) => (of(filter) > shown ? [{ filter, sentence: sentence(of(filter) - shown) }] : []);
  const content: ApplyPage = {
    ...applyPage,
    sentence: `${stopped.length + 1} things need you.`,
    done: 32,
    total: 42,
    progressText: "32 of 42 changes made",
    blocked: `${stopped.length + 1} things need you`,
    cards: [...stopped.slice(0, 2).map(({ row, index }) => stoppedCard(row.customer.name, index)), applyPage.cards[0]!],
    moreCards: more("stopped", (left) => `and ${left} more that stopped`, 2),
    places: applyPage.places.slice(0, 1),
    moreWaits: more("waits", (left) => `and ${left} more waits`, 1)[0] ?? null,
    matrix: view,
  };
  return at(count, "apply", { page: "apply", content });
}

/** What is answered when a customer is opened. */
export function opened(setup: SetupView | undefined, tenant: string): CustomerView | undefined {
  const page = setup?.page;
  if (page === undefined || (page.page !== "check" && page.page !== "apply")) return undefined;
  const row = page.content.matrix?.rows.find((each) => each.id === tenant);
  if (row === undefined) return undefined;
  const place = row.customer;
  if (page.page === "check") return { place, checks: checksOf(row, place), steps: [], cards: [] };
  const steps: StepRow[] = STEPS.flatMap((each, index): StepRow[] => {
    const found = row.cells[index];
    return found === null || found === undefined ? [] : [{ step: `${each.id}/${tenant}`, sign: found.sign, signWord: found.word, title: `${each.title} of ${place.name}`, note: found.note }];
  });
  return { place, checks: [], steps, cards: row.stopped ? [stoppedCard(place.name, 0)] : [] };
}

const GROUPS: readonly (readonly [Sign, string, string])[] = [
  ["fail", "Fix before the plan", "Failed"],
  ["warn", "Look at these", "Look at"],
  ["cannotSee", "Cannot see", "Cannot see"],
  ["pass", "Passed", "Passed"],
];

function checksOf(row: MatrixRow, place: PartyName): CheckGroup[] {
  const rows = CHECKS.flatMap((each, index): CheckRow[] => {
    const found = row.cells[index];
    if (found === null || found === undefined) return [];
    const accept = { id: "accept", title: "Go on without this check", detail: "your name is written beside it", path: [], act: "Accept", calls: "accept", page: null };
    return [
      {
        id: `${each.id}/${row.id}`,
        sign: found.sign,
        signWord: found.word,
        title: each.title,
        place,
        found: found.sign === "pass" ? "as needed" : "not as needed",
        needed: "as the vendor needs it",
        why: each.what,
        read: [{ label: "Tenant", value: place.name }],
        remedies: found.sign === "warn" || found.sign === "cannotSee" ? [accept] : [],
        accepted: false,
        quote: "GW-CHK-0412-7F",
      },
    ];
  });
  return GROUPS.map(([sign, title, word]) => ({ sign, title, word, rows: rows.filter((each) => each.sign === sign) })).filter((group) => group.rows.length > 0);
}
