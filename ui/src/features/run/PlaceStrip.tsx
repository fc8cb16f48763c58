import { ChevronDownRegular } from "@fluentui/react-icons/svg/chevron-down";
import { ChevronRightRegular } from "@fluentui/react-icons/svg/chevron-right";
import { useState } from "react";
import { PartyMark } from "../../design/PartyMark";
import { StateSign } from "../../design/StateSign";
import type { PlaceRows } from "../../gen/PlaceRows";
import type { Sign } from "../../gen/Sign";
import type { StepRow } from "../../gen/StepRow";
import { text } from "../../text/catalogue";
import { StepTable } from "./StepList";
import styles from "./PlaceStrip.module.css";

/** Steps that are named on the line; the others are counted. */
const NAMED = 3;

/** What a person wants to see first. Steps that have not begun follow in the order of the plan. */
const FIRST: readonly Sign[] = ["fail", "needsYou", "running", "wait"];

const isDone = (row: StepRow) => row.sign === "pass" || row.sign === "alreadyRight";

/** The steps of one place in a line: how many are done, and the next ones by name. It opens to all of them. */
export function PlaceStrip({ place }: { place: PlaceRows }) {
  const [open, setOpen] = useState(false);
  const done = place.rows.filter(isDone).length;
  const rank = (row: StepRow) => (FIRST.includes(row.sign) ? FIRST.indexOf(row.sign) : FIRST.length);
  const rest = place.rows.filter((row) => !isDone(row)).sort((one, other) => rank(one) - rank(other));
  const left = rest.length - NAMED;
  return (
    <div className={styles.strip}>
      <button type="button" className={`gw-card ${styles.line}`} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <ChevronDownRegular fontSize={12} aria-hidden="true" className={styles.chevron} /> : <ChevronRightRegular fontSize={12} aria-hidden="true" className={styles.chevron} />}
        <PartyMark kind={place.place.party} size={12} />
        <span className={styles.name}>{place.place.name}</span>
        <span className={styles.steps}>
          {done > 0 && (
            <span className={`${styles.step} ${styles.count}`}>
              <StateSign state="pass" />
              {text("ui-strip-done", { count: done })}
            </span>
          )}
          {rest.slice(0, NAMED).map((row) => (
            <span key={row.step} className={styles.step} data-state={row.sign}>
              <StateSign state={row.sign} label={row.signWord} />
              <span className="gw-cut">{row.title}</span>
            </span>
          ))}
          {left > 0 && <span className={`${styles.step} ${styles.count}`}>{text("ui-strip-more", { count: left })}</span>}
        </span>
      </button>
      {open && <StepTable name={place.place.name} rows={place.rows} />}
    </div>
  );
}
