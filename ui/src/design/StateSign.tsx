import type { ReactNode } from "react";
import styles from "./StateSign.module.css";
import tokens from "./tokens.json";

/** Every state that something can be in. Shape and word tell it; colour only helps. */
export type State = keyof typeof tokens.status;

/** All states, in the order of the legend. */
export const STATES = Object.keys(tokens.status) as State[];

/* 20 × 20 shapes. `currentColor` is the state's colour; `--gwMarkInk` is the ground that a filled shape is cut from. */
const ring = <circle cx="10" cy="10" r="7.9" fill="none" stroke="currentColor" strokeWidth="1.8" />;
const ink = { fill: "none", stroke: "var(--gwMarkInk)", strokeLinecap: "round", strokeLinejoin: "round" } as const;
const line = { fill: "none", stroke: "currentColor", strokeLinecap: "round", strokeLinejoin: "round" } as const;

const SHAPES: Record<State, ReactNode> = {
  pass: (
    <>
      <circle cx="10" cy="10" r="9" fill="currentColor" />
      <path d="m5.9 10.3 2.8 2.8 5.3-5.9" {...ink} strokeWidth="2" />
    </>
  ),
  alreadyRight: (
    <>
      {ring}
      <path d="M6.4 8.2h7.2M6.4 11.8h7.2" {...line} strokeWidth="1.8" />
    </>
  ),
  warn: (
    <>
      <path d="M10 2.6 17.9 17H2.1Z" fill="currentColor" stroke="currentColor" strokeWidth="2.4" strokeLinejoin="round" />
      <path d="M10 7.2v4.6" {...ink} strokeWidth="2" />
      <circle cx="10" cy="15" r="1.25" fill="var(--gwMarkInk)" />
    </>
  ),
  fail: (
    <>
      <path d="M6.7 1.6h6.6l5.1 5.1v6.6l-5.1 5.1H6.7l-5.1-5.1V6.7Z" fill="currentColor" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" />
      <path d="m7 7 6 6m0-6-6 6" {...ink} strokeWidth="2.1" />
    </>
  ),
  cannotSee: (
    <>
      <path d="M5.2 5.9C3.6 7 2.4 8.4 1.5 10c1.7 3.3 4.8 5.4 8.5 5.4 1.6 0 3.1-.4 4.4-1.100M8.3 4.800c.55-.12 1.1-.2 1.7-.2 3.7 0 6.8 2.1 8.5 5.4-.5 1-1.2 1.9-2 2.7" {...line} strokeWidth="1.7" />
      <path d="M7.9 8.100a2.9 2.9 0 0 0 4 4.100M10.6 7.100a2.9 2.9 0 0 1 2.3 2.3" {...line} strokeWidth="1.7" />
      <path d="m2.3 2.3 15.4 15.4" {...line} strokeWidth="1.7" />
    </>
  ),
  wait: (
    <>
      {ring}
      <path d="M10 5.600v4.800l2.9 1.5" {...line} strokeWidth="1.7" />
    </>
  ),
  running: (
    <>
      <circle cx="10" cy="10" r="7.7" fill="none" stroke="currentColor" strokeWidth="2.4" opacity="0.28" />
      <path className={styles.arc} d="M10 2.300a7.7 7.7 0 0 1 6.1 12.4" {...line} strokeWidth="2.4" />
    </>
  ),
  needsYou: (
    <>
      <rect x="1" y="1" width="18" height="18" rx="4.6" fill="currentColor" />
      <circle cx="10" cy="7.6" r="2.9" fill="var(--gwMarkInk)" />
      <path d="M4.9 15.400c.5-2.7 2.5-4.1 5.1-4.100s4.6 1.4 5.1 4.1" {...ink} strokeWidth="1.9" />
    </>
  ),
  byHand: (
    <>
      <rect x="1.9" y="1.9" width="16.2" height="16.2" rx="4" {...line} strokeWidth="1.7" />
      <circle cx="10" cy="7.8" r="2.4" {...line} strokeWidth="1.6" />
      <path d="M5.5 15c.5-2.3 2.3-3.5 4.5-3.500s4 1.2 4.5 3.5" {...line} strokeWidth="1.6" />
    </>
  ),
  leftOut: (
    <>
      {ring}
      <path d="M6.3 10h7.4" {...line} strokeWidth="1.8" />
    </>
  ),
  notStarted: <circle cx="10" cy="10" r="4.3" fill="none" stroke="currentColor" strokeWidth="1.8" />,
};

export interface StateSignProps {
  state: State;
  /** What a screen reader hears, for example "Security Defaults: failed". Absent when the word stands beside the sign. */
  label?: string | undefined;
  /** Edge in px: 14 in dense rows, 16 in lists, 20 on cards. */
  size?: 14 | 16 | 18 | 20;
}

/** One of the eleven signs. */
export function StateSign({ state, label, size = 16 }: StateSignProps) {
  return (
    <svg
      className={styles.sign}
      data-state={state}
      viewBox="0 0 20 20"
      width={size}
      height={size}
      style={{ color: `var(--gw${state.charAt(0).toUpperCase()}${state.slice(1)}Fg)` }}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    >
      {SHAPES[state]}
    </svg>
  );
}
