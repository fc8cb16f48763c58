import { StateSign } from "../../design/StateSign";
import { text } from "../../text/catalogue";
import styles from "./Customers.module.css";

export interface CustomersFootProps {
  rows: number;
  sight: { first: number; last: number };
  proved: number;
  /** Why the customer with the focus stands where it stands. */
  reason: string | undefined;
}

/** Where in the list one is, why a customer stands where it stands, and the keys. */
export function CustomersFoot({ rows, sight, proved, reason }: CustomersFootProps) {
  return (
    <footer className={styles.foot} data-region="footer" tabIndex={-1} aria-label={text("ui-customers-foot")}>
      <div className={styles.footWords}>
        {/* A reader hears the reason in the cell itself. */}
        {reason !== undefined ? (
          <span className={styles.reason} aria-hidden="true">
            {reason}
          </span>
        ) : (
          rows > 0 && <span className="gw-numbers">{text("ui-customers-rows", { first: sight.first + 1, last: Math.min(sight.last, rows - 1) + 1, all: rows })}</span>
        )}
        {proved > 0 && reason === undefined && (
          <span className={`gw-numbers ${styles.footItem}`}>
            <StateSign state="pass" size={14} />
            {text("ui-customers-proved", { count: proved })}
          </span>
        )}
      </div>
      <div className={styles.keys}>
        <Keys names={["↑", "↓"]} does={text("ui-customers-key-move")} />
        <Keys names={[text("ui-key-space")]} does={text("ui-customers-key-select")} />
        <Keys names={[text("ui-key-enter")]} does={text("ui-customers-key-open")} />
        <Keys names={["/"]} does={text("ui-customers-key-search")} />
      </div>
    </footer>
  );
}

function Keys({ names, does }: { names: readonly string[]; does: string }) {
  return (
    <span className={styles.key}>
      {names.map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
      {does}
    </span>
  );
}
