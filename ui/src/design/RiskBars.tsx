import styles from "./RiskBars.module.css";

export type Risk = "low" | "medium" | "high";

const BARS: Record<Risk, number> = { low: 1, medium: 2, high: 3 };

/** Three bars and the word. The word comes from the catalogue; the bars are for the eye alone. */
export function RiskBars({ risk, word }: { risk: Risk; word: string }) {
  return (
    <span className={styles.risk} data-risk={risk}>
      <svg viewBox="0 0 13 12" width="13" height="12" aria-hidden="true">
        <rect x="0" y="7.6" width="3.2" height="4.4" rx="1" className={BARS[risk] >= 1 ? styles.on : styles.off} />
        <rect x="4.7" y="4.2" width="3.2" height="7.8" rx="1" className={BARS[risk] >= 2 ? styles.on : styles.off} />
        <rect x="9.4" y="0.4" width="3.2" height="11.6" rx="1" className={BARS[risk] >= 3 ? styles.on : styles.off} />
      </svg>
      <span>{word}</span>
    </span>
  );
}
