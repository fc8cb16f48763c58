import { createContext, use } from "react";
import type { Live } from "./live";

/** What went wrong without being asked for, handed to the screen that it belongs to. */
export const LiveContext = createContext<Live>({ problem: undefined, dismiss: () => {} });

export const useLiveProblem = (): Live => use(LiveContext);
