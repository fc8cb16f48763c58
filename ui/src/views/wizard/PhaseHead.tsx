import type { ReactNode } from "react";
import styles from "./PhaseHead.module.css";

/** Every phase opens with its name and one sentence on the state of the world. */
export function PhaseHead({ title, sentence, children }: { title: string; sentence: ReactNode; children?: ReactNode }) {
  return (
    <header className={styles.head}>
      <div className={styles.words}>
        <h1 className="gw-title">{title}</h1>
        <p className={styles.sentence}>{sentence}</p>
      </div>
      {children}
    </header>
  );
}
