import { Button } from "@fluentui/react-components";
import { CheckmarkRegular } from "@fluentui/react-icons/svg/checkmark";
import { CopyRegular } from "@fluentui/react-icons/svg/copy";
import { useState } from "react";
import styles from "./CopyValue.module.css";

export interface CopyValueProps {
  /** Position in the card; becomes a ring when copied. Absent: no number. */
  number?: number | undefined;
  name: string;
  /** What is shown: the value, or for a secret a word in its place. */
  shown: string;
  note?: string | undefined;
  copyWord: string;
  copiedWord: string;
  /** Puts it on the clipboard and tells whether it is there. */
  copy: () => Promise<boolean>;
}

/** One value with one click to copy it. The label turns to "Copied" for good, so the eye finds what is left. */
export function CopyValue({ number, name, shown, note, copyWord, copiedWord, copy }: CopyValueProps) {
  const [copied, setCopied] = useState(false);
  const onCopy = async () => {
    // Only what was copied is called copied: a refused clipboard leaves the button as it was.
    if (await copy()) setCopied(true);
  };
  return (
    <li className={styles.row} data-copied={copied}>
      {number !== undefined && (
        <span className={styles.number} aria-hidden="true">
          {number}
        </span>
      )}
      <span className={styles.words}>
        <span className={styles.name}>{name}</span>
        <code className={`gw-mono ${styles.value}`}>{shown}</code>
        {note !== undefined && <span className={styles.note}>{note}</span>}
      </span>
      <Button
        size="small"
        className={styles.button}
        appearance={copied ? "subtle" : "secondary"}
        icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
        aria-label={`${copied ? copiedWord : copyWord}: ${name}`}
        onClick={() => void onCopy()}
      >
        {copied ? copiedWord : copyWord}
      </Button>
    </li>
  );
}
