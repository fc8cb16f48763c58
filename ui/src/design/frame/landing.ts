import { useEffect, type RefObject } from "react";

/** Whether a person has used keyboard or pointer in this window: before that there is no focus to keep. */
let used = false;
for (const act of ["keydown", "pointerdown"] as const) window.addEventListener(act, () => (used = true), { capture: true, once: true });

/**
 * When what held the focus went away with the screen before, the focus lands on the new screen's work, so that a reader hears where it
 * is. A focus that is somewhere stays there.
 */
export function useLanding(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (used && document.activeElement === document.body) place.current?.focus({ preventScroll: true });
  }, [place]);
}
