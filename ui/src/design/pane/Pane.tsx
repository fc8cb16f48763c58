import { Fragment, type ReactNode } from "react";
import styles from "./Pane.module.css";

/** The explanation beside the work: a heading line, then sections parted by hairlines. */
export function Pane({ head, children }: { head?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.pane}>
      {head !== undefined && <p className={styles.head}>{head}</p>}
      <div className={styles.sections}>{children}</div>
    </div>
  );
}

export function PaneSection({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      {title !== undefined && <h2 className={styles.title}>{title}</h2>}
      {children}
    </section>
  );
}

/** Labels and values, values after the labels' column. */
export function PaneFacts({ facts, mono = false }: { facts: readonly { label: string; value: string }[]; mono?: boolean }) {
  return (
    <dl className={styles.facts}>
      {facts.map((fact) => (
        <Fragment key={fact.label}>
          <dt>{fact.label}</dt>
          <dd className={mono ? "gw-mono" : undefined}>{fact.value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
