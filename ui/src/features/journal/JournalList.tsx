import { StateSign } from "../../design/StateSign";
import { Words } from "../../design/Words";
import type { ActivityRow } from "../../gen/ActivityRow";
import styles from "./JournalList.module.css";

/** The last entries of the journal, newest first. */
export function JournalList({ rows, label }: { rows: readonly ActivityRow[]; label: string }) {
  return (
    <ul className={styles.list} aria-label={label}>
      {rows.map((row) => (
        <li key={row.seq} className={styles.row}>
          <StateSign state={row.sign} size={14} label={row.signWord} />
          <span className={styles.words}>
            <Words>{row.sentence}</Words>
          </span>
          <span className={`${styles.at} gw-numbers`}>{row.time}</span>
        </li>
      ))}
    </ul>
  );
}
