import type { ReactNode } from "react";
import styles from "./AppFrame.module.css";
import { Nav, type NavProps } from "./Nav";
import { useRegionKeys } from "./regions";

export interface AppFrameProps {
  nav: NavProps;
  /** The practice tape, above everything, while the app practises. */
  tape: ReactNode;
  children: ReactNode;
}

/** Tape, navigation and the place beside it. */
export function AppFrame({ nav, tape, children }: AppFrameProps) {
  useRegionKeys();
  return (
    <div className={styles.app}>
      {tape}
      <div className={styles.row}>
        <Nav {...nav} />
        <div className={styles.place}>{children}</div>
      </div>
    </div>
  );
}
