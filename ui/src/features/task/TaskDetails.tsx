import { CopyValue } from "../../design/CopyValue";
import type { NeedCard } from "../../gen/NeedCard";
import { text } from "../../text/catalogue";
import styles from "./TaskDetails.module.css";

export interface TaskDetailsProps {
  card: Pick<NeedCard, "instructions" | "expect" | "values">;
  /** Puts a value on the clipboard by its place; the app does it, since a secret never comes to the page. */
  copy: (index: number) => Promise<boolean>;
}

/** What a person needs beside the page: what to do there, what must be seen before going on, the values to copy. */
export function TaskDetails({ card, copy }: TaskDetailsProps) {
  if (card.instructions.length + card.expect.length + card.values.length === 0) return null;
  return (
    <div className={styles.task}>
      {card.instructions.length > 0 && (
        <ol className={styles.steps}>
          {card.instructions.map((instruction) => (
            <li key={instruction}>{instruction}</li>
          ))}
        </ol>
      )}
      {card.expect.length > 0 && (
        <div>
          <h3 className={styles.heading}>{text("ui-task-expect")}</h3>
          <dl className={styles.expect}>
            {card.expect.map((each) => (
              <div key={each.label}>
                <dt>{each.label}</dt>
                <dd>{each.value}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
      {card.values.length > 0 && (
        <ul className={`gw-card ${styles.values}`} aria-label={text("ui-task-values")}>
          {card.values.map((each, index) => (
            <CopyValue
              key={each.label}
              number={card.values.length > 1 ? index + 1 : undefined}
              name={each.label}
              shown={each.text ?? text("ui-task-secret")}
              note={each.text === null ? text("ui-task-secret-note") : undefined}
              copyWord={text("ui-copy")}
              copiedWord={text("ui-copied")}
              copy={() => copy(index)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}
