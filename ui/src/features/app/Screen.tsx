import { Spinner } from "@fluentui/react-components";
import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { text } from "../../text/catalogue";
import { Problem } from "../problem/Problem";
import { asProblem } from "./problem";
import styles from "./Screen.module.css";

/** What is shown at once stays quiet; only after this time, in milliseconds, a wait is named. */
const PATIENCE = 300;

/** What a screen shows while it is asked for, or when that did not work. */
export function Screen<T>({ query, children }: { query: UseQueryResult<T, unknown>; children: (view: T) => ReactNode }) {
  const problem = query.error !== null && (
    <div className={styles.problem}>
      <Problem problem={asProblem(query.error)} />
    </div>
  );
  if (query.data === undefined) return problem !== false ? problem : <Patience />;
  return (
    <>
      {problem}
      {children(query.data)}
    </>
  );
}

function Patience() {
  const [named, setNamed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setNamed(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  return <div className={styles.place}>{named && <Spinner size="tiny" label={text("ui-reading")} />}</div>;
}
