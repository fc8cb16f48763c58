import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { MoreHorizontalRegular } from "@fluentui/react-icons/svg/more-horizontal";
import { useState } from "react";
import type { CardView } from "../../gen/CardView";
import { text } from "../../text/catalogue";

export interface OwnProfileActsProps {
  card: CardView;
  busy: boolean;
  onExport: () => void;
  onPutAway: () => void;
}

/** What can be done with a profile of one's own besides setting it up. */
export function OwnProfileActs({ card, busy, onExport, onPutAway }: OwnProfileActsProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button size="small" appearance="subtle" icon={<MoreHorizontalRegular />} disabledFocusable={busy} aria-label={text("ui-gallery-more", { name: card.name })} />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={onExport}>{text("ui-gallery-export")}</MenuItem>
            <MenuItem onClick={() => setAsking(true)}>{text("ui-gallery-put-away")}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      <Dialog open={asking} onOpenChange={(_, data) => !data.open && setAsking(false)}>
        <DialogSurface>
          <DialogBody>
            <DialogTitle>{text("ui-gallery-put-away-title", { name: card.name })}</DialogTitle>
            <DialogContent>
              <p>{text("ui-gallery-put-away-sentence")}</p>
            </DialogContent>
            <DialogActions>
              <Button
                appearance="primary"
                disabledFocusable={busy}
                onClick={() => {
                  setAsking(false);
                  onPutAway();
                }}
              >
                {text("ui-gallery-put-away")}
              </Button>
              <Button appearance="secondary" onClick={() => setAsking(false)}>
                {text("ui-cancel")}
              </Button>
            </DialogActions>
          </DialogBody>
        </DialogSurface>
      </Dialog>
    </>
  );
}
