import { Button, Field, Textarea } from "@fluentui/react-components";
import { useState } from "react";
import type { Call } from "../../gen/Call";
import type { PairListView } from "../../gen/PairListView";
import type { Reply } from "../../gen/Reply";
import type { UiProblem } from "../../gen/UiProblem";
import { text } from "../../text/catalogue";
import styles from "./Pairing.module.css";

export interface PairListProps {
  setup: string;
  step: string;
  list: PairListView;
  busy: boolean;
  act: (call: Call) => Promise<Reply | undefined>;
}

/** The names that the other portal lists: pasted, or from a file. Once they are known, one line says so. */
export function PairList({ setup, step, list, busy, act }: PairListProps) {
  const [again, setAgain] = useState(false);
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<readonly UiProblem[]>([]);
  const told = (reply: Reply | undefined) => {
    if (reply?.reply !== "form") return;
    setWrong(reply.value.problems);
    if (!reply.value.stored) return;
    setTyped("");
    setAgain(false);
  };
  if (list.given !== null && !again) {
    return (
      <p className={styles.given}>
        <span>{list.given}</span>
        <Button size="small" appearance="subtle" onClick={() => setAgain(true)}>
          {text("ui-pairs-list-again")}
        </Button>
      </p>
    );
  }
  return (
    <form
      className={styles.list}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== "" && !busy) void act({ call: "givePairList", id: setup, step, list: typed }).then(told);
      }}
    >
      <Field label={list.label} hint={list.hint} validationState={wrong.length === 0 ? "none" : "error"} {...(wrong.length === 0 ? {} : { validationMessage: <Wrong problems={wrong} /> })}>
        <Textarea size="small" rows={4} resize="vertical" autoComplete="off" spellCheck={false} value={typed} onChange={(_, data) => setTyped(data.value)} />
      </Field>
      <div className={styles.acts}>
        <Button size="small" type="submit" disabledFocusable={busy || typed.trim() === ""}>
          {text("ui-pairs-list-read")}
        </Button>
        {list.choosesFile && (
          <Button size="small" appearance="subtle" disabledFocusable={busy} onClick={() => void act({ call: "choosePairList", id: setup, step }).then(told)}>
            {text("ui-pairs-list-file")}
          </Button>
        )}
        {again && (
          <Button size="small" appearance="subtle" onClick={() => setAgain(false)}>
            {text("ui-cancel")}
          </Button>
        )}
      </div>
    </form>
  );
}

/** What is wrong with a list, line by line. */
function Wrong({ problems }: { problems: readonly UiProblem[] }) {
  return (
    <span className={styles.wrong}>
      {problems.map((problem) => (
        <span key={problem.what}>{problem.what}</span>
      ))}
      <span>{problems[0]?.todo}</span>
    </span>
  );
}
