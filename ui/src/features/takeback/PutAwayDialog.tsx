import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from "@fluentui/react-components";
import { useState } from "react";
import type { PutAwayView } from "../../gen/PutAwayView";
import type { UiProblem } from "../../gen/UiProblem";
import { text } from "../../text/catalogue";
import { Problem } from "../problem/Problem";
import { TakeBackLine } from "./TakeBackLine";
import styles from "./TakeBackDialog.module.css";

export interface PutAwayDialogProps {
  open: boolean;
  /** None once nothing of the sign-ins is left. */
  view: PutAwayView | null;
  problem: UiProblem | undefined;
  busy: boolean;
  onClose: () => void;
  onPutAway: (endConsents: boolean) => void;
}

/** Says what a setup's sign-ins have left before it is put away, and offers to remove it first. */
export function PutAwayDialog({ open, view, problem, busy, onClose, onPutAway }: PutAwayDialogProps) {
  // The last view stays while the dialog closes: taken away when open, it would leave the page hidden from screen readers.
  const [last, setLast] = useState(view);
  if (view !== null && view !== last) setLast(view);
  if (last === null) return null;
  return (
    <Dialog open={open && view !== null} onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{text("ui-putaway-title")}</DialogTitle>
          <DialogContent className={styles.content}>
            {problem !== undefined && <Problem problem={problem} />}
            <p className={styles.sentence}>{last.sentence}</p>
            <ul className={`gw-card ${styles.rows}`} aria-label={text("ui-putaway-rows")}>
              {last.rows.map((row) => (
                <TakeBackLine key={row.step} row={row} />
              ))}
            </ul>
          </DialogContent>
          <DialogActions fluid className={styles.actions}>
            <Button appearance="secondary" onClick={onClose}>
              {text("ui-cancel")}
            </Button>
            <Button appearance={last.remove === null ? "primary" : "secondary"} disabledFocusable={busy} onClick={() => onPutAway(false)}>
              {last.keep}
            </Button>
            {last.remove !== null && (
              <Button appearance="primary" disabledFocusable={busy} onClick={() => onPutAway(true)}>
                {last.remove}
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
