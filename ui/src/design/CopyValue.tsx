import { Button } from "@fluentui/react-components";
import { CheckmarkRegular } from "@fluentui/react-icons/svg/checkmark";
import { CopyRegular } from "@fluentui/react-icons/svg/copy";
import { useState } from "react";
import styles from "./CopyValue.module.css";

export interface CopyValueProps {
  /** Position in the card; becomes a ring when copied. Absent: no number. */
  number?: number | undefined;
  name: string;
  value: string;
  note?: string | undefined;
  copyWord: string;
  copiedWord: string;
}

/** One value with one click to copy it. The label turns to "Copied" for good, so the eye finds what is left. */
export function CopyValue({ number, name, value, note, copyWord, copiedWord }: CopyValueProps) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // Only what was copied is called copied: a refused clipboard leaves the button as it was.
    if (await writeToClipboard(value)) setCopied(true);
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
        <code className={`gw-mono ${styles.value}`}>{value}</code>
        {note !== undefined && <span className={styles.note}>{note}</span>}
      </span>
      <Button
        size="small"
        appearance={copied ? "subtle" : "secondary"}
        icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
        aria-label={`${copied ? copiedWord : copyWord}: ${name}`}
        onClick={() => void copy()}
      >
        {copied ? copiedWord : copyWord}
      </Button>
    </li>
  );
}

/** WebKitGTK refuses the clipboard interface on custom schemes; a selection and the copy command work there. */
async function writeToClipboard(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = value;
    field.className = "gw-hidden";
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}
