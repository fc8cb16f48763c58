import { ToggleButton } from "@fluentui/react-components";
import { StateSign } from "../../design/StateSign";
import type { CheckGroup } from "../../gen/CheckGroup";
import type { Sign } from "../../gen/Sign";
import { text } from "../../text/catalogue";
import styles from "./CountFilter.module.css";

/** How many checks are in which state; each number also filters. Nothing pressed shows all. */
export function CountFilter({ groups, pressed, onToggle }: { groups: readonly CheckGroup[]; pressed: readonly Sign[]; onToggle: (sign: Sign) => void }) {
  return (
    <div className={styles.filter} role="group" aria-label={text("ui-check-filter")}>
      {groups.map((group) => (
        <ToggleButton key={group.sign} size="small" className={styles.count} checked={pressed.includes(group.sign)} onClick={() => onToggle(group.sign)}>
          <StateSign state={group.sign} />
          <span>
            <strong className="gw-strong gw-numbers">{group.rows.length}</strong> {group.word}
          </span>
        </ToggleButton>
      ))}
    </div>
  );
}
