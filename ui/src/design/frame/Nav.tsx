import { Tooltip } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { PartyMark } from "../PartyMark";
import styles from "./Nav.module.css";

export interface NavEntry {
  href: string;
  name: string;
  icon: ReactNode;
  /** The filled shape, shown while the entry is the current one. */
  iconCurrent: ReactNode;
  /** How many things wait there. Zero shows nothing. */
  count?: number;
  /** What the number means, for a screen reader ("6 wait"). */
  countLabel?: string;
  current: boolean;
}

export interface NavAccount {
  initials: string;
  name: string;
  note: string;
}

export interface NavProps {
  label: string;
  entries: readonly NavEntry[];
  settings: NavEntry;
  account: NavAccount | undefined;
  /** Inside a wizard: 52 px, names as tooltips. */
  mini: boolean;
}

/** The app's places, at the left edge of every screen. */
export function Nav({ label, entries, settings, account, mini }: NavProps) {
  return (
    <nav className={styles.nav} data-mini={mini} data-region="nav" tabIndex={-1} aria-label={label}>
      <ul className={styles.list}>
        {entries.map((entry) => (
          <Entry key={entry.href} entry={entry} mini={mini} />
        ))}
      </ul>
      <ul className={styles.list}>
        <Entry entry={settings} mini={mini} />
      </ul>
      {account !== undefined && (
        <div className={styles.account}>
          <PartyMark kind="provider" size={26} initials={account.initials} />
          <span className={mini ? "gw-hidden" : styles.accountText}>
            <span className={styles.accountName}>{account.name}</span>
            <span className={styles.accountNote}>{account.note}</span>
          </span>
        </div>
      )}
    </nav>
  );
}

function Entry({ entry, mini }: { entry: NavEntry; mini: boolean }) {
  const link = (
    <a className={styles.entry} href={entry.href} {...(entry.current ? { "aria-current": "page" as const } : {})} {...(mini ? { "aria-label": entry.name } : {})}>
      <span className={styles.icon} aria-hidden="true">
        {entry.current ? entry.iconCurrent : entry.icon}
      </span>
      {!mini && <span className={styles.name}>{entry.name}</span>}
      {!mini && entry.count !== undefined && entry.count > 0 && (
        <span className={styles.count}>
          <span aria-hidden="true">{entry.count}</span>
          <span className="gw-hidden">{entry.countLabel}</span>
        </span>
      )}
    </a>
  );
  return (
    <li>
      {mini ? (
        <Tooltip content={entry.name} relationship="label" positioning="after">
          {link}
        </Tooltip>
      ) : (
        link
      )}
    </li>
  );
}
