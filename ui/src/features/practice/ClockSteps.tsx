import { Button } from "@fluentui/react-components";
import { text } from "../../text/catalogue";
import styles from "./ClockSteps.module.css";

/** How far the clock can be moved with one press, in seconds. */
const STEPS = [
  { id: "minutes", seconds: 15 * 60 },
  { id: "day", seconds: 24 * 60 * 60 },
  { id: "days", seconds: 90 * 24 * 60 * 60 },
] as const;

export interface ClockStepsProps {
  /** Date and time of the practice cloud, ready to read; absent where it stands beside. */
  now?: string;
  busy: boolean;
  onAdvance: (seconds: number) => void;
}

/** Moves the practice clock forward, which wakes waits. It never goes back. */
export function ClockSteps({ now, busy, onAdvance }: ClockStepsProps) {
  return (
    <div className={styles.steps} role="group" aria-label={text("ui-practice-clock")}>
      {now !== undefined && <span className={`${styles.now} gw-numbers`}>{now}</span>}
      {STEPS.map((step) => (
        <Button key={step.id} size="small" disabledFocusable={busy} className={styles.step} onClick={() => onAdvance(step.seconds)}>
          {text(`ui-practice-advance-${step.id}`)}
        </Button>
      ))}
    </div>
  );
}
