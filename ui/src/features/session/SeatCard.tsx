import { Button } from "@fluentui/react-components";
import { useState } from "react";
import { PartyMark } from "../../design/PartyMark";
import { StateSign } from "../../design/StateSign";
import type { Call } from "../../gen/Call";
import type { Seat } from "../../gen/Seat";
import { text } from "../../text/catalogue";
import { Lanes } from "./Lanes";
import { SessionLine } from "./SessionLine";
import styles from "./SeatCard.module.css";

export interface SeatCardProps {
  setup: string;
  seat: Seat;
  /** Why nobody can sign in yet: stands on the page, beside the cards. */
  blocked: boolean;
  onCall: (call: Call) => void;
  busy: boolean;
  readOnly: boolean;
}

/** Whose sign-in is needed, for what, and the ways in. */
export function SeatCard({ setup, seat, blocked, onCall, busy, readOnly }: SeatCardProps) {
  const [first, ...others] = seat.lanes;
  const signIn = (lane: number) => onCall({ call: "signIn", id: setup, seat: seat.id, lane });
  return (
    <section className={`gw-card ${styles.card}`} aria-label={seat.party.name} data-state={seat.state}>
      <PartyMark kind={seat.party.party} size={30} initials={seat.party.initials} />
      <div className={styles.words}>
        <h2 className="gw-heading">{seat.party.name}</h2>
        {seat.party.tenant !== null && <p className="gw-mono gw-quiet">{seat.party.tenant}</p>}
        <p className={styles.state} data-known={seat.account !== null}>
          <StateSign state={seat.sign} />
          <span>{seat.account ?? seat.needs}</span>
        </p>
        <p>{seat.why}</p>
        {seat.notice !== null && <p className={styles.notice}>{seat.notice}</p>}
        {seat.session !== null && <SessionLine session={seat.session} />}
        {seat.scopes.length > 0 && <Scopes seat={seat} />}
      </div>
      {!readOnly && (
        <div className={styles.acts}>
          {seat.state === "empty" && first !== undefined && (
            <Button appearance="primary" disabledFocusable={busy || blocked || first.off} onClick={() => signIn(first.lane)}>
              {text("ui-session-sign-in")}
            </Button>
          )}
          {seat.state === "open" && (
            <>
              {seat.session?.hasWindow === true && (
                <Button appearance="primary" onClick={() => onCall({ call: "showSession", id: setup })}>
                  {text("ui-session-show")}
                </Button>
              )}
              <Button appearance="secondary" onClick={() => onCall({ call: "stopSession", id: setup })}>
                {text("ui-session-stop")}
              </Button>
            </>
          )}
          {seat.state === "taken" && (
            <Button appearance="secondary" disabledFocusable={busy} onClick={() => onCall({ call: "signOut", id: setup, seat: seat.id })}>
              {text("ui-session-sign-out")}
            </Button>
          )}
          {seat.state === "empty" && first !== undefined && <span className={styles.lane}>{first.label}</span>}
          {seat.state === "empty" && <Lanes lanes={others} busy={busy || blocked} onChoose={signIn} />}
        </div>
      )}
    </section>
  );
}

function Scopes({ seat }: { seat: Seat }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={`gw-link ${styles.more}`} aria-expanded={open} onClick={() => setOpen(!open)}>
        {text("ui-session-scopes", { count: seat.scopes.length })}
      </button>
      {open && (
        <dl className={styles.scopes}>
          {seat.scopes.map((line) => (
            <div key={line.scope}>
              <dt className="gw-mono">{line.scope}</dt>
              <dd>{line.what}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
