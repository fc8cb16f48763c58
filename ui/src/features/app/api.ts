/** Asking the app crate: one query for each screen, one way to act. What was asked is kept until an event says it is old. */
import { useQuery, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Call } from "../../gen/Call";
import type { PhaseName } from "../../gen/PhaseName";
import type { Reply } from "../../gen/Reply";
import type { UiProblem } from "../../gen/UiProblem";
import { useHost } from "./hostContext";
import { asProblem } from "./problem";

type Named<Name extends Reply["reply"]> = Extract<Reply, { reply: Name }>;
type ValueOf<Name extends Reply["reply"]> = Named<Name> extends { value: infer Value } ? Value : undefined;

function useScreen<Name extends "frame" | "home" | "gallery" | "profileForm" | "setup" | "customer" | "customers" | "activity" | "pairing" | "practice" | "settings">(name: Name, key: QueryKey, call: Call, enabled = true, every?: number) {
  const host = useHost();
  return useQuery<ValueOf<Name>, unknown>({
    queryKey: key,
    enabled,
    ...(every === undefined ? {} : { refetchInterval: every, refetchIntervalInBackground: true }),
    // While the same screen is asked for anew, the old one stays: no blink. Another setup or customer never shows the one before it.
    placeholderData: (old, before) =>
      before !== undefined && before.queryKey[0] === key[0] && (name !== "setup" || before.queryKey[1] === key[1]) && name !== "customer" && name !== "pairing" ? (old as never) : undefined,
    queryFn: async () => {
      const reply = await host.call<Reply>(call);
      if (reply.reply !== name) throw new Error(`asked for ${name}, got ${reply.reply}`);
      return (reply as { value: unknown }).value as ValueOf<Name>;
    },
  });
}

export const useFrame = () => useScreen("frame", ["frame"], { call: "frame" });
export const useHome = () => useScreen("home", ["home"], { call: "home" });
export const useGallery = () => useScreen("gallery", ["gallery"], { call: "gallery" });
export const useProfileForm = (template: string) => useScreen("profileForm", ["profileForm", template], { call: "profileForm", template });
export const useSettings = () => useScreen("settings", ["settings"], { call: "settings" });
/** Practice pages ask the phone, and its clock runs, without a word from the app: so it is looked at in this rhythm. */
const PHONE_MILLISECONDS = 1000;
/** Asked in practice mode alone: elsewhere there is nothing to tell. */
export const usePractice = (enabled: boolean) => useScreen("practice", ["practice"], { call: "practice" }, enabled, PHONE_MILLISECONDS);
export const useCustomers = (enabled = true) => useScreen("customers", ["customers"], { call: "customers" }, enabled);
export const useActivity = (setup: string | null) => useScreen("activity", ["activity", setup], { call: "activity", setup });
export const useSetup = (id: string, phase: PhaseName | null) => useScreen("setup", ["setup", id, phase], { call: "setup", id, phase });
/** One of several customers; its key begins as its setup's does, so that it grows old with that. */
export const useCustomer = (id: string, tenant: string | undefined) => useScreen("customer", ["setup", id, "customer", tenant], { call: "customer", id, tenant: tenant ?? "" }, tenant !== undefined);

/** Pairs of a step; the key begins as its setup's does, too. */
export const usePairing = (id: string, step: string) => useScreen("pairing", ["setup", id, "pairing", step], { call: "pairing", id, step });

export interface Acting {
  /** Does it and tells whether it worked; a problem stands in `problem`. */
  act: (call: Call) => Promise<Reply | undefined>;
  busy: boolean;
  problem: UiProblem | undefined;
  dismiss: () => void;
}

/** Afterwards every screen is asked anew, in case an event was missed. */
export function useAct(): Acting {
  const host = useHost();
  const queries = useQueryClient();
  const [running, setRunning] = useState(0);
  const [problem, setProblem] = useState<UiProblem | undefined>(undefined);
  const act = useCallback(
    async (call: Call) => {
      setRunning((now) => now + 1);
      setProblem(undefined);
      try {
        const reply = await host.call<Reply>(call);
        // The two modes share no data: nothing of the one may be seen in the other.
        if (call.call === "enterPractice" || call.call === "leavePractice") await queries.resetQueries();
        else await queries.invalidateQueries();
        return reply;
      } catch (thrown) {
        setProblem(asProblem(thrown));
        return undefined;
      } finally {
        setRunning((now) => now - 1);
      }
    },
    [host, queries],
  );
  return { act, busy: running > 0, problem, dismiss: useCallback(() => setProblem(undefined), []) };
}
