import { ChevronDownRegular } from "@fluentui/react-icons/svg/chevron-down";
import { ChevronRightRegular } from "@fluentui/react-icons/svg/chevron-right";
import { useState } from "react";
import { StateSign } from "../../design/StateSign";
import { text } from "../../text/catalogue";
import { usePairing } from "../app/api";
import { PairingTable } from "./PairingTable";
import styles from "./Pairing.module.css";

/** Tables whose pairs are confirmed: opened on demand, looked at, saved, or changed, which is then to be confirmed again. */
export function PairedTables({ setup, steps, readOnly }: { setup: string; steps: readonly string[]; readOnly: boolean }) {
  return steps.map((step) => <Paired key={step} setup={setup} step={step} readOnly={readOnly} />);
}

function Paired({ setup, step, readOnly }: { setup: string; step: string; readOnly: boolean }) {
  const [open, setOpen] = useState(false);
  const view = usePairing(setup, step).data;
  if (view === undefined) return null;
  return (
    <section className={`gw-card ${styles.paired}`} aria-label={view.title}>
      <h2 className={`gw-heading ${styles.heading}`}>
        <button type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? <ChevronDownRegular fontSize={16} aria-hidden="true" /> : <ChevronRightRegular fontSize={16} aria-hidden="true" />}
          <StateSign state="byHand" label={text("ui-proof-by-person")} />
          <span>{view.title}</span>
        </button>
      </h2>
      {open && <PairingTable setup={setup} step={step} readOnly={readOnly} />}
    </section>
  );
}
