import { ProgressBar } from "@fluentui/react-components";
import { StateSign } from "../../design/StateSign";
import type { WaitCard } from "../../gen/WaitCard";
import styles from "./Waits.module.css";

/** What is waited for: cause, progress, next look. Never a spinner alone. */
export function Waits({ waits }: { waits: readonly WaitCard[] }) {
  return (
    <>
      {waits.map((wait) => (
        <section key={wait.step} className={styles.wait} aria-label={wait.title}>
          <h3 className={styles.title}>
            <StateSign state="wait" />
            {wait.title}
          </h3>
          <p>{wait.cause}</p>
          <div className={styles.progress}>
            <ProgressBar value={wait.progress} thickness="medium" aria-label={wait.progressText} className={styles.bar} bar={{ className: styles.fill }} />
            <span className="gw-numbers gw-small">{wait.progressText}</span>
          </div>
          <p>{wait.next}</p>
        </section>
      ))}
    </>
  );
}
