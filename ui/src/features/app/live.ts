/** One stream of events. It says which screens are old; TanStack Query asks again for those that are shown. */
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Event } from "../../gen/Event";
import type { PhaseName } from "../../gen/PhaseName";
import type { Screen } from "../../gen/Screen";
import type { UiProblem } from "../../gen/UiProblem";
import { useHost } from "./hostContext";

function keyOf(screen: Screen): readonly string[] {
  return screen.screen === "setup" ? ["setup", screen.id] : [screen.screen];
}

/** Marks what an event names as old. */
export function markOld(queries: QueryClient, screens: readonly Screen[]): void {
  for (const screen of screens) void queries.invalidateQueries({ queryKey: keyOf(screen) });
}

export interface LiveProblem {
  setup: string | null;
  problem: UiProblem;
}

export interface Live {
  problem: LiveProblem | undefined;
  dismiss: () => void;
}

/** Listens as long as the app is open. `onShow` leads to a setup whose session has come to its end. */
export function useLive(onShow: (setup: string, phase: PhaseName | null) => void): Live {
  const host = useHost();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<LiveProblem | undefined>(undefined);
  useEffect(
    () =>
      host.listen((heard) => {
        const event = heard as Event;
        switch (event.event) {
          case "changed":
            markOld(queries, event.screens);
            break;
          case "problem":
            setProblem({ setup: event.setup, problem: event.problem });
            break;
          case "show":
            markOld(queries, [{ screen: "setup", id: event.setup }]);
            onShow(event.setup, event.phase);
            break;
        }
      }),
    [host, queries, onShow],
  );
  return { problem, dismiss: () => setProblem(undefined) };
}
