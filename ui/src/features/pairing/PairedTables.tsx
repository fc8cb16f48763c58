import { PairingTable } from "./PairingTable";
import styles from "./Pairing.module.css";

/** Tables whose pairs are confirmed: looked at, saved, or changed, which is then to be confirmed again. */
export function PairedTables({ setup, steps, readOnly }: { setup: string; steps: readonly string[]; readOnly: boolean }) {
  return steps.map((step) => (
    <section key={step} className={`gw-card ${styles.paired}`}>
      <PairingTable setup={setup} step={step} readOnly={readOnly} headed />
    </section>
  ));
}
