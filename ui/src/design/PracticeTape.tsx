import styles from "./PracticeTape.module.css";

/** The band that marks practice. The hatch is used for nothing else. */
export function PracticeTape({ word, sentence }: { word: string; sentence: string }) {
  return (
    <div className={styles.tape} role="note">
      <div className={styles.hatch} aria-hidden="true" />
      <p className={styles.line}>
        <span className={styles.word}>{word}</span>
        <span>{sentence}</span>
      </p>
    </div>
  );
}
