import type { ReactNode } from "react";
import styles from "./EmptyState.module.css";

/** Drawings from the party shapes; each says which emptiness this is. */
export type EmptyDrawing = "nothingWaits" | "noCustomers" | "noEntries" | "noConnection" | "noMatch";

const dashed = { fill: "none", stroke: "var(--gwStrokeStrong)", strokeWidth: 1.4, strokeDasharray: "4 3" } as const;
const plain = { fill: "none", stroke: "var(--gwStrokeStrong)", strokeWidth: 1.4, strokeLinecap: "round" } as const;
const accent = { fill: "none", stroke: "var(--gwBrandText)", strokeWidth: 1.6, strokeLinecap: "round", strokeLinejoin: "round" } as const;

const DRAWINGS: Record<EmptyDrawing, ReactNode> = {
  nothingWaits: (
    <>
      <rect x="4" y="10" width="36" height="36" rx="7" {...dashed} />
      <path d="M70 28H50m6-6-6 6 6 6" {...accent} />
      <circle cx="96" cy="28" r="18" {...dashed} />
    </>
  ),
  noCustomers: (
    <>
      <rect x="6" y="10" width="34" height="34" rx="6" fill="var(--gwProviderFill)" />
      {[16, 42].map((y) => [70, 92, 114].map((x) => <circle key={`${x} ${y}`} cx={x - 8} cy={y - 2} r="8" {...dashed} strokeDasharray="3 2.4" />))}
    </>
  ),
  noEntries: (
    <>
      <rect x="28" y="2" width="64" height="52" rx="6" {...dashed} />
      <path d="M40 18h40M40 28h28" {...plain} />
      <path d="M40 40h14" {...accent} strokeWidth="2.2" />
    </>
  ),
  noConnection: (
    <>
      <rect x="4" y="12" width="32" height="32" rx="6" fill="var(--gwProviderFill)" />
      <path d="M45 28h10M69 28h8" {...plain} />
      <path d="m58 23 8 10m0-10-8 10" {...plain} stroke="var(--gwFailFg)" strokeWidth="1.8" />
      <circle cx="100" cy="28" r="17" fill="var(--gwCustomerFill)" />
    </>
  ),
  noMatch: (
    <>
      <circle cx="56" cy="24" r="20" {...plain} />
      <path d="m70 38 17 17" {...plain} strokeWidth="2.2" />
      <path d="M48 24h16" {...accent} />
    </>
  ),
};

export interface EmptyStateProps {
  drawing: EmptyDrawing;
  heading: string;
  sentence: ReactNode;
  /** One way on; a second one is quiet. */
  actions?: ReactNode;
}

/** Says what will be here, why it is not, and gives one way on. */
export function EmptyState({ drawing, heading, sentence, actions }: EmptyStateProps) {
  return (
    <section className={styles.empty}>
      <svg viewBox="0 0 120 58" width="120" height="58" aria-hidden="true">
        {DRAWINGS[drawing]}
      </svg>
      <h2 className="gw-heading">{heading}</h2>
      <p className={styles.sentence}>{sentence}</p>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </section>
  );
}
