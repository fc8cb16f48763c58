import { Button, Radio, RadioGroup } from "@fluentui/react-components";
import { ChevronDownRegular } from "@fluentui/react-icons/svg/chevron-down";
import { ChevronRightRegular } from "@fluentui/react-icons/svg/chevron-right";
import { Fragment, useState } from "react";
import { PartyMark } from "../../design/PartyMark";
import { StateSign } from "../../design/StateSign";
import { Band, Detail, Fold, Row, RowTable, SignCell } from "../../design/table/RowTable";
import type { CheckGroup } from "../../gen/CheckGroup";
import type { CheckRow } from "../../gen/CheckRow";
import type { RemedyView } from "../../gen/RemedyView";
import { text } from "../../text/catalogue";
import { Lanes } from "../session/Lanes";
import { offerOf } from "./remedies";
import styles from "./CheckTable.module.css";

export interface CheckTableProps {
  /** What the table is called, where there is another one. */
  label?: string;
  groups: readonly CheckGroup[];
  open: string | undefined;
  onOpen: (id: string | undefined) => void;
  /** The lane is that of the page of a remedy; none is the default one. */
  onRemedy: (check: CheckRow, remedy: RemedyView, lane?: number) => void;
  /** Read-only: remedies are told and not offered. */
  readOnly: boolean;
  busy: boolean;
}

const SPAN = 6;

/** Checks in groups; an open row offers the ways to mend it, one chosen, one button. Passed ones are folded away. */
export function CheckTable({ label, groups, open, onOpen, onRemedy, readOnly, busy }: CheckTableProps) {
  const [unfolded, setUnfolded] = useState(false);
  return (
    <div className={`gw-card ${styles.card}`}>
      <RowTable
        label={label ?? text("ui-check-table")}
        columns={[
          { id: "sign", title: "", label: text("ui-column-state"), width: "42px" },
          { id: "name", title: text("ui-check-column-check"), width: "22%" },
          { id: "where", title: text("ui-check-column-where"), width: "20.5%" },
          { id: "found", title: text("ui-check-column-found"), width: "28%" },
          { id: "needed", title: text("ui-check-column-needed") },
          { id: "act", title: "", label: text("ui-column-action"), width: "74px", align: "end" },
        ]}
      >
        {groups.map((group) => {
          const rows = group.rows.map((row) => <CheckRows key={row.id} row={row} open={open === row.id} onOpen={onOpen} onRemedy={onRemedy} readOnly={readOnly} busy={busy} />);
          const note = String(group.rows.length);
          return group.sign === "pass" && groups.length > 1 ? (
            <Fold key={group.title} span={SPAN} name={group.title} note={note} open={unfolded} onToggle={() => setUnfolded(!unfolded)}>
              {rows}
            </Fold>
          ) : (
            <Fragment key={group.title}>
              <Band span={SPAN} name={group.title} note={note} />
              {rows}
            </Fragment>
          );
        })}
      </RowTable>
    </div>
  );
}

type RowsProps = { row: CheckRow; open: boolean } & Pick<CheckTableProps, "onOpen" | "onRemedy" | "readOnly" | "busy">;

function CheckRows({ row, open, onOpen, onRemedy, readOnly, busy }: RowsProps) {
  const mendable = row.remedies.length > 0 && !row.accepted && !readOnly;
  const toggle = () => onOpen(open ? undefined : row.id);
  const tone = row.sign === "fail" ? "fail" : undefined;
  return (
    <>
      <Row height={40} selected={open} tone={open ? tone : undefined} onClick={toggle}>
        <SignCell>
          <StateSign state={row.sign} label={row.signWord} />
        </SignCell>
        <td className={styles.roomy}>
          <button
            type="button"
            className={styles.name}
            aria-expanded={open}
            onClick={(event) => {
              event.stopPropagation();
              toggle();
            }}
          >
            {row.title}
          </button>
        </td>
        <td>
          <span className={styles.where}>
            <PartyMark kind={row.place.party} />
            <span className="gw-cut" title={row.place.name}>{row.place.name}</span>
          </span>
        </td>
        <td className={styles.cell}>
          <span className={open ? undefined : styles.short}>{row.found}</span>
        </td>
        <td className={`${styles.cell} gw-second`}>
          <span className={open ? undefined : styles.short}>{row.needed}</span>
        </td>
        <td data-align="end">
          <RowEnd row={row} open={open} mendable={mendable} toggle={toggle} />
        </td>
      </Row>
      {open && mendable && (
        <Detail span={SPAN} tone={tone ?? "plain"}>
          <Remedies row={row} onRemedy={onRemedy} busy={busy} />
        </Detail>
      )}
    </>
  );
}

