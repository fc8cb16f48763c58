import type { ApplyPage } from "../../../ui/src/gen/ApplyPage";
import type { ChangeRow } from "../../../ui/src/gen/ChangeRow";
import type { CheckPage } from "../../../ui/src/gen/CheckPage";
import type { CheckRow } from "../../../ui/src/gen/CheckRow";
import type { DonePage } from "../../../ui/src/gen/DonePage";
import type { Page } from "../../../ui/src/gen/Page";
import type { PhaseName } from "../../../ui/src/gen/PhaseName";
import type { ProofRow } from "../../../ui/src/gen/ProofRow";
import type { ReviewPage } from "../../../ui/src/gen/ReviewPage";
import type { SetupView } from "../../../ui/src/gen/SetupView";
import type { Sign } from "../../../ui/src/gen/Sign";
import type { SignInPage } from "../../../ui/src/gen/SignInPage";
import type { TakeBackView } from "../../../ui/src/gen/TakeBackView";
import { activity } from "./frame";
import { customer, provider } from "./parties";

const RAIL: readonly (readonly [PhaseName, string, string])[] = [
  ["answer", "Answer", "Alder Dental"],
  ["signIn", "Sign in", "Dana Whitfield, 10:31"],
  ["check", "Check", "8 of 9 passed"],
  ["review", "Review", "7 changes"],
  ["apply", "Apply", "4 of 7 changes"],
  ["prove", "Prove", "11 of 12 proved"],
  ["done", "Done", "since 11:16"],
];

export function setupAt(current: PhaseName, page: Page, readOnly = false): SetupView {
  const here = RAIL.findIndex(([phase]) => phase === current);
  return {
    id: "HM-7K2Q",
    profile: "Huntress MDR",
    pattern: "GDAP service account",
    monogram: "Hu",
    receiver: here > 0 ? provider : null,
    giver: here > 0 ? customer : null,
    rail: RAIL.map(([phase, title, note], index) => ({ phase, title, note: index <= here ? note : null, state: index < here ? "done" : index === here ? "current" : "later" })),
    current,
    shown: current,
    readOnly,
    saved: "Saved 10:38:15. You can close Grantway at any step.",
    told: [],
    putAway: null,
    page,
  };
}

const check = (id: string, sign: Sign, word: string, title: string, place: typeof provider, found: string, needed: string, extra: Partial<CheckRow> = {}): CheckRow => ({
  id,
  sign,
  signWord: word,
  title,
  place,
  found,
  needed,
  why: "The service account signs in with Authenticator and has to be let through by a policy of its own.",
  read: [
    { label: "Tenant", value: place.name },
    { label: "Setting", value: `${title}: ${found}` },
    { label: "Read at", value: "10:37:48" },
    { label: "Right used", value: "Policy.Read.All" },
  ],
  remedies: [],
  accepted: false,
  quote: "GW-CHK-0412-7F",
  ...extra,
});

/** The audit log of the customer is off, and is switched on on its page. */
const auditLog = check("audit", "warn", "Look at this", "Audit log of the customer", customer, "Off. After it was switched on this may still be said for up to an hour.", "On.", {
  remedies: [
    {
      id: "audit-log-on",
      title: "Switch the audit log on",
      detail: "An Exchange Administrator or Global Administrator of Alder Dental presses the button on the audit page.",
      path: ["Audit", "Start recording user and admin activity"],
      act: "Open the page",
      calls: "openPage",
      page: {
        link: "https://purview.microsoft.com/audit/auditsearch?tid=2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002",
        who: "Sign in there with an account of Alder Dental that holds one of these roles: Exchange Administrator, Global Administrator.",
        left: "The page was left at 10:40. What was done there may not be seen here before 11:40. Check again then.",
        lanes: [
          { lane: 1, label: "Clean window", note: "shares nothing", off: false },
          { lane: 2, label: "Private browser", note: "for passkeys and smart cards", off: false },
          { lane: 3, label: "Own browser", note: "shares your normal profile", off: true },
          { lane: 4, label: "Copy the link", note: "for a colleague's computer", off: false },
        ],
      },
    },
    { id: "accept", title: "Go on without this check", detail: "your name is written beside it", path: [], act: "Accept", calls: "accept", page: null },
  ],
});

