import styles from "./CheckMark.module.css";

/** The box of a row that is chosen or not. The cell around it says so. */
export function CheckMark({ state }: { state: "none" | "some" | "all" }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" className={styles.check} data-state={state}>
      <rect x="0.7" y="0.7" width="14.6" height="14.6" rx="2.6" className={styles.box} />
      {state === "all" && <path d="m4.200 8.300 2.500 2.500 5.100-5.600" className={styles.tick} />}
      {state === "some" && <rect x="4.500" y="4.500" width="7" height="7" rx="1.200" className={styles.part} />}
    </svg>
  );
}
