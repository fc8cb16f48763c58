import { ChevronDownRegular } from "@fluentui/react-icons/svg/chevron-down";
import { ChevronRightRegular } from "@fluentui/react-icons/svg/chevron-right";
import type { ReactNode } from "react";
import styles from "./RowTable.module.css";

export interface Column {
  id: string;
  /** Heading; empty for signs and actions, which then need `label`. */
  title: string;
  label?: string;
  /** CSS width; the others share the rest. */
  width?: string;
  align?: "end";
}

export interface RowTableProps {
  label: string;
  columns: readonly Column[];
  /** `Band`, `Row`, `Detail` and `Fold` in any order. */
  children: ReactNode;
  /** Grey heading row, as in the proofs; otherwise it is white. */
  headBand?: boolean;
}

/** The one table of the app: hairlines, bands for groups, one line or two per row. */
export function RowTable({ label, columns, children, headBand = false }: RowTableProps) {
  return (
    <table className={styles.table} aria-label={label}>
      <colgroup>
        {columns.map((column) => (
          <col key={column.id} {...(column.width === undefined ? {} : { style: { width: column.width } })} />
        ))}
      </colgroup>
      <thead>
        <tr className={styles.head} data-band={headBand}>
          {columns.map((column) => (
            <th key={column.id} scope="col" data-align={column.align}>
              {column.title !== "" ? column.title : <span className="gw-hidden">{column.label}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

/** A group's heading: mark, name, number. */
export function Band({ span, mark, name, note }: { span: number; mark?: ReactNode; name: string; note?: string | undefined }) {
  return (
    <tr className={styles.band}>
      <th scope="rowgroup" colSpan={span}>
        <span className={styles.bandWords}>
          {mark}
          <span className={styles.bandName}>{name}</span>
          {note !== undefined && <span className={styles.bandNote}>{note}</span>}
        </span>
      </th>
    </tr>
  );
}

/** A group that can be closed; its rows are drawn only while it is open. */
export function Fold({ span, name, note, open, onToggle, children }: { span: number; name: string; note?: string | undefined; open: boolean; onToggle: () => void; children: ReactNode }) {
  return (
    <>
      <tr className={styles.band} data-fold="true">
        <th scope="rowgroup" colSpan={span}>
          <button type="button" className={styles.fold} aria-expanded={open} onClick={onToggle}>
            {open ? <ChevronDownRegular fontSize={16} aria-hidden="true" /> : <ChevronRightRegular fontSize={16} aria-hidden="true" />}
            <span className={styles.bandName}>{name}</span>
            {note !== undefined && <span className={styles.bandNote}>{note}</span>}
          </button>
        </th>
      </tr>
      {open && children}
    </>
  );
}

export interface RowProps {
  /** Least height in px: 31 proofs, 40 checks, 42 changes, 54 waits. */
  height: 28 | 31 | 40 | 42 | 54;
  children: ReactNode;
  /** The row whose details are open or that both map and table mark. */
  selected?: boolean;
  /** A tint for the one row that stopped. */
  tone?: "fail" | undefined;
  onClick?: (() => void) | undefined;
}

export function Row({ height, children, selected = false, tone, onClick }: RowProps) {
  return (
    <tr className={styles.row} style={{ height }} data-selected={selected} data-tone={tone} data-clickable={onClick !== undefined} onClick={onClick}>
      {children}
    </tr>
  );
}

/** What opens under a row. */
export function Detail({ span, tone, children }: { span: number; tone?: "fail" | "plain" | undefined; children: ReactNode }) {
  return (
    <tr className={styles.detail} data-tone={tone}>
      <td colSpan={span}>{children}</td>
    </tr>
  );
}

/** The cell of a sign, in the narrow first column. */
export function SignCell({ children }: { children: ReactNode }) {
  return <td className={styles.sign}>{children}</td>;
}