export const checkPage: CheckPage = {
  sentence: "Read only. Nothing has been changed.",
  summary: "9 checks, 10:38",
  running: false,
  takeBack: null,
  blocked: "Fix 1 check first",
  matrix: null,
  forAll: [],
  cards: [],
  groups: [
    {
      title: "Fix before the plan",
      sign: "fail",
      word: "Failed",
      rows: [
        check("p1", "fail", "Failed", "Entra ID P1", provider, "No licence", "1 or more", {
          remedies: [
            { id: "hand", title: "Do it by hand", detail: "buy or start a trial of Entra ID P1, then check again", path: ["Microsoft 365 admin center", "Marketplace", "Microsoft Entra ID P1"], act: "Check again", calls: "checkAgain", page: null },
            { id: "other", title: "Choose another provider tenant", detail: "the answers are kept", path: [], act: "Change the answers", calls: "answer", page: null },
          ],
        }),
      ],
    },
    {
      title: "Look at these",
      sign: "warn",
      word: "Look at",
      rows: [
        check("end", "warn", "Look at this", "Relationship end date", customer, "14 Mar 2027", "180 days or more", {
          remedies: [{ id: "accept", title: "Accept it", detail: "your name is written beside it", path: [], act: "Accept", calls: "accept", page: null }],
        }),
        check("sd", "warn", "Look at this", "Security Defaults", provider, "On", "Off, with an own policy", { accepted: true }),
      ],
    },
    {
      title: "Cannot see",
      sign: "cannotSee",
      word: "Cannot see",
      rows: [
        check("audit", "cannotSee", "Cannot see", "Audit log is on", customer, "No way in yet", "On", {
          remedies: [{ id: "accept", title: "Go on without this check", detail: "your name is written beside it", path: [], act: "Accept", calls: "accept", page: null }],
        }),
      ],
    },
    {
      title: "Passed",
      sign: "pass",
      word: "Passed",
      rows: [
        check("tenant", "pass", "Passed", "Provider tenant", provider, "Larkspur Managed IT", "the one you named"),
        check("roles", "pass", "Passed", "Your rights", provider, "Global Administrator, AdminAgents", "both"),
        check("relationship", "pass", "Passed", "Active relationship", customer, "active", "active"),
        check("ten", "pass", "Passed", "All 10 roles on offer", customer, "10 of 10", "10 of 10"),
        check("publisher", "pass", "Passed", "Publisher", provider, "not there yet", "Huntress Labs Inc, verified"),
      ],
    },
  ],
};

const change = (step: string, action: string, title: string, before: string, after: string, risk: ChangeRow["risk"], undo: string, extra: Partial<ChangeRow> = {}): ChangeRow => ({
  step,
  action,
  sign: "notStarted",
  title,
  before,
  after,
  why: "Huntress cuts off accounts and removes mail rules during an attack.",
  means: "Whoever holds the account can reset any sign-in, admins' included.",
  undo,
  risk,
  permissions: ["DelegatedAdminRelationship.ReadWrite.All"],
  conflict: null,
  ...extra,
});

