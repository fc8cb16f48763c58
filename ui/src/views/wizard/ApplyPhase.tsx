import { Button } from "@fluentui/react-components";
import { ArrowUndoRegular } from "@fluentui/react-icons/svg/arrow-undo";
import { PauseRegular } from "@fluentui/react-icons/svg/pause";
import { PlayRegular } from "@fluentui/react-icons/svg/play";
import { useState } from "react";
import { ActionButton } from "../../design/ActionButton";
import { Pane, PaneSection } from "../../design/pane/Pane";
import { Announcer } from "../../features/journal/Announcer";
import { JournalList } from "../../features/journal/JournalList";
import { PracticeCompanion } from "../../features/practice/PracticeCompanion";
import { ClockSteps } from "../../features/practice/ClockSteps";
import { NeedsYou } from "../../features/run/NeedsYou";
import { RunProgress } from "../../features/run/RunProgress";
import { StepList } from "../../features/run/StepList";
import { Waits } from "../../features/run/Waits";
import { TakeBackDialog } from "../../features/takeback/TakeBackDialog";
import type { ApplyPage } from "../../gen/ApplyPage";
import { text } from "../../text/catalogue";
import { titleOf, type PhaseProps } from "./phase";
import { PhaseHead } from "./PhaseHead";
import { SetupFrame } from "./SetupFrame";
import styles from "./ApplyPhase.module.css";

/** What is being done, what it waits for, and what needs a person. */
export function ApplyPhase({ setup, acting, practice, page }: PhaseProps & { page: ApplyPage }) {
  const [asking, setAsking] = useState(false);
  const urgent = page.cards[0];
  const sessionOpen = page.cards.some((card) => card.session !== null);
  const phone = practice !== undefined && (sessionOpen || practice.prompts.length > 0);
  const off = acting.busy ? text("ui-busy") : (page.blocked ?? (page.finished ? undefined : text("ui-apply-not-finished")));
  return (
    <SetupFrame
      setup={setup}
      acting={acting}
      actions={
        !setup.readOnly &&
        !page.finished && (
          <>
            <Button
              size="small"
              icon={page.paused ? <PlayRegular /> : <PauseRegular />}
              disabledFocusable={acting.busy}
              onClick={() => void acting.act(page.paused ? { call: "goOn", id: setup.id } : { call: "pause", id: setup.id })}
            >
              {text(page.paused ? "ui-apply-resume" : "ui-apply-pause")}
            </Button>
          </>
        )
      }
      companion={phone ? <PracticeCompanion practice={practice} acting={acting} /> : undefined}
      explanation={
        <Pane>
          <PaneSection title={text("ui-apply-waits")}>
            {page.waits.length === 0 ? <p>{text("ui-apply-waits-none")}</p> : <Waits waits={page.waits} />}
            {practice !== undefined && page.waits.length > 0 && <ClockSteps now={practice.clock} busy={acting.busy} onAdvance={(seconds) => void acting.act({ call: "moveClock", seconds })} />}
          </PaneSection>
          <PaneSection title={text("ui-apply-journal")}>
            <JournalList rows={page.journal} label={text("ui-apply-journal")} />
          </PaneSection>
        </Pane>
      }
      footer={
        <>
          {page.takeBack !== null && (
            <ActionButton icon={<ArrowUndoRegular />} off={acting.busy ? text("ui-busy") : undefined} onClick={() => setAsking(true)}>
              {text("ui-apply-stop")}
            </ActionButton>
          )}
          <span className={styles.end}>
            {page.blocked !== null && <span className="gw-second">{page.blocked}</span>}
            <ActionButton appearance="primary" off={off} reasonShown={page.blocked !== null} onClick={() => void acting.act({ call: "prove", id: setup.id })}>
              {text("ui-apply-next")}
            </ActionButton>
          </span>
        </>
      }
    >
      <PhaseHead title={titleOf(setup)} sentence={page.sentence}>
        <RunProgress done={page.done} total={page.total} words={page.progressText} />
      </PhaseHead>
      <Announcer sentence={`${page.progressText}. ${page.sentence}`} urgent={urgent === undefined ? undefined : `${text(`ui-need-${urgent.kind}`)}: ${urgent.title}`} />
      <NeedsYou setup={setup.id} cards={page.cards} busy={acting.busy} readOnly={setup.readOnly} onCall={async (call) => (await acting.act(call)) !== undefined} />
      <StepList places={page.places} />
      <TakeBackDialog
        open={asking}
        plan={page.takeBack}
        problem={acting.problem}
        busy={acting.busy}
        onClose={() => setAsking(false)}
        onTakeBack={(typed) => void acting.act({ call: "takeBack", id: setup.id, typed }).then((reply) => reply !== undefined && setAsking(false))}
      />
    </SetupFrame>
  );
}
