import type { CheckRow } from "../../gen/CheckRow";
import type { CustomerView } from "../../gen/CustomerView";
import { text } from "../../text/catalogue";
import { CheckTable, type CheckTableProps } from "./CheckTable";

export interface CustomerChecksProps extends Omit<CheckTableProps, "groups" | "label"> {
  name: string;
  /** None while it is asked for. */
  view: CustomerView | undefined;
}

/** The checks of one of several customers. */
export function CustomerChecks({ name, view, ...rest }: CustomerChecksProps) {
  if (view === undefined) return <p role="status">{text("ui-matrix-loading", { customer: name })}</p>;
  return <CheckTable {...rest} label={text("ui-check-table-of", { name })} groups={view.checks} />;
}

/** All rows of an opened customer. */
export function checksOf(view: CustomerView | undefined): readonly CheckRow[] {
  return (view?.checks ?? []).flatMap((group) => group.rows);
}
