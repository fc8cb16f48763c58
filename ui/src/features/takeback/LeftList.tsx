import { PartyMark } from "../../design/PartyMark";
import { StateSign } from "../../design/StateSign";
import type { LeftRow } from "../../gen/LeftRow";
import { text } from "../../text/catalogue";
import styles from "./LeftList.module.css";

/** What stays after take back, why, and the way to remove it by hand. */
export function LeftList({ rows }: { rows: readonly LeftRow[] }) {
  return (
    <section className={`gw-card ${styles.card}`} aria-label={text("ui-done-stays")}>
      <h2 className="gw-heading">{text("ui-done-stays")}</h2>
      <ul className={styles.list}>
        {rows.map((row) => (
          <li key={`${row.what} ${row.place.name}`} className={styles.row}>
            <StateSign state={row.failed ? "fail" : "leftOut"} label={text(row.failed ? "ui-left-failed" : "ui-left-stays")} />
            <div className={styles.words}>
              <p className="gw-strong">{row.what}</p>
              <p className={styles.place}>
                <PartyMark kind={row.place.party} size={8} />
                {row.place.name}
              </p>
              <p>{row.because}</p>
              {row.byHand !== "" && <p>{row.byHand}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
