import { invoke } from "@tauri-apps/api/core";
import { listen as listenTo } from "@tauri-apps/api/event";
import type { Host } from "./host";

/** The desktop shell: one command, `call`, and one event, `grantway`. */
export function tauriHost(): Host {
  return {
    call: <R>(request: unknown) => invoke<R>("call", { request }),
    listen(handler) {
      // Listening starts a moment later; a stop that comes sooner still holds.
      let stopped = false;
      let stop: (() => void) | undefined;
      void listenTo<unknown>("grantway", (event) => {
        if (!stopped) handler(event.payload);
      }).then((unlisten) => {
        if (stopped) unlisten();
        else stop = unlisten;
      });
      return () => {
        stopped = true;
        stop?.();
      };
    },
  };
}
