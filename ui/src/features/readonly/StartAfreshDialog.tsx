import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from "@fluentui/react-components";
import { text } from "../../text/catalogue";

export interface StartAfreshDialogProps {
  open: boolean;
  busy: boolean;
  onClose: () => void;
  onStart: () => void;
}

/** Says what is forgotten with a journal that is set aside, before it is. */
export function StartAfreshDialog({ open, busy, onClose, onStart }: StartAfreshDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{text("ui-afresh-title")}</DialogTitle>
          <DialogContent>
            <p>{text("ui-afresh-moved")}</p>
            <p>{text("ui-afresh-forgotten")}</p>
            <p>{text("ui-afresh-export")}</p>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" disabledFocusable={busy} onClick={onStart}>
              {text("ui-afresh-act")}
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
