/** The states that are looked at: where they are, and what the host answers there. */
import type { CustomersView } from "../../ui/src/gen/CustomersView";
import type { FrameView } from "../../ui/src/gen/FrameView";
import type { HomeView } from "../../ui/src/gen/HomeView";
import type { SettingsView } from "../../ui/src/gen/SettingsView";
import type { PairingView } from "../../ui/src/gen/PairingView";
import type { SetupView } from "../../ui/src/gen/SetupView";
import type { Theme } from "../../ui/src/gen/Theme";
import type { Answer } from "./host";
import { manyChecked, manyUnderWay, opened } from "./views/matrix";
import { customers, noCustomers, oneProfile } from "./views/customers";
import { confirmedPairs, emptyPairs, manyPairs, manyWaiting, mappedPage, mappingPage, pairs, waitingPage } from "./views/pairing";
import { profileForm } from "./views/profileForm";
import { activity, damagedJournal, damagedProfile, emptyHome, frame, gallery, home, practice, secondInstance, settings } from "./views/frame";
import { answerPage, applyPage, checkByHand, checkPage, checkPageOpen, donePage, haltedPage, reviewPage, setupAt, signInLent, signInOpen, signInPage, takenBackPage } from "./views/setup";

export interface PageView {
  name: string;
  place: string;
  home?: HomeView;
  customers?: CustomersView;
  setup?: SetupView;
  pairing?: PairingView;
  practice?: boolean;
  settings?: Partial<SettingsView>;
  theme?: Theme;
  frame?: Partial<FrameView>;
}

export function answersOf(view: PageView): Answer {
  return (call) => {
    switch (call.call) {
      case "frame":
        return {
          reply: "frame",
          value: { ...frame, practice: view.practice === true, theme: view.theme ?? "light", ...(view.practice === true ? { note: "Practice cloud" } : {}), ...view.frame },
        };
      case "home":
        return { reply: "home", value: view.home ?? home };
      case "gallery":
        return { reply: "gallery", value: gallery };
      case "profileForm":
        return { reply: "profileForm", value: profileForm };
      case "customers":
        return { reply: "customers", value: view.customers ?? oneProfile };
      case "activity":
        return { reply: "activity", value: { ...activity, filter: call.setup, rows: activity.rows.filter((row) => call.setup === null || row.setup === call.setup) } };
      case "practice":
        return view.practice === true ? { reply: "practice", value: practice } : { what: "Practice is not on.", why: null, todo: "Enter practice first.", id: "GW-PRA-0001", field: null };
      case "settings":
        return { reply: "settings", value: { ...settings, theme: view.theme ?? "light", ...view.settings } };
      case "customer": {
        const value = opened(view.setup, call.tenant);
        return value === undefined ? { what: "There is no such customer.", why: null, todo: "Choose one of the setup's.", id: "GW-SET-0009", field: null } : { reply: "customer", value };
      }
      case "pairing":
        return view.pairing === undefined ? { what: "This step has nothing to map.", why: null, todo: "Open the setup again.", id: "GW-PAI-0001", field: null } : { reply: "pairing", value: view.pairing };
      case "setup":
        return view.setup === undefined ? undefined : { reply: "setup", value: view.setup };
      default:
        return undefined;
    }
  };
}

const wizard = "#/setups/HM-7K2Q";

export const stories: readonly PageView[] = [
  { name: "home", place: "#/" },
  { name: "home-empty", place: "#/", home: emptyHome, frame: { waiting: 0 } },
  { name: "home-second-instance", place: "#/", frame: { readOnly: secondInstance } },
  { name: "home-damaged", place: "#/", frame: { readOnly: damagedJournal } },
  { name: "review-damaged", place: wizard, setup: setupAt("review", { page: "review", content: reviewPage }), frame: { readOnly: damagedJournal } },
  { name: "gallery", place: "#/set-up" },
  { name: "home-damaged-profile", place: "#/", home: damagedProfile },
  { name: "profile-form", place: "#/set-up/own/one-template" },
  { name: "answer", place: wizard, setup: setupAt("answer", answerPage) },
  { name: "sign-in", place: wizard, setup: setupAt("signIn", { page: "signIn", content: signInPage }) },
  { name: "sign-in-lent", place: wizard, setup: setupAt("signIn", { page: "signIn", content: signInLent }) },
  { name: "sign-in-practice", place: wizard, setup: setupAt("signIn", { page: "signIn", content: signInOpen }), practice: true },
  { name: "check", place: wizard, setup: setupAt("check", { page: "check", content: checkPage }) },
  { name: "check-by-hand", place: wizard, setup: setupAt("check", { page: "check", content: checkByHand }) },
  { name: "check-page-open", place: wizard, setup: setupAt("check", { page: "check", content: checkPageOpen }) },
  { name: "review", place: wizard, setup: setupAt("review", { page: "review", content: reviewPage }) },
  { name: "apply", place: wizard, setup: setupAt("apply", { page: "apply", content: applyPage }) },
  { name: "apply-practice", place: wizard, setup: setupAt("apply", { page: "apply", content: applyPage }), practice: true },
  { name: "apply-halted", place: wizard, setup: setupAt("apply", { page: "apply", content: haltedPage }) },
  { name: "check-12", place: wizard, setup: manyChecked(12) },
  { name: "check-1000", place: wizard, setup: manyChecked(1000) },
  { name: "apply-12", place: wizard, setup: manyUnderWay(12) },
  { name: "apply-1000", place: wizard, setup: manyUnderWay(1000) },
  { name: "mapping-empty", place: wizard, setup: setupAt("apply", { page: "apply", content: mappingPage }), pairing: emptyPairs },
  { name: "mapping", place: wizard, setup: setupAt("apply", { page: "apply", content: mappingPage }), pairing: pairs },
  { name: "mapping-1000", place: wizard, setup: setupAt("apply", { page: "apply", content: mappingPage }), pairing: manyPairs },
  { name: "mapped", place: wizard, setup: setupAt("done", { page: "done", content: mappedPage }), pairing: confirmedPairs },
  { name: "done", place: wizard, setup: setupAt("done", { page: "done", content: donePage }) },
  { name: "done-waiting", place: wizard, setup: setupAt("done", { page: "done", content: waitingPage }), pairing: pairs },
  { name: "done-12", place: wizard, setup: setupAt("done", { page: "done", content: manyWaiting(12) }), pairing: pairs },
  { name: "done-1000", place: wizard, setup: setupAt("done", { page: "done", content: manyWaiting(1000) }), pairing: manyPairs },
  { name: "taken-back", place: wizard, setup: setupAt("done", { page: "done", content: takenBackPage }) },
  { name: "customers-four-profiles", place: "#/customers", customers },
  { name: "customers-one-profile", place: "#/customers" },
  { name: "customers-empty", place: "#/customers", customers: noCustomers },
  { name: "customers-practice", place: "#/customers", practice: true },
  { name: "activity", place: "#/activity" },
  { name: "practice", place: "#/practice", practice: true },
  { name: "practice-outside", place: "#/practice" },
  { name: "settings", place: "#/settings" },
  { name: "settings-cloud-file", place: "#/settings", settings: { clouds: [], cloud: "mine", cloudFile: { name: "A cloud of my own", place: "/home/dana/clouds/mine.toml", removable: true } } },
];
