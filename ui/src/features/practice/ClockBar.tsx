import { ArrowResetRegular } from "@fluentui/react-icons/svg/arrow-reset";
import { ClockRegular } from "@fluentui/react-icons/svg/clock";
import { OpenerButton } from "../../design/OpenerButton";
import { text } from "../../text/catalogue";
import { ClockSteps } from "./ClockSteps";
import styles from "./ClockBar.module.css";

export interface ClockBarProps {
  /** Date and time of the practice cloud, ready to read. */
  now: string;
  busy: boolean;
  onAdvance: (seconds: number) => void;
  onReset: () => void;
}

/** The practice cloud's clock. Moving it wakes waits; it never goes back. */
export function ClockBar({ now, busy, onAdvance, onReset }: ClockBarProps) {
  return (
    <section className={`gw-card ${styles.bar}`} aria-label={text("ui-practice-clock")}>
      <ClockRegular fontSize={20} aria-hidden="true" className={styles.icon} />
      <div className={styles.time}>
        <span className="gw-strong gw-numbers" role="status">
          {now}
        </span>
        <span className="gw-small gw-quiet">{text("ui-practice-clock")}</span>
      </div>
      <ClockSteps busy={busy} onAdvance={onAdvance} />
      <span className={styles.gap} />
      <OpenerButton size="small" icon={<ArrowResetRegular />} disabledFocusable={busy} className={styles.step} onClick={onReset}>
        {text("ui-practice-reset")}
      </OpenerButton>
    </section>
  );
}
