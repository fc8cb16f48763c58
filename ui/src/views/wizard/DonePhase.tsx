import { Button } from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { ArrowSyncRegular } from "@fluentui/react-icons/svg/arrow-sync";
import { ArrowUndoRegular } from "@fluentui/react-icons/svg/arrow-undo";
import { useRef, useState } from "react";
import { ActionButton } from "../../design/ActionButton";
import { Announcer } from "../../features/journal/Announcer";
import { PairedTables } from "../../features/pairing/PairedTables";
import { PracticeCompanion } from "../../features/practice/PracticeCompanion";
import { ProofTable } from "../../features/proof/ProofTable";
import { NeedsYou } from "../../features/run/NeedsYou";
import { StillOpen } from "../../features/run/StillOpen";
import { LeftList } from "../../features/takeback/LeftList";
import { TakeBackDialog } from "../../features/takeback/TakeBackDialog";
import { TakeBackLine } from "../../features/takeback/TakeBackLine";
import { flushSync } from "react-dom";
import type { DonePage } from "../../gen/DonePage";
import { text } from "../../text/catalogue";
import type { PhaseProps } from "./phase";
import { PhaseHead } from "./PhaseHead";
import { SetupFrame } from "./SetupFrame";
import styles from "./DonePhase.module.css";

/** Proofs, what stays, and the way to take it all back. */
export function DonePhase({ setup, acting, practice, page }: PhaseProps & { page: DonePage }) {
  const [asking, setAsking] = useState(false);
  const [saved, setSaved] = useState<string | undefined>(undefined);
  const busy = acting.busy || page.running;
  const save = async (format: "html" | "json") => {
    const reply = await acting.act({ call: "saveProof", id: setup.id, format });
    if (reply?.reply === "saved") setSaved(reply.value.path);
  };
  const urgent = page.cards[0];
  // What somebody is reminded of waits beside the proofs until it is opened; what stops the app stands before them.
  const reminders = page.cards.filter((card) => card.kind === "handOff");
  const [opened, setOpened] = useState<string | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);
  const cards = page.cards.filter((card) => card.kind !== "handOff" || card.step === opened);
  const open = (step: string | undefined) => {
    // Drawn at once, so that the card can be gone to: it stands above the list, which may lie far below it.
    flushSync(() => setOpened(step));
    if (step === undefined) return;
    place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: "start" });
  };
  const phone = practice !== undefined && (page.cards.some((card) => card.session !== null) || practice.prompts.length > 0);
  return (
    <SetupFrame setup={setup} acting={acting} canClose={page.canPutAway} companion={phone ? <PracticeCompanion practice={practice} acting={acting} /> : undefined}>
      <PhaseHead title={page.title} sentence={page.sentence} />
      <Announcer sentence={`${page.title}. ${page.sentence}`} urgent={urgent === undefined ? undefined : `${text(`ui-need-${urgent.kind}`)}: ${urgent.title}`} />
      <div ref={place} tabIndex={-1} className={styles.cards}>
        <NeedsYou setup={setup.id} cards={cards} busy={acting.busy} readOnly={setup.readOnly} onCall={async (call) => (await acting.act(call)) !== undefined} />
      </div>
      <div className={styles.columns}>
        <div className={styles.main}>
          {page.undone.length > 0 && (
            <section className={`gw-card ${styles.undone}`} aria-label={text("ui-done-undone")}>
              <h2 className={`gw-heading ${styles.cardHead}`}>{text("ui-done-undone")}</h2>
              <ul className={styles.list}>
                {page.undone.map((row) => (
                  <TakeBackLine key={`${row.step} ${row.place.name}`} row={row} />
                ))}
              </ul>
            </section>
          )}
          {page.proofs.length > 0 && (
            <ProofTable
              page={page}
              action={
                !page.takingBack &&
                !page.takenBack &&
                !setup.readOnly && (
                  <ActionButton size="small" icon={<ArrowSyncRegular />} off={busy ? text("ui-busy") : undefined} onClick={() => void acting.act({ call: "prove", id: setup.id })}>
                    {text("ui-done-prove-again")}
                  </ActionButton>
                )
              }
            />
          )}
        </div>
        <div className={styles.side}>
          {page.canSave && (
            <section className={`gw-card ${styles.card}`} aria-label={text("ui-done-report")}>
              <h2 className="gw-heading">{text("ui-done-report")}</h2>
              <p className={styles.words}>{text("ui-done-report-sentence")}</p>
              <div className={styles.acts}>
                <Button appearance="primary" icon={<ArrowDownloadRegular />} disabledFocusable={acting.busy} onClick={() => void save("html")}>
                  {text("ui-done-save-html")}
                </Button>
                <Button disabledFocusable={acting.busy} onClick={() => void save("json")}>
                  {text("ui-done-save-json")}
                </Button>
              </div>
              {saved !== undefined && (
                <p className={styles.saved} role="status">
                  {text("ui-done-saved")} <span className="gw-mono">{saved}</span>
                </p>
              )}
            </section>
          )}
          <StillOpen cards={reminders} open={opened} onOpen={open} />
          {page.left.length > 0 && <LeftList rows={page.left} />}
          {page.takeBack !== null && !setup.readOnly && (
            <section className={`gw-card ${styles.card}`} aria-label={text("ui-done-takeback")}>
              <h2 className="gw-heading">{text("ui-done-takeback")}</h2>
              <p className={styles.words}>{page.takeBack.sentence}</p>
              {page.takeBack.blocked !== null && <p className={styles.words}>{page.takeBack.blocked}</p>}
              <div className={styles.acts}>
                <ActionButton
                  className={styles.takeBack}
                  icon={<ArrowUndoRegular />}
                  off={busy ? text("ui-busy") : (page.takeBack.blocked ?? undefined)}
                  reasonShown={page.takeBack.blocked !== null}
                  onClick={() => setAsking(true)}
                >
                  {text("ui-done-takeback-act")}
                </ActionButton>
              </div>
            </section>
          )}
        </div>
      </div>
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
