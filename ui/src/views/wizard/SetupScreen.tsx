import { useParams } from "react-router";
import { Screen } from "../../features/app/Screen";
import { useAct, useFrame, usePractice, useSetup } from "../../features/app/api";
import type { PhaseName } from "../../gen/PhaseName";
import type { SetupView } from "../../gen/SetupView";
import { AnswerPhase } from "./AnswerPhase";
import { ApplyPhase } from "./ApplyPhase";
import { CheckPhase } from "./CheckPhase";
import { DonePhase } from "./DonePhase";
import type { PhaseProps } from "./phase";
import { ReviewPhase } from "./ReviewPhase";
import { SignInPhase } from "./SignInPhase";

const PHASES: readonly PhaseName[] = ["answer", "signIn", "check", "review", "apply", "prove", "done"];

function phaseOf(name: string | undefined): PhaseName | null {
  return PHASES.find((phase) => phase === name) ?? null;
}

/** One setup: the rail and the page of a phase. Without a phase in the address it shows where the setup stands. */
export function SetupScreen() {
  const { id = "", phase } = useParams();
  const query = useSetup(id, phaseOf(phase));
  // Another setup, or another phase of it, starts with fresh state.
  return <Screen query={query}>{(setup) => <Setup key={`${setup.id} ${setup.shown}`} setup={setup} />}</Screen>;
}

function Setup({ setup }: { setup: SetupView }) {
  const acting = useAct();
  const practising = useFrame().data?.practice === true;
  const practice = usePractice(practising).data;
  const common: PhaseProps = { setup, acting, practice: practising ? practice : undefined };
  switch (setup.page.page) {
    case "answer":
      return <AnswerPhase {...common} page={setup.page.content} />;
    case "signIn":
      return <SignInPhase {...common} page={setup.page.content} />;
    case "check":
      return <CheckPhase {...common} page={setup.page.content} />;
    case "review":
      return <ReviewPhase {...common} page={setup.page.content} />;
    case "apply":
      return <ApplyPhase {...common} page={setup.page.content} />;
    case "done":
      return <DonePhase {...common} page={setup.page.content} />;
  }
}
