import { ProgressBar } from "@fluentui/react-components";
import styles from "./RunProgress.module.css";

/** How many changes are made, and how long the rest takes without people. */
export function RunProgress({ done, total, words, rest }: { done: number; total: number; words: string; rest?: string | undefined }) {
  return (
    <div className={styles.progress}>
      <p className={styles.words}>
        <strong className="gw-strong gw-numbers">{words}</strong>
        {rest !== undefined && <span className="gw-quiet">{rest}</span>}
      </p>
      <ProgressBar value={total === 0 ? 0 : done / total} thickness="medium" aria-label={words} className={styles.bar} bar={{ className: styles.fill }} />
    </div>
  );
}
