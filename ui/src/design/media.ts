import { useSyncExternalStore } from "react";

/** Whether a media query holds now, kept up to date. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => window.matchMedia(query).matches,
  );
}

/** Window widths at which the layout changes (design notes, layout grid). */
export const NARROW_EXPLANATION = "(max-width: 1179px)";
export const NARROW_MAP = "(max-width: 1059px)";
