import styles from "./PartyMark.module.css";

export type PartyKind = "provider" | "customer" | "vendor";

export interface PartyMarkProps {
  kind: PartyKind;
  /** One to three letters, on marks from 20 px on. */
  initials?: string | undefined;
  /** Edge in px; the small mark of a list is 10. */
  size?: number;
}

/** Square, circle or diamond. It never stands without the party's name beside it, so readers skip it. */
export function PartyMark({ kind, initials, size = 10 }: PartyMarkProps) {
  const letters = initials !== undefined && size >= 20 ? initials : undefined;
  return (
    <span className={styles.mark} data-kind={kind} aria-hidden="true" style={{ width: size, height: size, fontSize: size >= 28 ? 12 : 11 }}>
      <svg viewBox="0 0 20 20" width={size} height={size} className={styles.shape}>
        {kind === "provider" && <rect x="0.5" y="0.5" width="19" height="19" rx={size >= 20 ? 4.2 : 4} />}
        {kind === "customer" && <circle cx="10" cy="10" r="9.6" />}
        {kind === "vendor" && <rect x="3.3" y="3.3" width="13.4" height="13.4" rx={size >= 20 ? 2 : 1.6} transform="rotate(45 10 10)" />}
      </svg>
      {letters !== undefined && <span className={styles.letters}>{letters}</span>}
    </span>
  );
}

/** Two letters of a name: the first ones of its first two words, or of its only word. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s&.-]+/).filter((word) => word !== "");
  const [first = "", second] = words;
  return second === undefined ? first.slice(0, 2) : (first.charAt(0) + second.charAt(0)).toUpperCase();
}
