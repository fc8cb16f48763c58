import { Fragment } from "react";
import { PartyMark } from "../../design/PartyMark";
import { StateSign } from "../../design/StateSign";
import { Band, Row, RowTable, SignCell } from "../../design/table/RowTable";
import type { PlaceRows } from "../../gen/PlaceRows";
import { text } from "../../text/catalogue";
import styles from "./StepList.module.css";

/** The steps of the plan, by tenant, each with where it stands. */
export function StepList({ places }: { places: readonly PlaceRows[] }) {
  return (
    <div className={`gw-card ${styles.card}`}>
      <RowTable
        label={text("ui-apply-table")}
        columns={[
          { id: "sign", title: "", label: text("ui-column-state"), width: "42px" },
          { id: "name", title: text("ui-apply-column-step") },
          { id: "note", title: text("ui-apply-column-now"), width: "38%" },
        ]}
      >
        {places.map((group) => (
          <Fragment key={`${group.place.party} ${group.place.name}`}>
            <Band span={3} mark={<PartyMark kind={group.place.party} />} name={group.place.name} note={group.summary} />
            {group.rows.map((row) => (
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
            ))}
          </Fragment>
        ))}
      </RowTable>
    </div>
  );
}
