import { Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Button } from "@fluentui/react-components";
import { useState } from "react";
import type { TakeBackView } from "../../gen/TakeBackView";
import type { UiProblem } from "../../gen/UiProblem";
import { text } from "../../text/catalogue";
import { Approval } from "../plan/Approval";
import { Problem } from "../problem/Problem";
import { TakeBackLine } from "./TakeBackLine";
import styles from "./TakeBackDialog.module.css";

export interface TakeBackDialogProps {
  open: boolean;
  /** None once the take back has begun. */
  plan: TakeBackView | null;
  problem: UiProblem | undefined;
  busy: boolean;
  onClose: () => void;
  onTakeBack: (typed: string) => void;
}

/** Taking back weighs what granting weighs: its own plan, its own typed number. */
export function TakeBackDialog({ open, plan, problem, busy, onClose, onTakeBack }: TakeBackDialogProps) {
  // The last plan stays while the dialog closes: taken away when open, it would leave the page hidden from screen readers.
  const [last, setLast] = useState(plan);
  if (plan !== null && plan !== last) setLast(plan);
  if (last === null) return null;
  return <Asking plan={last} open={open && plan !== null} problem={problem} busy={busy} onClose={onClose} onTakeBack={onTakeBack} />;
}

function Asking({ open, plan, problem, busy, onClose, onTakeBack }: TakeBackDialogProps & { plan: TakeBackView }) {
  return (
    <Dialog open={open} onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{text("ui-takeback-title")}</DialogTitle>
          <DialogContent className={styles.content}>
            {problem !== undefined && <Problem problem={problem} />}
            <p className={styles.sentence}>{plan.sentence}</p>
            <ol className={`gw-card ${styles.rows}`} tabIndex={0} aria-label={text("ui-takeback-plan")}>
              {plan.rows.map((row) => (
                <TakeBackLine key={`${row.step} ${row.place.name}`} row={row} />
              ))}
            </ol>
          </DialogContent>
          <DialogActions fluid className={styles.actions}>
            <Button appearance="secondary" onClick={onClose}>
              {text("ui-takeback-keep")}
            </Button>
            <Approval expected={plan.word} prompt={plan.label} act={plan.button} off={plan.blocked ?? undefined} busy={busy} onApprove={onTakeBack} danger />
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
