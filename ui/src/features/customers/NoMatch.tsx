import { Button } from "@fluentui/react-components";
import { EmptyState } from "../../design/EmptyState";
import type { CustomerRow } from "../../gen/CustomerRow";
import { text } from "../../text/catalogue";
import styles from "./Customers.module.css";

export interface NoMatchProps {
  query: string;
  /** The tab that narrows the list too. */
  tab: string | undefined;
  near: CustomerRow | undefined;
  onNear: (row: CustomerRow) => void;
  onClear: () => void;
}

/** Nobody is left of the list: why, and the way back. */
export function NoMatch({ query, tab, near, onNear, onClear }: NoMatchProps) {
  const heading = query === "" ? text("ui-customers-tab-empty", { tab: tab ?? "" }) : text("ui-customers-no-match", { query });
  return (
    <div className={styles.empty}>
      <EmptyState
        drawing="noMatch"
        heading={heading}
        sentence={
          <>
            {query !== "" && tab !== undefined && <>{text("ui-customers-no-match-tab", { tab })} </>}
            {near !== undefined && (
              <>
                {text("ui-customers-nearest")}{" "}
                <button type="button" className="gw-link" onClick={() => onNear(near)}>
                  {near.name}
                </button>
              </>
            )}
          </>
        }
        actions={<Button onClick={onClear}>{text("ui-customers-show-all")}</Button>}
      />
    </div>
  );
}
