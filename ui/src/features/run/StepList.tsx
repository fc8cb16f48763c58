import { Fragment, type ReactNode } from "react";
import { PartyMark } from "../../design/PartyMark";
import { StateSign } from "../../design/StateSign";
import { Band, Row, RowTable, SignCell } from "../../design/table/RowTable";
import type { PlaceRows } from "../../gen/PlaceRows";
import type { StepRow } from "../../gen/StepRow";
import { text } from "../../text/catalogue";
import styles from "./StepList.module.css";

/** The steps of the plan, by tenant, each with where it stands. */
export function StepList({ places }: { places: readonly PlaceRows[] }) {
  return (
    <Table label={text("ui-apply-table")}>
      {places.map((group) => (
        <Fragment key={`${group.place.party} ${group.place.name}`}>
          <Band span={3} mark={<PartyMark kind={group.place.party} />} name={group.place.name} note={group.summary} />
          <Steps rows={group.rows} />
        </Fragment>
      ))}
    </Table>
  );
}

/** The steps of one place or customer that is named elsewhere. */
export function StepTable({ name, rows }: { name: string; rows: readonly StepRow[] }) {
  return (
    <Table label={text("ui-apply-table-of", { name })}>
      <Steps rows={rows} />
    </Table>
  );
}

function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={`gw-card ${styles.card}`}>
      <RowTable
        label={label}
        columns={[
          { id: "sign", title: "", label: text("ui-column-state"), width: "42px" },
          { id: "name", title: text("ui-apply-column-step") },
          { id: "note", title: text("ui-apply-column-now"), width: "38%" },
        ]}
      >
        {children}
      </RowTable>
    </div>
  );
}

function Steps({ rows }: { rows: readonly StepRow[] }) {
  return rows.map((row) => (
    <Row key={row.step} height={31} tone={row.sign === "fail" ? "fail" : undefined}>
      <SignCell>
        <StateSign state={row.sign} label={row.signWord} />
      </SignCell>
      <td className={styles.name} data-state={row.sign}>
        {row.title}
      </td>
      <td className={`${styles.note} gw-numbers`} data-state={row.sign}>
        {row.note}
      </td>
    </Row>
  ));
}
