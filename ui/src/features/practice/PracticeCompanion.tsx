import type { PracticeView } from "../../gen/PracticeView";
import { text } from "../../text/catalogue";
import type { Acting } from "../app/api";
import { PhonePane } from "./PhonePane";
import styles from "./PracticeCompanion.module.css";

/** The phone beside the work, and the accounts that can sign in with it. */
export function PracticeCompanion({ practice, acting }: { practice: PracticeView; acting: Acting }) {
  return (
    <>
      <PhonePane
        time={practice.time}
        prompt={practice.prompts[0]}
        onApprove={(id, number) => void acting.act({ call: "phone", id, number })}
        onDeny={(id) => void acting.act({ call: "phone", id, number: null })}
      />
      {practice.people.length > 0 && (
        <details className={styles.people}>
          <summary className="gw-strong">{text("ui-practice-people")}</summary>
          <dl className={styles.list}>
            {practice.people.map((person) => (
              <div key={person.account}>
                <dt>{person.account}</dt>
                <dd className="gw-mono">{person.password}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}
