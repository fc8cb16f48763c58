import { Button } from "@fluentui/react-components";
import { ArrowUndoRegular } from "@fluentui/react-icons/svg/arrow-undo";
import { PauseRegular } from "@fluentui/react-icons/svg/pause";
import { PlayRegular } from "@fluentui/react-icons/svg/play";
import { useRef, useState } from "react";
import { ActionButton } from "../../design/ActionButton";
import { Pane, PaneSection } from "../../design/pane/Pane";
import { useCustomer } from "../../features/app/api";
import { Announcer } from "../../features/journal/Announcer";
import { JournalList } from "../../features/journal/JournalList";
import { Matrix } from "../../features/matrix/Matrix";
import { PairedTables } from "../../features/pairing/PairedTables";
import { PracticeCompanion } from "../../features/practice/PracticeCompanion";
import { ClockSteps } from "../../features/practice/ClockSteps";
import { CustomerSteps } from "../../features/run/CustomerSteps";
import { MoreLink } from "../../features/run/MoreLink";
import { NeedsYou } from "../../features/run/NeedsYou";
import { PlaceStrip } from "../../features/run/PlaceStrip";
import { RunProgress } from "../../features/run/RunProgress";
import { StepList } from "../../features/run/StepList";
import { Waits } from "../../features/run/Waits";
import { TakeBackDialog } from "../../features/takeback/TakeBackDialog";
import type { ApplyPage } from "../../gen/ApplyPage";
import type { Call } from "../../gen/Call";
import { text } from "../../text/catalogue";
import { titleOf, type PhaseProps } from "./phase";
import { PhaseHead } from "./PhaseHead";
import { SetupFrame } from "./SetupFrame";
import styles from "./ApplyPhase.module.css";

/** What is being done, what it waits for, and what needs a person. */
export function ApplyPhase({ setup, acting, practice, page }: PhaseProps & { page: ApplyPage }) {
  const [asking, setAsking] = useState(false);
  const [customer, setCustomer] = useState<string | undefined>(undefined);
  const [kind, setKind] = useState<string | null>(null);
  const opened = useCustomer(setup.id, customer).data;
  const matrix = useRef<HTMLDivElement>(null);
  // Cards and waits that are not drawn lead to the customers that they are about.
  const show = (filter: string) => {
    setKind(filter);
    matrix.current?.scrollIntoView({ block: "start" });
    matrix.current?.focus({ preventScroll: true });
  };
  const call = async (made: Call) => (await acting.act(made)) !== undefined;
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
            {page.moreWaits !== null && <MoreLink more={page.moreWaits} onShow={show} />}
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
      <NeedsYou setup={setup.id} cards={page.cards} busy={acting.busy} readOnly={setup.readOnly} onCall={call} />
      {page.moreCards.map((more) => (
        <MoreLink key={more.filter} more={more} onShow={show} />
      ))}
      {page.matrix === null ? (
        <StepList places={page.places} />
      ) : (
        <>
          {page.places.map((place) => (
            <PlaceStrip key={`${place.place.party} ${place.place.name}`} place={place} />
          ))}
          <div ref={matrix} tabIndex={-1} className={styles.customers}>
            <Matrix
              view={page.matrix}
              filter={kind}
              onFilter={setKind}
              open={customer}
              onOpen={setCustomer}
              detail={
                <CustomerSteps
                  setup={setup.id}
                  name={page.matrix.rows.find((row) => row.id === customer)?.customer.name ?? ""}
                  view={opened}
                  busy={acting.busy}
                  readOnly={setup.readOnly}
                  onCall={call}
                />
              }
            />
          </div>
        </>
      )}
      <PairedTables setup={setup.id} steps={page.paired} readOnly={setup.readOnly} />
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
