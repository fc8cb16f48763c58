import type { Acting } from "../../features/app/api";
import type { PracticeView } from "../../gen/PracticeView";
import type { SetupView } from "../../gen/SetupView";

/** What every phase is given beside its own page. */
export interface PhaseProps {
  setup: SetupView;
  acting: Acting;
  /** Phone and clock of the practice cloud, while practising. */
  practice: PracticeView | undefined;
}

/** The title of the phase that is shown. */
export function titleOf(setup: SetupView): string {
  return setup.rail.find((step) => step.phase === setup.shown)?.title ?? "";
}
