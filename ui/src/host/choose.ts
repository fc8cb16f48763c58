import type { Host } from "./host";
import { loopbackHost } from "./loopback";
import { tauriHost } from "./tauri";

/** The shell marks its page; every other browser talks to the loopback host. */
export function chooseHost(): Host {
  return "__TAURI_INTERNALS__" in window ? tauriHost() : loopbackHost();
}
