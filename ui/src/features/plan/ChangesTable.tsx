import { AddRegular } from "@fluentui/react-icons/svg/add";
import { EditRegular } from "@fluentui/react-icons/svg/edit";
import { SubtractRegular } from "@fluentui/react-icons/svg/subtract";
import { ArrowRightRegular } from "@fluentui/react-icons/svg/arrow-right";
import { Fragment, useEffect, useRef, useState, type ReactNode } from "react";
import { PartyMark } from "../../design/PartyMark";
import { RiskBars } from "../../design/RiskBars";
import { StateSign } from "../../design/StateSign";
import { Band, Detail, Fold, Row, RowTable } from "../../design/table/RowTable";
import type { ChangeRow } from "../../gen/ChangeRow";
import type { PlanGroup } from "../../gen/PlanGroup";
import { text } from "../../text/catalogue";
import { riskWord } from "../app/words";
import styles from "./ChangesTable.module.css";

export interface ChangesTableProps {
  groups: readonly PlanGroup[];
  /** The step whose row is open, chosen here or in the map. */
  selected: string | undefined;
  onSelect: (step: string | undefined) => void;
}

const SPAN = 4;
/** Shapes of what a request does; every other row shows its state's sign. */
const SHAPES: Readonly<Record<string, ReactNode>> = {
  create: <AddRegular fontSize={16} />,
  update: <EditRegular fontSize={16} />,
  remove: <SubtractRegular fontSize={16} />,
};

/** Every change with before and after, its risk and its way back. The selected row opens. */
export function ChangesTable({ groups, selected, onSelect }: ChangesTableProps) {
  const [toggled, setToggled] = useState<readonly string[]>([]);
  const toggle = (title: string) => setToggled((now) => (now.includes(title) ? now.filter((each) => each !== title) : [...now, title]));
  return (
    <div className={`gw-card ${styles.card}`}>
      <RowTable
        label={text("ui-review-table")}
        columns={[
          { id: "sign", title: "", label: text("ui-review-column-action"), width: "48px" },
          { id: "name", title: text("ui-review-column-change") },
          { id: "risk", title: text("ui-review-column-risk"), width: "86px" },
          { id: "undo", title: text("ui-review-column-undo"), width: "112px" },
        ]}
      >
        {groups.map((group) => {
          const rows = group.rows.map((row) => <ChangeRows key={row.step} row={row} selected={selected === row.step} onSelect={onSelect} />);
          if (group.place !== null) {
            return (
              <Fragment key={`${group.place.name} ${group.title}`}>
                <Band span={SPAN} mark={<PartyMark kind={group.place.party} />} name={group.place.name} note={group.title} />
                {rows}
              </Fragment>
            );
          }
          // A row that is selected in the map opens the group that it lies in.
          const open = group.folded === toggled.includes(group.title) || group.rows.some((row) => row.step === selected);
          return (
            <Fold key={group.title} span={SPAN} name={group.title} open={open} onToggle={() => toggle(group.title)}>
              {rows}
            </Fold>
          );
        })}
      </RowTable>
    </div>
  );
}

function ChangeRows({ row, selected, onSelect }: { row: ChangeRow; selected: boolean; onSelect: ChangesTableProps["onSelect"] }) {
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Selected in the map: the row comes into view; the focus stays where the person is.
    if (selected) opener.current?.scrollIntoView?.({ block: "nearest" });
  }, [selected]);
  const toggle = () => onSelect(selected ? undefined : row.step);
  const shape = SHAPES[row.action];
  return (
    <>
      <Row height={42} selected={selected} tone={row.conflict === null ? undefined : "fail"} onClick={toggle}>
        <td className={styles.sign}>
          {shape === undefined ? (
            <span className={styles.state}>
              <StateSign state={row.sign} label={text(`ui-action-${row.action}`)} />
            </span>
          ) : (
            <span className={styles.action} data-action={row.action}>
              <span aria-hidden="true">{shape}</span>
              <span className="gw-hidden">{text(`ui-action-${row.action}`)}</span>
            </span>
          )}
        </td>
        <td className={styles.roomy}>
          <button
            ref={opener}
            type="button"
            className={styles.opener}
            aria-expanded={selected}
            onClick={(event) => {
              event.stopPropagation();
              toggle();
            }}
          >
            {row.title}
          </button>
          <BeforeAfter before={row.before} after={row.after} />
        </td>
        <td>{shape !== undefined && <RiskBars risk={row.risk} word={riskWord(row.risk)} />}</td>
        <td className={styles.undo}>{row.undo}</td>
      </Row>
      {selected && (
        <Detail span={SPAN}>
          <div className={styles.detail}>
            {row.conflict !== null && <Fact title={text("ui-review-conflict")} sentence={row.conflict} />}
            {row.why !== "" && <Fact title={text("ui-review-why")} sentence={row.why} />}
            {row.means !== "" && <Fact title={text("ui-review-means")} sentence={row.means} />}
            {row.undo !== "" && <Fact title={text("ui-review-undo")} sentence={row.undo} />}
            {row.permissions.length > 0 && <Fact title={text("ui-review-needs")} sentence={row.permissions.join(" ")} mono />}
          </div>
        </Detail>
      )}
    </>
  );
}

function BeforeAfter({ before, after }: { before: string; after: string }) {
  if (before === "" && after === "") return null;
  return (
    <span className={styles.beforeAfter}>
      {before !== "" && (
        <>
          <span className="gw-quiet">{before}</span>
          <ArrowRightRegular fontSize={12} aria-hidden="true" className={styles.arrow} />
        </>
      )}
      <span>{after}</span>
    </span>
  );
}

function Fact({ title, sentence, mono = false }: { title: string; sentence: string; mono?: boolean }) {
  return (
    <div>
      <h3>{title}</h3>
      <p className={mono ? "gw-mono" : undefined}>{sentence}</p>
    </div>
  );
}
