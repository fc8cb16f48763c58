import { useEffect } from "react";

/** Names of the places that F6 visits, in the order of the page. */
export type Region = "nav" | "rail" | "work" | "explanation" | "footer";

function visibleRegions(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-region]")].filter((region) => region.closest("[hidden]") === null);
}

/** The region after (or before) the one that holds the focus; from nowhere, the first one. */
export function nextRegion(regions: readonly HTMLElement[], focused: Element | null, backwards: boolean): HTMLElement | undefined {
  if (regions.length === 0) return undefined;
  const here = regions.findIndex((region) => region.contains(focused));
  const step = backwards ? -1 : 1;
  const index = here === -1 ? (backwards ? regions.length - 1 : 0) : (here + step + regions.length) % regions.length;
  return regions[index];
}

/** F6 and Shift+F6 move between regions. Each region is focusable by script (`tabIndex={-1}`). */
export function useRegionKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "F6" || event.altKey || event.ctrlKey || event.metaKey) return;
      // An open dialog keeps the focus; F6 must not carry it behind.
      if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return;
      const target = nextRegion(visibleRegions(), document.activeElement, event.shiftKey);
      if (target === undefined) return;
      event.preventDefault();
      target.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
