import { createContext, use, type ReactNode } from "react";
import type { Host } from "../../host/host";

const HostContext = createContext<Host | undefined>(undefined);

/** Hands the host down; tests hand down one of their own. */
export function HostProvider({ host, children }: { host: Host; children: ReactNode }) {
  return <HostContext value={host}>{children}</HostContext>;
}

export function useHost(): Host {
  const host = use(HostContext);
  if (host === undefined) throw new Error("useHost needs a HostProvider above it");
  return host;
}
