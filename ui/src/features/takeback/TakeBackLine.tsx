import { PartyMark } from "../../design/PartyMark";
import { StateSign } from "../../design/StateSign";
import type { TakeBackRow } from "../../gen/TakeBackRow";
import styles from "./TakeBackLine.module.css";

/** One thing that take back will do, or has done. */
export function TakeBackLine({ row }: { row: TakeBackRow }) {
  return (
    <li className={styles.row}>
      <StateSign state={row.sign} label={row.signWord} />
      <span className={styles.words}>
        <span className="gw-row-name">{row.title}</span>
        <span className={styles.place}>
          <PartyMark kind={row.place.party} size={8} />
          {row.place.name}
        </span>
      </span>
      <span className={styles.fate}>{row.fate}</span>
    </li>
  );
}
