import styles from "./StepRail.module.css";

export interface RailStep {
  id: string;
  name: string;
  /** What came of it or stands in the way, in a few words. */
  note?: string | undefined;
  state: "done" | "current" | "later";
  /** The step whose page is shown; a done one may be looked at while a later one is current. */
  shown: boolean;
  /** A done step leads back to its read-only view, the current one leads on from there. */
  href?: string | undefined;
}

/** The phases of a setup, numbered, with the way back to those that are done. */
export function StepRail({ steps, doneWord }: { steps: readonly RailStep[]; doneWord: string }) {
  return (
    <ol className={styles.rail}>
      {steps.map((step, index) => (
        <li key={step.id} className={styles.step} data-state={step.state} data-shown={step.shown} aria-current={step.shown ? "step" : undefined}>
          <span className={styles.number} aria-hidden="true">
            {step.state === "done" ? <Check /> : index + 1}
          </span>
          <span className={styles.words}>
            {!step.shown && step.href !== undefined ? (
              <a className={styles.name} href={step.href}>
                {step.name}
                {step.state === "done" && <span className="gw-hidden">, {doneWord}</span>}
              </a>
            ) : (
              <span className={styles.name}>{step.name}</span>
            )}
            {step.note !== undefined && <span className={styles.note}>{step.note}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Check() {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12">
      <path d="m2.6 6.3 2.4 2.4 4.4-4.9" fill="none" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
