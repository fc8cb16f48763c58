import type { ActivityView } from "../../../ui/src/gen/ActivityView";
import type { FrameView } from "../../../ui/src/gen/FrameView";
import type { GalleryView } from "../../../ui/src/gen/GalleryView";
import type { HomeView } from "../../../ui/src/gen/HomeView";
import type { ReadOnlyView } from "../../../ui/src/gen/ReadOnlyView";
import type { PracticeView } from "../../../ui/src/gen/PracticeView";
import type { SettingsView } from "../../../ui/src/gen/SettingsView";
import { customer, provider, vendor } from "./parties";

export const frame: FrameView = {
  practice: false,
  practiceAvailable: true,
  waiting: 4,
  identity: "Larkspur Managed IT",
  initials: "LM",
  note: "No session open",
  theme: "light",
  readOnly: null,
  cloudProblem: null,
};

export const secondInstance: ReadOnlyView = {
  problem: {
    what: "Another Grantway has these setups open. This one only shows them, and nothing is changed from here.",
    why: "A journal has one writer: another window or command has these setups open.",
    todo: "Use the other one, or close it and try again here.",
    id: "GW-JRN-0002",
    field: null,
  },
  acts: ["tryAgain", "export"],
};

export const damagedJournal: ReadOnlyView = {
  problem: {
    what: "The journal is damaged. Grantway shows what can be read of it and changes nothing.",
    why: "Found when it was opened: entry 5 is not as it was written.",
    todo: "Export it, then start a new one. The damaged one is set aside, not deleted.",
    id: "GW-JRN-0003",
    field: null,
  },
  acts: ["export", "startAfresh"],
};

export const home: HomeView = {
  problems: [],
  waiting: 4,
  groups: [
    {
      title: "Waiting for you",
      rows: [
        { id: "HM-7K2Q", sign: "fail", signWord: "Stopped", title: "Alder Dental", profile: "Huntress MDR", sentence: "Someone changed the group after you approved. Nothing was overwritten.", when: "since 10:47", progress: null, act: "See why", primary: true, parties: [provider, customer] },
        { id: "HM-2C8D", sign: "needsYou", signWord: "Needs you", title: "Brightwater Accounting", profile: "Huntress MDR", sentence: "Sign in as the new account and give it a password of its own.", when: "about 3 min", progress: null, act: "Continue", primary: false, parties: [provider, customer] },
      ],
    },
    {
      title: "Waiting for Microsoft",
      rows: [
        { id: "HM-9F4T", sign: "wait", signWord: "Waiting", title: "Cedar & Stone Architects", profile: "Huntress MDR", sentence: "New access becomes usable about 15 minutes after it is active.", when: "next look 10:52", progress: 0.6, act: null, primary: false, parties: [provider, customer] },
        { id: "HM-1B3X", sign: "wait", signWord: "Waiting", title: "Juniper Schools Trust", profile: "Huntress MDR", sentence: "The directory role is on its way to every service.", when: "next look 11:10", progress: 0.2, act: null, primary: false, parties: [provider, customer] },
      ],
    },
  ],
  finished: [{ id: "HM-0A1B", sign: "pass", signWord: "Proved", title: "Everly Pediatrics", profile: "Huntress MDR", sentence: "12 of 12 proved on 22 Nov 2026.", when: "done 22 Nov 2026", progress: null, act: "Open", primary: false, parties: [provider, customer] }],
};

export const emptyHome: HomeView = { waiting: 0, groups: [], finished: [], problems: [] };

export const damagedProfile: HomeView = {
  ...home,
  problems: [
    {
      what: "A profile of your own cannot be used.",
      why: "own-contoso-watch.toml, line 14, gdap_service_account.portal.address: must begin with https://",
      todo: "Mend that file in /home/dana/.local/share/io.grantway.app/profiles, or get it again from whoever gave it to you, and start Grantway again. Setups that were begun with it are shown again then. Nothing else is affected.",
      id: "GW-PRF-0006",
      field: null,
    },
  ],
};

export const gallery: GalleryView = {
  templates: [
    {
      template: "one-template",
      title: "A vendor of your own",
      sentence: "Give a vendor that is not here a service account with admin roles in your customers' tenants. You say what the vendor told you; Grantway keeps it as a profile and guides you through the setup as with any other.",
    },
  ],
  imports: true,
  cards: [
    {
      profile: "one",
      own: false,
      name: "Huntress MDR",
      pattern: "GDAP service account",
      monogram: "Hu",
      risk: "high",
      flow: [
        { ...customer, name: "Customer" },
        { ...provider, name: "You" },
        { ...vendor, name: "Huntress" },
      ],
      sentence: "10 admin roles in the customer, held by one account of yours. It can change policies, mail rules and sign-in methods.",
      notice: null,
      facts: [
        { label: "Until", value: "the relationship ends, 730 days at most" },
        { label: "Licences", value: "Entra ID P1" },
        { label: "Sign in as", value: "Partner Center admin agent" },
        { label: "Time", value: "about 25 min" },
      ],
      byHand: "2 steps by hand",
    },
    {
      profile: "two",
      own: true,
      name: "Example MDR",
      pattern: "GDAP service account",
      monogram: "Ex",
      risk: "medium",
      flow: [
        { ...customer, name: "Customer" },
        { ...provider, name: "You" },
      ],
      sentence: "7 reading roles in the customer, held by one account of yours. It changes nothing.",
      notice: "The vendor's text is from 2023. Parts of it are retired; this profile follows what Microsoft does today.",
      facts: [
        { label: "Until", value: "180 days" },
        { label: "Licences", value: "Entra ID P1" },
        { label: "Sign in as", value: "Partner Center admin agent" },
        { label: "Time", value: "about 20 min" },
      ],
      byHand: "1 step by hand",
    },
  ],
};

