import { Button } from "@fluentui/react-components";
import { SaveRegular } from "@fluentui/react-icons/svg/save";
import { useState, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { WizardFrame } from "../../design/frame/WizardFrame";
import { OpenerButton } from "../../design/OpenerButton";
import { StepRail } from "../../design/StepRail";
import { useLiveProblem } from "../../features/app/liveContext";
import { places } from "../../features/app/words";
import { Problem } from "../../features/problem/Problem";
import { SetupHeading } from "../../features/setups/SetupHeading";
import { PutAwayDialog } from "../../features/takeback/PutAwayDialog";
import type { PhaseName } from "../../gen/PhaseName";
import { text } from "../../text/catalogue";
import { titleOf, type PhaseProps } from "./phase";
import styles from "./SetupFrame.module.css";

export interface SetupFrameProps extends Pick<PhaseProps, "setup" | "acting"> {
  actions?: ReactNode;
  /** The practice phone while it is needed. */
  companion?: ReactNode;
  explanation?: ReactNode;
  footer?: ReactNode;
  /** The setup can be put away here: nothing of it is in a tenant but what its sign-ins have left. */
  canClose?: boolean;
  children: ReactNode;
}

/** Phases before anything is written. */
const EARLY: readonly PhaseName[] = ["answer", "signIn", "check", "review"];

/** The wizard's frame, filled with what the setup says of itself. */
export function SetupFrame({ setup, acting, actions, companion, explanation, footer, canClose = EARLY.includes(setup.current), children }: SetupFrameProps) {
  const live = useLiveProblem();
  const navigate = useNavigate();
  const own = live.problem?.setup === setup.id ? live.problem.problem : undefined;
  const [asking, setAsking] = useState(false);
  const close = async (endConsents: boolean) => {
    if ((await acting.act({ call: "close", id: setup.id, endConsents })) === undefined) return;
    setAsking(false);
    // What goes first can ask for a sign-in: the setup shows how far it is.
    await navigate(endConsents ? `/setups/${encodeURIComponent(setup.id)}` : "/");
  };
  return (
    <WizardFrame
      back={{ href: places.home, label: text("ui-wizard-back") }}
      heading={<SetupHeading setup={setup} />}
      actions={
        <>
          {actions}
          {canClose && (
            <OpenerButton size="small" appearance="subtle" disabledFocusable={acting.busy} onClick={() => (setup.putAway === null ? void close(false) : setAsking(true))}>
              {text("ui-wizard-put-away")}
            </OpenerButton>
          )}
        </>
      }
      railLabel={text("ui-wizard-rail")}
      rail={
        <StepRail
          doneWord={text("ui-done")}
          steps={setup.rail.map((step) => ({
            id: step.phase,
            name: step.title,
            note: step.note ?? undefined,
            state: step.state,
            shown: step.phase === setup.shown,
            href: step.state === "later" ? undefined : step.state === "current" ? places.setup(setup.id) : places.setup(setup.id, step.phase),
          }))}
        />
      }
      railFoot={
        <>
          <SaveRegular fontSize={16} className={styles.save} />
          <span>{setup.saved}</span>
        </>
      }
      workLabel={titleOf(setup)}
      companion={companion}
      companionLabel={text("ui-wizard-companion")}
      explanation={explanation}
      explanationClose={text("ui-close")}
      explanationLabel={text("ui-wizard-explanation")}
      footer={setup.readOnly ? <ReadOnlyFoot setup={setup} /> : footer}
      footerLabel={text("ui-wizard-footer")}
    >
      {setup.told.length > 0 && (
        <div className={styles.notices}>
          {setup.told.map((left) => (
            <Problem key={left.because} tone="warn" problem={{ what: left.what, why: left.because, todo: left.byHand, id: "" }} />
          ))}
        </div>
      )}
      {(acting.problem !== undefined || own !== undefined) && (
        <div className={styles.notices}>
          {acting.problem !== undefined && <Problem problem={acting.problem} onDismiss={{ word: text("ui-close"), act: acting.dismiss }} />}
          {own !== undefined && <Problem problem={own} onDismiss={{ word: text("ui-close"), act: live.dismiss }} />}
        </div>
      )}
      {children}
      <PutAwayDialog open={asking} view={setup.putAway} problem={acting.problem} busy={acting.busy} onClose={() => setAsking(false)} onPutAway={(endConsents) => void close(endConsents)} />
    </WizardFrame>
  );
}

/** A phase that is over can be looked at; the way back to where the setup stands is one press. */
function ReadOnlyFoot({ setup }: Pick<PhaseProps, "setup">) {
  const current = setup.rail.find((step) => step.phase === setup.current);
  return (
    <>
      <span className="gw-quiet">{text("ui-wizard-read-only")}</span>
      <Button as="a" href={places.setup(setup.id)} appearance="primary" className={styles.onward}>
        {text("ui-wizard-to-current", { phase: current?.title ?? "" })}
      </Button>
    </>
  );
}
