import { StateSign } from "../../design/StateSign";
import type { PairLine } from "../../gen/PairLine";
import { text } from "../../text/catalogue";
import type { GridColumn } from "../customers/Grid";
import styles from "./Pairing.module.css";

/** What stands where a tenant has no name, for ears. */
function paired(row: PairLine): string {
  if (row.paired !== null) return row.paired;
  return row.proposed === null ? text("ui-pairs-none") : text("ui-pairs-proposed", { name: row.proposed });
}

/** A tenant by its name, and by what it is where that is told. */
export function nameOf(row: PairLine): string {
  return row.mark === null ? row.name : `${row.name}, ${row.mark}`;
}

/** The columns; `other` is the heading of the names. */
export function columnsOf(other: string, narrow: boolean): readonly GridColumn<PairLine>[] {
  const tenant: GridColumn<PairLine> = {
    id: "tenant",
    title: text("ui-customers-column-tenant"),
    width: 132,
    says: (row) => row.tenant,
    hint: (row) => row.tenant,
    draw: (row) => <span className="gw-mono gw-quiet">{row.short}</span>,
  };
  return [
    {
      id: "name",
      title: text("ui-pairs-column-tenant"),
      width: 160,
      grows: 1,
      opens: true,
      says: nameOf,
      hint: nameOf,
      draw: (row) => (
        <span className={styles.tenant}>
          <span className={`gw-cut ${styles.name}`}>{row.name}</span>
          {row.mark !== null && <span className={styles.mark}>{row.mark}</span>}
        </span>
      ),
    },
    ...(narrow ? [] : [tenant]),
    {
      id: "other",
      title: other,
      width: 160,
      grows: 1,
      opens: true,
      says: paired,
      hint: paired,
      draw: (row) => <span className={`gw-cut ${row.paired === null ? styles.proposed : ""}`}>{row.paired ?? (row.proposed === null ? "–" : text("ui-pairs-proposed", { name: row.proposed }))}</span>,
    },
    {
      id: "state",
      title: text("ui-pairs-column-state"),
      width: 168,
      says: (row) => (row.note === null ? row.signWord : `${row.signWord}. ${row.note}`),
      hint: (row) => row.note ?? undefined,
      draw: (row) => (
        <span className={styles.standing} data-sign={row.sign}>
          <StateSign state={row.sign} size={14} />
          <span className="gw-cut">{row.signWord}</span>
        </span>
      ),
    },
  ];
}