export const reviewPage: ReviewPage = {
  sentence: "One account of yours, used by Huntress, gets 10 admin roles in Alder Dental until 14 Mar 2027. Nothing has been changed yet.",
  number: "Plan 3",
  fingerprint: "4f91c2a708de",
  fingerprintShort: "4F91 C2A7 08DE",
  made: "made 10:43, fits what was read",
  stale: [],
  approval: { word: "7", label: "Type 7 to approve 7 changes", button: "Approve and apply", blocked: null, next: "You sign in once more, with the right to change." },
  takeBack: null,
  map: {
    nodes: [
      { id: "vendor", party: "vendor", inside: null, title: "Huntress Labs Inc", note: "Vendor, must be a verified publisher", initials: "Hu", passing: false, step: null },
      { id: "provider", party: "provider", inside: null, title: "Larkspur Managed IT", note: null, initials: "LM", passing: false, step: null },
      { id: "group", party: "provider", inside: "provider", title: "Huntress Security Platform", note: "new group", initials: "", passing: false, step: "group" },
      { id: "account", party: "provider", inside: "provider", title: "huntress-platform", note: "new account", initials: "", passing: false, step: "account" },
      { id: "ga", party: "provider", inside: "provider", title: "Global Administrator", note: "only until setup ends", initials: "", passing: true, step: "ga" },
      { id: "customer", party: "customer", inside: null, title: "Alder Dental", note: "until 14 Mar 2027", initials: "AD", passing: false, step: null },
    ],
    arrows: [
      { from: "customer", to: "group", title: "10 admin roles", until: "until 14 Mar 2027", risk: "high", passing: false, step: "assignment" },
      { from: "group", to: "account", title: "member", until: null, risk: "medium", passing: false, step: "member" },
      { from: "ga", to: "account", title: "Global Administrator", until: "only until setup ends", risk: "high", passing: true, step: "ga" },
      { from: "account", to: "vendor", title: "Consent, 9 permissions", until: "until you remove it", risk: "medium", passing: false, step: "consent" },
    ],
  },
  groups: [
    {
      place: provider,
      title: "6 changes",
      folded: false,
      rows: [
        change("group", "create", "Group Huntress Security Platform", "none", "made", "low", "Removes it"),
        change("account", "create", "Account huntress-platform", "none", "made, no licence", "medium", "Removes it"),
        change("member", "create", "Account in the group", "no", "yes", "medium", "Removes it"),
        change("agents", "create", "Account in AdminAgents", "no", "yes", "high", "Removes it"),
        change("ga", "create", "Global Administrator for the account", "no", "yes, taken back when setup ends", "high", "Ends itself"),
        change("ga-end", "remove", "Global Administrator ends", "yes", "no", "low", "Stays ended"),
      ],
    },
    { place: customer, title: "1 change", folded: false, rows: [change("assignment", "create", "10 admin roles for the group", "0 of 10", "10 of 10", "high", "Removes it")] },
    {
      place: null,
      title: "By hand 2 steps, about 9 min",
      folded: true,
      rows: [
        change("first", "byHand", "First sign-in of the account", "", "own password, Authenticator", "medium", "Goes with the account", { sign: "byHand" }),
        change("consent", "byHand", "Consent for Huntress", "", "9 permissions", "medium", "Removes it", { sign: "byHand" }),
      ],
    },
    { place: null, title: "Already right 1 thing stays as it is", folded: true, rows: [change("rel", "alreadyRight", "Relationship with Alder Dental", "active", "active", "low", "Stays", { sign: "alreadyRight" })] },
  ],
};

export const takeBack: TakeBackView = {
  sentence: "All 7 changes, last first. 1 thing that was there before stays. Every removal is proved.",
  word: "7",
  label: "Type 7 to take back 7 changes",
  button: "Take back",
  blocked: null,
  rows: [
    { step: "consent", sign: "leftOut", signWord: "Is taken back", title: "Consent for Huntress", place: provider, fate: "is removed" },
    { step: "assignment", sign: "leftOut", signWord: "Is taken back", title: "10 admin roles for the group", place: customer, fate: "is removed" },
    { step: "agents", sign: "leftOut", signWord: "Is taken back", title: "Account in AdminAgents", place: provider, fate: "is removed" },
    { step: "account", sign: "leftOut", signWord: "Is taken back", title: "Account huntress-platform", place: provider, fate: "is removed; stays in the recycle bin for 30 days" },
    { step: "group", sign: "leftOut", signWord: "Is taken back", title: "Group Huntress Security Platform", place: provider, fate: "is removed" },
    { step: "rel", sign: "alreadyRight", signWord: "Stays", title: "Relationship with Alder Dental", place: customer, fate: "stays: it was there before" },
  ],
};

