import { ArrowRightRegular } from "@fluentui/react-icons/svg/arrow-right";
import type { ReactNode } from "react";
import styles from "./Door.module.css";

export type DoorDrawing = "many" | "practice";

const PITCH = 21.5;

/** One provider and its customers, fading into the distance. */
function Many() {
  const rows = [21, 47, 73];
  return (
    <svg viewBox="0 0 328 93" width="328" height="93">
      <rect x="39" y="25" width="44" height="44" rx="10" fill="var(--gwProviderFill)" />
      <path d="m52 47.5 6.5 7L72 40" className={styles.tick} />
      <path d="M130 21H98q-11 0-11 11v3M130 73H98q-11 0-11-11v-3" className={styles.wire} />
      <path d="M130 47H90" className={styles.wire} />
      <path d="m96 41.5-6 5.5 6 5.5" className={styles.arrow} />
      {rows.flatMap((y) =>
        Array.from({ length: 9 }, (_, index) => (
          <circle key={`${y}-${index}`} cx={141 + index * PITCH} cy={y} r="8" fill="var(--gwCustomerFill)" opacity={Math.max(0.06, 1 - index * 0.145)} />
        )),
      )}
    </svg>
  );
}

/** The same shapes in dashes, one of them with a fault to find. */
function Practice() {
  return (
    <svg viewBox="0 0 328 93" width="328" height="93">
      <rect x="38" y="27" width="44" height="44" rx="9" className={styles.dashed} />
      <path d="M132 49H95m7-6-7 6 7 6" className={styles.arrow} />
      <circle cx="162" cy="49" r="22" className={styles.dashed} />
      <path d="M162 39.500v11.5" stroke="var(--gwWarnFg)" strokeWidth="2.5" strokeLinecap="round" />
      <circle cx="162" cy="57" r="1.6" fill="var(--gwWarnFg)" />
      <circle cx="216" cy="49" r="22" className={styles.dashed} opacity="0.6" />
      <circle cx="270" cy="49" r="22" className={styles.dashed} opacity="0.3" />
    </svg>
  );
}

export interface DoorProps {
  href?: string;
  onOpen?: () => void;
  drawing: DoorDrawing;
  whom: string;
  title: string;
  sentence: ReactNode;
}

/** A way into the app: a card that is one link. */
export function Door({ href, onOpen, drawing, whom, title, sentence }: DoorProps) {
  const inside = (
    <>
      <span className={styles.drawing} data-drawing={drawing} aria-hidden="true">
        {drawing === "many" ? <Many /> : <Practice />}
      </span>
      <span className={styles.words}>
        <span className="gw-small gw-quiet">{whom}</span>
        <span className={styles.title}>
          <span className="gw-heading">{title}</span>
          <ArrowRightRegular fontSize={16} aria-hidden="true" className={styles.go} />
        </span>
        <span className={styles.sentence}>{sentence}</span>
      </span>
    </>
  );
  return href !== undefined ? (
    <a className={`gw-card ${styles.door}`} href={href}>
      {inside}
    </a>
  ) : (
    <button type="button" className={`gw-card ${styles.door}`} onClick={onOpen}>
      {inside}
    </button>
  );
}
