import { Button } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { StateSign } from "../../design/StateSign";
import type { UiProblem } from "../../gen/UiProblem";
import styles from "./Problem.module.css";

export interface ProblemProps {
  problem: Pick<UiProblem, "what" | "why" | "todo" | "id">;
  /** A note is no error: it worries nobody. */
  tone?: "fail" | "warn" | "note";
  actions?: ReactNode;
  onDismiss?: { word: string; act: () => void };
}

/** Told where it happened and at once; never a toast, which goes before it is read. */
export function Problem({ problem, tone = "fail", actions, onDismiss }: ProblemProps) {
  return (
    <div className={styles.problem} data-tone={tone} role={tone === "fail" ? "alert" : "status"}>
      <StateSign state={tone === "note" ? "alreadyRight" : tone} size={20} />
      <div className={styles.words}>
        <p className={styles.what}>{problem.what}</p>
        {hasText(problem.why) && <p>{problem.why}</p>}
        {hasText(problem.todo) && <p>{problem.todo}</p>}
        {hasText(problem.id) && <p className={`gw-mono ${styles.id}`}>{problem.id}</p>}
        {(actions !== undefined || onDismiss !== undefined) && (
          <div className={styles.actions}>
            {actions}
            {onDismiss !== undefined && (
              <Button size="small" appearance="subtle" onClick={onDismiss.act}>
                {onDismiss.word}
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

function hasText(value: string | null): value is string {
  return value !== null && value !== "";
}
