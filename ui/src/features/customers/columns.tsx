import { PartyMark } from "../../design/PartyMark";
import { StateSign } from "../../design/StateSign";
import type { CustomerCell } from "../../gen/CustomerCell";
import type { CustomerColumn } from "../../gen/CustomerColumn";
import type { CustomerRow } from "../../gen/CustomerRow";
import { text } from "../../text/catalogue";
import styles from "./Customers.module.css";
import type { GridColumn } from "./Grid";

/** With more profiles than these in use, or in a narrow window, there is no room for the tenant's id; it is still searched. */
const ROOMY = 2;
/** How wide a profile's column is then at least. */
const DENSE = 108;

/** What a cell says, with its reason. */
export function told(cell: CustomerCell | null | undefined): string {
  if (cell == null) return text("ui-customers-not-set-up");
  return cell.because === null ? cell.word : `${cell.word}. ${cell.because}`;
}

export const nameColumn: GridColumn<CustomerRow> = {
  id: "name",
  title: text("ui-customers-column-name"),
  width: 172,
  grows: 1.4,
  sorts: true,
  opens: true,
  says: (row) => row.name,
  hint: (row) => row.name,
  draw: (row) => <span className={`gw-cut ${styles.name}`}>{row.name}</span>,
};

export const domainColumn: GridColumn<CustomerRow> = {
  id: "domain",
  title: text("ui-customers-column-domain"),
  width: 140,
  grows: 1.2,
  sorts: true,
  says: (row) => row.domain,
  hint: (row) => row.domain,
  draw: (row) => <span className="gw-cut gw-quiet">{row.domain}</span>,
};

const tenantColumn: GridColumn<CustomerRow> = {
  id: "tenant",
  title: text("ui-customers-column-tenant"),
  width: 136,
  says: (row) => row.tenant,
  hint: (row) => row.tenant,
  draw: (row) => <span className="gw-mono gw-quiet">{row.short}</span>,
};

/** A column for a vendor profile. */
export function profileColumn(column: CustomerColumn, index: number): GridColumn<CustomerRow> {
  return {
    id: column.profile,
    title: column.name,
    mark: <PartyMark kind="vendor" />,
    width: 122,
    grows: 0.8,
    sorts: true,
    says: (row) => told(row.cells[index]),
    hint: (row) => row.cells[index]?.because ?? undefined,
    draw: (row) => <Standing cell={row.cells[index]} />,
  };
}

function Standing({ cell }: { cell: CustomerCell | null | undefined }) {
  if (cell == null) return <span className="gw-quiet">–</span>;
  return (
    <span className={styles.standing} data-sign={cell.sign}>
      <StateSign state={cell.sign} size={14} />
      <span className="gw-cut">{cell.word}</span>
    </span>
  );
}

const endColumns: readonly GridColumn<CustomerRow>[] = [
  {
    id: "ends",
    title: text("ui-customers-column-ends"),
    width: 164,
    sorts: true,
    says: (row) => (row.ends === null ? text("ui-customers-no-end") : `${row.ends.day}, ${row.ends.left}`),
    draw: (row) =>
      row.ends === null ? (
        <span className="gw-quiet">–</span>
      ) : (
        <span className={`gw-numbers ${styles.end}`} data-sign={row.ends.sign ?? undefined}>
          <span className={styles.day}>{row.ends.day}</span>
          <span className={styles.left}>{row.ends.left}</span>
        </span>
      ),
  },
  {
    id: "what",
    title: text("ui-customers-column-what"),
    width: 94,
    grows: 0.6,
    sorts: true,
    says: (row) => row.ends?.what ?? text("ui-customers-no-end"),
    draw: (row) => <span className="gw-cut gw-second">{row.ends?.what ?? ""}</span>,
  },
];

/** All columns of the page. */
export function columnsOf(profiles: readonly CustomerColumn[], narrow: boolean): readonly GridColumn<CustomerRow>[] {
  const tenant = profiles.length <= ROOMY && !narrow ? [tenantColumn] : [];
  const stands = profiles.map((column, index) => ({ ...profileColumn(column, index), ...(profiles.length <= ROOMY ? {} : { width: DENSE }) }));
  return [nameColumn, domainColumn, ...tenant, ...stands, ...endColumns];
}