function RowEnd({ row, open, mendable, toggle }: { row: CheckRow; open: boolean; mendable: boolean; toggle: () => void }) {
  if (row.accepted) return <span className="gw-small gw-quiet">{text("ui-check-accepted")}</span>;
  if (open) return <ChevronDownRegular fontSize={16} aria-hidden="true" className={styles.chevron} />;
  const offer = mendable ? offerOf(row) : undefined;
  if (offer === "plan") return <span className="gw-small gw-quiet">{text("ui-check-in-plan")}</span>;
  if (offer === undefined) return <ChevronRightRegular fontSize={16} aria-hidden="true" className={styles.chevron} />;
  return (
    <Button
      size="small"
      className={styles.fix}
      aria-label={text(`ui-check-${offer}-name`, { name: row.title })}
      onClick={(event) => {
        event.stopPropagation();
        toggle();
      }}
    >
      {text(`ui-check-${offer}`)}
    </Button>
  );
}

function Remedies({ row, onRemedy, busy }: Pick<RowsProps, "row" | "onRemedy" | "busy">) {
  const [chosen, setChosen] = useState(row.remedies[0]?.id);
  const remedy = row.remedies.find((candidate) => candidate.id === chosen);
  return (
    <div className={styles.remedies}>
      <h2 className={styles.how} id={`how-${row.id}`}>
        {text(offerOf(row) === "decide" ? "ui-check-how-to-go-on" : "ui-check-how-to-fix")}
      </h2>
      <RadioGroup aria-labelledby={`how-${row.id}`} value={chosen ?? ""} onChange={(_, data) => setChosen(data.value)}>
        {row.remedies.map((each) => (
          <Radio
            key={each.id}
            value={each.id}
            label={
              <span className="gw-choice">
                <strong className="gw-strong">{each.title}</strong>
                {each.detail !== "" && ` – ${each.detail}`}
              </span>
            }
          />
        ))}
      </RadioGroup>
      {remedy !== undefined && remedy.path.length > 0 && (
        <p className={styles.path}>
          <span className="gw-quiet">{text("ui-check-path")}</span>
          {remedy.path.map((level, index) => (
            <Fragment key={level}>
              {index > 0 && <ChevronRightRegular fontSize={12} aria-hidden="true" />}
              <span>{level}</span>
            </Fragment>
          ))}
        </p>
      )}
      {remedy !== undefined && remedy.page !== null && (
        <div className={styles.page}>
          <p>{remedy.page.who}</p>
          {remedy.page.left !== null && <p className={styles.left}>{remedy.page.left}</p>}
          <p className="gw-mono gw-quiet">{remedy.page.link}</p>
        </div>
      )}
      {remedy !== undefined && remedy.act !== null && (
        <div className={styles.acts}>
          <Button size="small" appearance="primary" className={styles.act} disabledFocusable={busy} onClick={() => onRemedy(row, remedy)}>
            {remedy.act}
          </Button>
          {remedy.page !== null && <Lanes lanes={remedy.page.lanes} busy={busy} onChoose={(lane) => onRemedy(row, remedy, lane)} />}
        </div>
      )}
    </div>
  );
}
