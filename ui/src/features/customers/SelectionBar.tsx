import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { ArrowSyncRegular } from "@fluentui/react-icons/svg/arrow-sync";
import { OpenRegular } from "@fluentui/react-icons/svg/open";
import { ActionButton } from "../../design/ActionButton";
import type { CustomerRow } from "../../gen/CustomerRow";
import type { ProfileChoice } from "../../gen/ProfileChoice";
import { text } from "../../text/catalogue";
import styles from "./Customers.module.css";

export interface SelectionBarProps {
  chosen: readonly CustomerRow[];
  profiles: readonly ProfileChoice[];
  /** Why nothing can be begun. */
  off: string | undefined;
  onProve: () => void;
  onSetUp: (profile: string) => void;
  onOpen: (row: CustomerRow) => void;
  onDeselect: () => void;
}

/** What can be done with the chosen customers, floating over the grid. */
export function SelectionBar({ chosen, profiles, off, onProve, onSetUp, onOpen, onDeselect }: SelectionBarProps) {
  const [only] = chosen;
  const single = profiles.length === 1 ? profiles[0] : undefined;
  const provable = chosen.some((row) => row.provable);
  return (
    <div className={styles.bar} role="toolbar" aria-label={text("ui-customers-selection")}>
      <strong className={`gw-strong gw-numbers ${styles.chosen}`} role="status">
        {text("ui-customers-selected", { count: chosen.length })}
      </strong>
      <ActionButton icon={<ArrowSyncRegular />} off={off ?? (provable ? undefined : text("ui-customers-none-provable"))} onClick={onProve}>
        {text("ui-customers-prove")}
      </ActionButton>
      {single !== undefined || off !== undefined ? (
        <ActionButton icon={<AddRegular />} off={off} onClick={() => single !== undefined && onSetUp(single.profile)}>
          {text("ui-customers-set-up")}
        </ActionButton>
      ) : (
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <Button icon={<AddRegular />}>{text("ui-customers-set-up")}</Button>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {profiles.map((profile) => (
                <MenuItem key={profile.profile} onClick={() => onSetUp(profile.profile)}>
                  {profile.name}
                </MenuItem>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
      {chosen.length === 1 && only !== undefined && (
        <Button icon={<OpenRegular />} onClick={() => onOpen(only)}>
          {text("ui-customers-open")}
        </Button>
      )}
      <span className={styles.divider} aria-hidden="true" />
      <Button appearance="subtle" onClick={onDeselect}>
        {text("ui-customers-deselect")}
      </Button>
    </div>
  );
}