export const applyPage: ApplyPage = {
  sentence: "Two things need you. The rest goes on.",
  done: 4,
  total: 7,
  progressText: "4 of 7 changes made",
  running: true,
  paused: false,
  finished: false,
  blocked: "2 things need you",
  takeBack,
  paired: [],
  moreCards: [],
  matrix: null,
  moreWaits: null,
  cards: [
    {
      step: "consent",
      kind: "task",
      title: "Consent for Huntress",
      sentence: "The window is open in your tenant, for the account huntress-platform. Huntress asks for the sign-in twice.",
      place: provider,
      instructions: [],
      expect: [{ label: "Publisher", value: "Huntress Labs Inc, verified" }],
      values: [
        { label: "Account", text: "huntress-platform@larkspur-it.example" },
        { label: "Password", text: null },
      ],
      asks: null,
      session: { lane: 1, promptsSeen: 1, promptsExpected: 2, hasWindow: true, sentence: "Do not go on if the page names another publisher." },
      lanes: [{ lane: 2, label: "Private browser", note: "shares nothing; you count the sign-ins", off: false }],
      problem: null,
      acts: [
        { label: "Show window", calls: "showSession", primary: true, asksPrompts: false },
        { label: "It is done", calls: "finishTask", primary: false, asksPrompts: false },
        { label: "Start over clean", calls: "startOver", primary: false, asksPrompts: false },
      ],
      check: null,
      pairing: false,
      seat: null,
    },
    {
      step: "assignment",
      kind: "stopped",
      title: "10 admin roles stopped",
      sentence: "Someone removed the relationship's role at 10:47, after you approved. Grantway did not write over it.",
      place: customer,
      instructions: [],
      expect: [],
      values: [],
      asks: null,
      session: null,
      lanes: [],
      problem: { what: "The relationship offers nine of the ten roles.", why: null, todo: "Add the role in Partner Center, then try again.", id: "GW-412-9C3F", field: null },
      acts: [{ label: "Try again", calls: "retry", primary: true, asksPrompts: false }],
      check: null,
      pairing: false,
      seat: null,
    },
  ],
  places: [
    {
      place: provider,
      summary: "4 of 8 done",
      rows: [
        { step: "group", sign: "pass", signWord: "Done", title: "Group Huntress Security Platform", note: "10:49:02" },
        { step: "account", sign: "pass", signWord: "Done", title: "Account huntress-platform", note: "10:49:20" },
        { step: "member", sign: "pass", signWord: "Done", title: "Account in the group", note: "10:49:41" },
        { step: "agents", sign: "running", signWord: "Running", title: "Account in AdminAgents", note: "being done" },
        { step: "ga", sign: "wait", signWord: "Waiting", title: "Global Administrator for the account", note: "next look 10:52" },
        { step: "first", sign: "pass", signWord: "Done", title: "First sign-in of the account", note: "10:48:10" },
        { step: "consent", sign: "needsYou", signWord: "Needs you", title: "Consent for Huntress", note: "needs you" },
        { step: "ga-end", sign: "notStarted", signWord: "Not started", title: "Global Administrator ends", note: "after the consent" },
      ],
    },
    { place: customer, summary: "0 of 1 done", rows: [{ step: "assignment", sign: "fail", signWord: "Stopped", title: "10 admin roles for the group", note: "changed by someone else" }] },
  ],
  waits: [
    { step: "ga", title: "Role to become usable", cause: "Microsoft gives the role at once but needs about 15 minutes until every service knows.", progress: 0.6, progressText: "9 of 15 min", next: "Next look 10:52. Survives a restart." },
  ],
  journal: activity.rows.slice(0, 4),
};

