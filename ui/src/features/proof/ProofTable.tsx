import { ChevronRightRegular } from "@fluentui/react-icons/svg/chevron-right";
import { Fragment, useState, type ReactNode } from "react";
import { PartyMark } from "../../design/PartyMark";
import { StateSign, type State } from "../../design/StateSign";
import { Row, RowTable, SignCell } from "../../design/table/RowTable";
import type { DonePage } from "../../gen/DonePage";
import type { ProofRow } from "../../gen/ProofRow";
import type { Sign } from "../../gen/Sign";
import { text } from "../../text/catalogue";
import styles from "./ProofTable.module.css";

/** Up to so many rows are all drawn. Of more, so many of each answer, and so many more each time they are asked for. */
const ALL = 24;
const FIRST = 8;
const MORE = 200;

/** Rows of one answer, in the order in which they come. */
function answersOf(proofs: readonly ProofRow[]): { sign: Sign; word: string; rows: ProofRow[] }[] {
  const answers: { sign: Sign; word: string; rows: ProofRow[] }[] = [];
  for (const row of proofs) {
    const known = answers.find((each) => each.sign === row.sign);
    if (known === undefined) answers.push({ sign: row.sign, word: row.signWord, rows: [row] });
    else known.rows.push(row);
  }
  return answers;
}

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
  const [more, setMore] = useState<Partial<Record<Sign, number>>>({});
  const drawn = (sign: Sign) => (page.proofs.length <= ALL ? ALL : FIRST) + (more[sign] ?? 0);
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
        {answersOf(page.proofs).map(({ sign, word, rows }) => {
          // One row is not hidden behind a row that says so.
          const shown = rows.length <= drawn(sign) + 1 ? rows : rows.slice(0, drawn(sign));
          const left = rows.length - shown.length;
          return (
            <Fragment key={sign}>
              {shown.map((row) => (
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
              {left > 0 && (
                <Row height={31}>
                  <td colSpan={5} className={styles.more}>
                    <button type="button" className="gw-link" onClick={() => setMore({ ...more, [sign]: (more[sign] ?? 0) + MORE })}>
                      <ChevronRightRegular fontSize={16} aria-hidden="true" />
                      {text("ui-proof-more", { count: left, word })}
                    </button>
                  </td>
                </Row>
              )}
            </Fragment>
          );
        })}
      </RowTable>
    </section>
  );
}