export const activity: ActivityView = {
  setups: [
    ["HM-7K2Q", "Huntress MDR, Alder Dental"],
    ["HM-9F4T", "Huntress MDR, Cedar & Stone Architects"],
  ],
  filter: null,
  rows: [
    { seq: 44, sign: "running", signWord: "Running", sentence: "Global Administrator for the account: the request leaves", time: "10:50:12", day: "24 Nov 2026", setup: "HM-7K2Q", setupTitle: "Huntress MDR, Alder Dental" },
    { seq: 43, sign: "pass", signWord: "Done", sentence: "Account huntress-platform is made", time: "10:50:11", day: "24 Nov 2026", setup: "HM-7K2Q", setupTitle: "Huntress MDR, Alder Dental" },
    { seq: 42, sign: "pass", signWord: "Done", sentence: "Group Huntress Security Platform is made", time: "10:50:03", day: "24 Nov 2026", setup: "HM-7K2Q", setupTitle: "Huntress MDR, Alder Dental" },
    { seq: 41, sign: "pass", signWord: "Done", sentence: "Plan 3 is approved by Dana Whitfield: 7 changes", time: "10:49:58", day: "24 Nov 2026", setup: "HM-7K2Q", setupTitle: "Huntress MDR, Alder Dental" },
    { seq: 12, sign: "wait", signWord: "Waiting", sentence: "10 roles for the group: usable about 15 minutes after they are active", time: "16:02:40", day: "23 Nov 2026", setup: "HM-9F4T", setupTitle: "Huntress MDR, Cedar & Stone Architects" },
  ],
};

export const practice: PracticeView = {
  scenarios: [
    { id: "in-order", title: "All in order", teaches: "The whole setup once, without a fault.", loaded: true },
    { id: "no-p1", title: "The licence is missing", teaches: "A check that fails before anything is written, and how to mend it.", loaded: false },
    { id: "security-defaults", title: "Security Defaults is on", teaches: "Why an own policy and Security Defaults cannot be on together.", loaded: false },
    { id: "missing-role", title: "A role is missing", teaches: "The relationship offers nine of the ten roles.", loaded: false },
    { id: "publisher", title: "The wrong publisher", teaches: "An app that looks right and is not.", loaded: false },
    { id: "cookies", title: "Cookies interfere", teaches: "One sign-in where there must be two.", loaded: false },
    { id: "federated", title: "A federated provider", teaches: "A sign-in page of another host, asked about once.", loaded: false },
  ],
  people: [
    { account: "dana@larkspur-it.example", name: "Dana Whitfield", tenant: "Larkspur Managed IT", role: "Global Administrator, admin agent", password: "Practice-Heron-41" },
    { account: "tom@larkspur-it.example", name: "Tom Baird", tenant: "Larkspur Managed IT", role: "technician without rights", password: "Practice-Otter-58" },
    { account: "pat@vendor-portal.example", name: "Pat Lindqvist", tenant: "Vendor portal", role: "portal admin", password: "Practice-Finch-17" },
  ],
  prompts: [{ id: "p1", account: "dana@larkspur-it.example", app: "Grantway", from: "this computer" }],
  clock: "Tue 24 Nov 2026, 10:29",
  time: "10:29",
};

export const settings: SettingsView = {
  theme: "light",
  cloudFile: null,
  choosesCloudFile: true,
  clouds: [
    { id: "global", name: "Microsoft 365 and Azure" },
    { id: "usgov-high", name: "US Government, GCC High" },
    { id: "usgov-dod", name: "US Government, DoD" },
    { id: "china", name: "China, operated by 21Vianet" },
  ],
  cloud: "global",
  clientId: "5d1f2b9c-7a34-4b52-9c1e-2f0a6f6a9b11",
  clientFixed: false,
  clientSetup: "app-registration",
  redirect: "http://localhost/cb/global",
  lanes: [
    { lane: 1, name: "Clean window", note: "shares nothing and is emptied when it closes" },
    { lane: 2, name: "Private browser", note: "Edge, Chrome or Firefox in private mode, for passkeys and smart cards" },
    { lane: 3, name: "Own browser", note: "your normal profile with its cookies, for devices that must be known" },
  ],
  lane: 1,
  vault: "the keychain of this computer",
  data: "~/.local/share/grantway/journal.sqlite",
  practice: false,
  version: "0.1.0",
};