/** The disk is full: nothing is sent, and one card says so. */
export const haltedPage: ApplyPage = {
  ...applyPage,
  sentence: "One thing needs you.",
  running: false,
  blocked: "1 thing needs you",
  waits: [],
  cards: [
    {
      step: "",
      kind: "stopped",
      title: "The setup has stopped",
      sentence: "4 changes are in place and stay.",
      place: provider,
      instructions: [],
      expect: [],
      values: [],
      asks: null,
      session: null,
      lanes: [],
      problem: { what: "The journal cannot be written, so nothing was sent.", why: "database or disk is full", todo: "Make room or give Grantway the right to write, then go on.", id: "GW-JRN-0001", field: null },
      acts: [{ label: "Go on", calls: "goOn", primary: true, asksPrompts: false }],
      check: null,
      pairing: false,
      seat: null,
    },
  ],
};

/** The same checks with one that is mended on a page. */
export const checkByHand: CheckPage = {
  ...checkPage,
  blocked: null,
  groups: [{ title: "Look at these", sign: "warn", word: "Look at", rows: [auditLog] }, ...checkPage.groups.filter((group) => group.sign === "pass")],
};

/** Its page is open. */
export const checkPageOpen: CheckPage = {
  ...checkByHand,
  cards: [
    {
      step: "audit",
      kind: "task",
      title: "Switch the audit log on",
      sentence: auditLog.remedies[0]!.detail,
      place: customer,
      instructions: [auditLog.remedies[0]!.page!.who, "Go to Audit > Start recording user and admin activity."],
      expect: [],
      values: [],
      asks: null,
      session: { lane: 1, promptsSeen: 0, promptsExpected: 0, hasWindow: true, sentence: "The window is open. When you are through with the page, say that it is done: Grantway reads again what it says." },
      lanes: [],
      problem: null,
      acts: [
        { label: "It is done", calls: "finishPage", primary: true, asksPrompts: false },
        { label: "Show window", calls: "showSession", primary: false, asksPrompts: false },
      ],
      check: null,
      pairing: false,
      seat: null,
    },
  ],
};

const proof = (step: string, sign: Sign, word: string, claim: string, readFrom: string, found: string, at: string, place = provider): ProofRow => ({ step, sign, signWord: word, claim, readFrom, found, at, place });

export const donePage: DonePage = {
  title: "Done for Alder Dental",
  sentence: "Huntress has what it asked for, and nothing more that Grantway can see.",
  proved: 6,
  notProved: 1,
  cannotSee: 1,
  confirmed: 0,
  running: false,
  takingBack: false,
  takenBack: false,
  takeBack,
  undone: [],
  left: [],
  cards: [],
  paired: [],
  canSave: true,
  canPutAway: false,
  proofs: [
    proof("events", "wait", "Not proved yet", "Role is usable everywhere", "asked as the account itself", "not proved yet", "14:00"),
    proof("mapped", "cannotSee", "Cannot see", "Customer is mapped at the vendor", "the vendor has no way to ask", "cannot see", "11:07"),
    proof("group", "pass", "Proved", "Group holds 10 roles, no more", "GDAP relationship", "10 of 10", "11:14", customer),
    proof("publisher", "pass", "Proved", "Publisher is Huntress Labs Inc, verified", "app in your tenant", "as expected", "11:09"),
    proof("consent", "pass", "Proved", "Consent gives 9 permissions, no more", "grants of the app", "9 of 9", "11:09"),
    proof("ga", "pass", "Proved", "Global Administrator is gone", "role members read back", "gone", "11:12"),
    proof("auth", "pass", "Proved", "Account has Authenticator, nothing weaker", "sign-in methods", "1 method", "11:08"),
    proof("account", "pass", "Proved", "Account huntress-platform is there, once", "directory", "there, once", "11:08"),
  ],
};

