import { OpenerButton } from "../../design/OpenerButton";
import { StateSign } from "../../design/StateSign";
import type { ScenarioLine } from "../../gen/ScenarioLine";
import { text } from "../../text/catalogue";
import styles from "./ScenarioList.module.css";

export interface ScenarioListProps {
  scenarios: readonly ScenarioLine[];
  onUse: (scenario: ScenarioLine) => void;
  busy: boolean;
}

/** Tenants with typical faults, one of them in use. */
export function ScenarioList({ scenarios, onUse, busy }: ScenarioListProps) {
  return (
    <section className={`gw-card ${styles.card}`} aria-label={text("ui-practice-scenarios")}>
      <h2 className={styles.band}>{text("ui-practice-scenarios")}</h2>
      <ul className={styles.rows}>
        {scenarios.map((scenario) => (
          <li key={scenario.id} className={styles.row} data-loaded={scenario.loaded} aria-current={scenario.loaded ? "true" : undefined}>
            <div className={styles.words}>
              <h3 className="gw-row-name">{scenario.title}</h3>
              <p>{scenario.teaches}</p>
            </div>
            {scenario.loaded ? (
              <span className={styles.loaded}>
                <StateSign state="pass" size={14} />
                {text("ui-practice-current")}
              </span>
            ) : (
              <OpenerButton size="small" className={styles.use} disabledFocusable={busy} aria-label={text("ui-practice-use-name", { name: scenario.title })} onClick={() => onUse(scenario)}>
                {text("ui-practice-use")}
              </OpenerButton>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
