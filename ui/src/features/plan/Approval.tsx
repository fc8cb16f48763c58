import { Input } from "@fluentui/react-components";
import { CheckmarkRegular } from "@fluentui/react-icons/svg/checkmark";
import { useId, useState } from "react";
import { ActionButton } from "../../design/ActionButton";
import { text } from "../../text/catalogue";
import styles from "./Approval.module.css";

export interface ApprovalProps {
  /** What has to be typed: the number of changes, or a role's name. */
  expected: string;
  /** The sentence beside the field, with what to type in it. */
  prompt: string;
  act: string;
  /** Why nothing can be approved at all, whatever is typed. */
  off?: string | undefined;
  busy: boolean;
  onApprove: (typed: string) => void;
  danger?: boolean;
}

/** One deliberate act: type what you read, then the button is on. The app crate checks the same text again. */
export function Approval({ expected, prompt, act, off, busy, onApprove, danger = false }: ApprovalProps) {
  const [typed, setTyped] = useState("");
  const label = useId();
  const fits = typed.trim() === expected;
  const reason = off ?? (busy ? text("ui-busy") : fits ? undefined : text("ui-approve-off", { expected }));
  const approve = () => {
    if (reason === undefined) onApprove(typed.trim());
  };
  return (
    <form
      className={styles.approval}
      onSubmit={(event) => {
        event.preventDefault();
        approve();
      }}
    >
      <label id={label} htmlFor={`${label}-field`} className={styles.prompt}>
        <Emphasis sentence={prompt} word={expected} />
      </label>
      <Input
        id={`${label}-field`}
        className={styles.field}
        style={{ width: Math.max(64, 28 + expected.length * 9) }}
        input={{ className: styles.typed }}
        value={typed}
        autoComplete="off"
        {...(/^\d+$/.test(expected) ? { inputMode: "numeric" as const } : {})}
        onChange={(_, data) => setTyped(data.value)}
      />
      <ActionButton appearance="primary" icon={<CheckmarkRegular />} off={reason} reasonShown={off !== undefined} onClick={approve} {...(danger ? { className: styles.danger ?? "" } : {})}>
        {act}
      </ActionButton>
    </form>
  );
}

/** The sentence with the first occurrence of the word in bold. */
function Emphasis({ sentence, word }: { sentence: string; word: string }) {
  const at = sentence.indexOf(word);
  if (at === -1) return <>{sentence}</>;
  return (
    <>
      {sentence.slice(0, at)}
      <strong className="gw-strong">{word}</strong>
      {sentence.slice(at + word.length)}
    </>
  );
}