export const takenBackPage: DonePage = {
  ...donePage,
  title: "Taken back",
  sentence: "7 of 7 changes are taken back and proved.",
  takenBack: true,
  canPutAway: true,
  takeBack: null,
  proofs: [],
  proved: 0,
  notProved: 0,
  cannotSee: 0,
  confirmed: 0,
  undone: takeBack.rows.map((row) => ({ ...row, sign: row.sign === "leftOut" ? "pass" : row.sign, signWord: "Taken back", fate: row.sign === "leftOut" ? "is gone, read back 11:40" : row.fate })),
  left: [{ what: "The account in the recycle bin", because: "Microsoft keeps deleted accounts for 30 days.", byHand: "Entra admin center, Users, Deleted users, Delete permanently.", place: provider, failed: false }],
};

export const signInPage: SignInPage = {
  sentence: "One sign-in. Nothing has been read yet.",
  blocked: null,
  ready: false,
  seats: [
    {
      id: "provider",
      party: provider,
      state: "empty",
      sign: "needsYou",
      account: null,
      needs: "An account of your tenant in AdminAgents",
      why: "Reads your tenant and the relationship with the customer. This sign-in cannot change anything.",
      notice: null,
      scopes: [
        { scope: "Directory.Read.All", what: "reads groups, accounts and roles" },
        { scope: "DelegatedAdminRelationship.Read.All", what: "reads relationships with customers" },
        { scope: "Policy.Read.All", what: "reads Security Defaults" },
      ],
      lanes: [
        { lane: 1, label: "Clean window", note: "shares nothing", off: false },
        { lane: 2, label: "Private browser", note: "for passkeys and smart cards", off: false },
        { lane: 3, label: "Own browser", note: "shares your normal profile", off: false },
      ],
      session: null,
    },
  ],
};

/** A sign-in whose page names a client that the person does not expect. */
export const signInLent: SignInPage = {
  ...signInPage,
  seats: signInPage.seats.map((seat) => ({
    ...seat,
    notice: "The consent page will name another client, by Microsoft Corporation. Your own app is not there yet, and something has to make it. What this setup adds there is taken back at its end.",
  })),
};

export const signInOpen: SignInPage = {
  ...signInPage,
  seats: signInPage.seats.map((seat) => ({
    ...seat,
    state: "open",
    sign: "running",
    session: { lane: 1, promptsSeen: 0, promptsExpected: 1, hasWindow: true, sentence: "The window is open. Sign in there." },
  })),
};

export const answerPage: Page = {
  page: "answer",
  content: {
    sentence: "Two tenants and two names. Nothing is sent anywhere yet.",
    submit: "Save and sign in",
    fields: [
      { id: "provider", label: "Your tenant", why: "The tenant whose people do the work. Grantway stops if the sign-in is for another one.", hint: "A domain of yours, or the tenant's id.", kind: { kind: "text" }, value: "larkspur-it.example", placeholder: "contoso.com", chooses: null, optional: false, onlyWhen: null },
      { id: "customer", label: "Customer's tenant", why: "The tenant that gives the roles away.", hint: null, kind: { kind: "lines" }, value: "", placeholder: "fabrikam.com", chooses: "one", optional: false, onlyWhen: null },
      { id: "account", label: "Name of the service account", why: "The vendor signs in with it.", hint: null, kind: { kind: "text" }, value: "huntress-platform", placeholder: null, chooses: null, optional: false, onlyWhen: null },
      { id: "region", label: "Vendor portal", why: "Where the consent starts.", hint: null, kind: { kind: "choice", options: [["us", "United States"], ["eu", "Europe"]] }, value: "us", placeholder: null, chooses: null, optional: true, onlyWhen: null },
    ],
  },
};
