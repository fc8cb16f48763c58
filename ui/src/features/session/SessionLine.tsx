import { StateSign } from "../../design/StateSign";
import type { SessionView } from "../../gen/SessionView";
import { text } from "../../text/catalogue";
import styles from "./SessionLine.module.css";

/** What the open session does, and how often it was asked for credentials so far. */
export function SessionLine({ session }: { session: SessionView }) {
  const counted = Math.max(session.promptsSeen, session.promptsExpected);
  return (
    <>
      <p>{session.sentence}</p>
      {session.hasWindow && counted > 0 && (
        <ul className={styles.seen}>
          {Array.from({ length: counted }, (_, index) => {
            const seen = index < session.promptsSeen;
            return (
              <li key={index}>
                <StateSign state={seen ? "pass" : "running"} size={14} />
                {text(seen ? "ui-session-seen" : "ui-session-expected", { number: index + 1 })}
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
