import type { ReactNode } from "react";
import { PartyMark } from "../../design/PartyMark";
import { StateSign, type State } from "../../design/StateSign";
import { Row, RowTable, SignCell } from "../../design/table/RowTable";
import type { DonePage } from "../../gen/DonePage";
import { text } from "../../text/catalogue";
import styles from "./ProofTable.module.css";

export interface ProofTableProps {
  page: Pick<DonePage, "proofs" | "proved" | "notProved" | "cannotSee" | "confirmed">;
  action?: ReactNode;
}

/** What was claimed, from where it was read back, and what reading has shown. */
export function ProofTable({ page, action }: ProofTableProps) {
  const counts: { state: State; count: number; word: string }[] = [
    { state: "pass", count: page.proved, word: text("ui-proof-proved") },
    { state: "wait", count: page.notProved, word: text("ui-proof-not-yet") },
    { state: "cannotSee", count: page.cannotSee, word: text("ui-proof-cannot-see") },
    { state: "byHand", count: page.confirmed, word: text("ui-proof-by-person") },
  ];
  const title = text("ui-done-proved");
  return (
    <section className={`gw-card ${styles.card}`} aria-label={title}>
      <header className={styles.head}>
        <h2 className="gw-heading">{title}</h2>
        <div className={styles.counts}>
          {counts
            .filter((each) => each.count > 0)
            .map((each) => (
              <span key={each.state} className={styles.count}>
                <StateSign state={each.state} size={14} />
                <span>
                  <strong className="gw-strong gw-numbers">{each.count}</strong> {each.word}
                </span>
              </span>
            ))}
          {action}
        </div>
      </header>
      <RowTable
        label={title}
        headBand
        columns={[
          { id: "sign", title: "", label: text("ui-column-state"), width: "40px" },
          { id: "claim", title: text("ui-proof-column-claim"), width: "33%" },
          { id: "from", title: text("ui-proof-column-from") },
          { id: "result", title: text("ui-proof-column-result"), width: "34%" },
          { id: "at", title: text("ui-column-at"), width: "62px" },
        ]}
      >
        {page.proofs.map((row) => (
          <Row key={`${row.step} ${row.place.name}`} height={31}>
            <SignCell>
              <StateSign state={row.sign} label={row.signWord} />
            </SignCell>
            <td className={styles.claim}>{row.claim}</td>
            <td className={styles.cell}>
              <span className={styles.from}>
                <PartyMark kind={row.place.party} size={8} />
                <span className="gw-hidden">{row.place.name},</span>
                <span>{row.readFrom}</span>
              </span>
            </td>
            <td className={`${styles.cell} ${styles.result}`}>{row.found}</td>
            <td className={`${styles.cell} gw-numbers`}>{row.at}</td>
          </Row>
        ))}
      </RowTable>
    </section>
  );
}
