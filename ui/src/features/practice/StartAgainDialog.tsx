import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from "@fluentui/react-components";
import type { ScenarioLine } from "../../gen/ScenarioLine";
import { text } from "../../text/catalogue";

export interface StartAgainDialogProps {
  /** The scenario that is asked for; none keeps the dialog closed. */
  scenario: ScenarioLine | undefined;
  busy: boolean;
  onClose: () => void;
  onLoad: () => void;
}

/** Says what loading a scenario puts away, before it does. */
export function StartAgainDialog({ scenario, busy, onClose, onLoad }: StartAgainDialogProps) {
  const again = scenario?.loaded === true;
  return (
    <Dialog open={scenario !== undefined} onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{again ? text("ui-practice-reset-title") : text("ui-practice-use-name", { name: scenario?.title ?? "" })}</DialogTitle>
          <DialogContent>{text("ui-practice-reset-sentence")}</DialogContent>
          <DialogActions>
            <Button appearance="primary" disabledFocusable={busy} onClick={onLoad}>
              {text(again ? "ui-practice-reset-act" : "ui-practice-use")}
            </Button>
            <Button appearance="secondary" onClick={onClose}>
              {text("ui-cancel")}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
