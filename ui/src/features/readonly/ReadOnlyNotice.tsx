import { useState } from "react";
import { OpenerButton } from "../../design/OpenerButton";
import type { ReadOnlyAct } from "../../gen/ReadOnlyAct";
import type { ReadOnlyView } from "../../gen/ReadOnlyView";
import { text } from "../../text/catalogue";
import type { Acting } from "../app/api";
import { Problem } from "../problem/Problem";
import { StartAfreshDialog } from "./StartAfreshDialog";
import styles from "./ReadOnlyNotice.module.css";

export interface ReadOnlyNoticeProps {
  /** None while the journal can be written; what the last act left is then still told. */
  view: ReadOnlyView | null;
  acting: Acting;
}

interface Left {
  words: string;
  path?: string;
}

/** Says on every screen why nothing can be written, and gives the ways out. */
export function ReadOnlyNotice({ view, acting }: ReadOnlyNoticeProps) {
  const [left, setLeft] = useState<Left | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const press = async (act: ReadOnlyAct) => {
    setLeft(undefined);
    if (act === "startAfresh") setAsking(true);
    else if (act === "tryAgain") {
      if ((await acting.act({ call: "tryAgain" })) !== undefined) setLeft({ words: text("ui-read-only-still") });
    } else {
      const reply = await acting.act({ call: "exportJournal" });
      if (reply?.reply === "saved") setLeft({ words: text("ui-read-only-exported"), path: reply.value.path });
    }
  };
  const startAfresh = async () => {
    const reply = await acting.act({ call: "startAfresh" });
    setAsking(false);
    if (reply?.reply === "saved") setLeft({ words: text("ui-read-only-aside"), path: reply.value.path });
  };
  const told = left !== undefined && (
    <p role="status" className={styles.left}>
      {left.words} {left.path !== undefined && <span className="gw-mono">{left.path}</span>}
    </p>
  );
  return (
    <>
      {view !== null ? (
        <Problem
          tone="warn"
          problem={view.problem}
          actions={
            <>
              {view.acts.map((act) => (
                <OpenerButton key={act} size="small" disabledFocusable={acting.busy} onClick={() => void press(act)}>
                  {text(`ui-read-only-${act}`)}
                </OpenerButton>
              ))}
              {told}
            </>
          }
        />
      ) : (
        // After looking again with success there is nothing left to say.
        left?.path !== undefined && <Problem tone="note" problem={{ what: left.words, why: left.path, todo: "", id: "" }} onDismiss={{ word: text("ui-close"), act: () => setLeft(undefined) }} />
      )}
      <StartAfreshDialog open={asking && view !== null} busy={acting.busy} onClose={() => setAsking(false)} onStart={() => void startAfresh()} />
    </>
  );
}
