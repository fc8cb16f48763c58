import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { ChevronDownRegular } from "@fluentui/react-icons/svg/chevron-down";
import type { LaneView } from "../../gen/LaneView";
import { text } from "../../text/catalogue";
import styles from "./Lanes.module.css";

export interface LanesProps {
  lanes: readonly LaneView[];
  onChoose: (lane: number) => void;
  busy: boolean;
}

/** The other ways in, each with what it shares. */
export function Lanes({ lanes, onChoose, busy }: LanesProps) {
  if (lanes.length === 0) return null;
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button size="small" appearance="subtle" icon={<ChevronDownRegular />} iconPosition="after" disabledFocusable={busy} className={styles.button}>
          {text("ui-lanes")}
        </Button>
      </MenuTrigger>
      <MenuPopover className={styles.popover}>
        <MenuList>
          {lanes.map((lane) => (
            <MenuItem key={lane.lane} disabled={lane.off} subText={lane.note} onClick={() => onChoose(lane.lane)}>
              {lane.label}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
