import type { ReactNode } from "react";
import styles from "./PracticeTape.module.css";

/** The band that marks practice. The hatch is used for nothing else. */
export function PracticeTape({ word, sentence, children }: { word: string; sentence: string; children?: ReactNode }) {
  return (
    <aside className={styles.tape} aria-label={word}>
      <div className={styles.hatch} aria-hidden="true" />
      <div className={styles.line}>
        <span className={styles.word}>{word}</span>
        <span>{sentence}</span>
        {children}
      </div>
    </aside>
  );
}
