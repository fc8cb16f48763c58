import { useRef, type ReactNode } from "react";
import { useLanding } from "./landing";
import styles from "./Page.module.css";

export interface PageProps {
  title: string;
  /** The state of the world, in one sentence. */
  sentence?: ReactNode;
  /** At the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
  /** Stays in sight below what scrolls. */
  foot?: ReactNode;
  /** The content reaches the edges and scrolls by itself: a grid. */
  flush?: boolean;
}

/** A screen outside the wizard: heading, one sentence, content. */
export function Page({ title, sentence, actions, children, foot, flush = false }: PageProps) {
  const place = useRef<HTMLElement>(null);
  useLanding(place);
  return (
    <main ref={place} className={styles.page} data-flush={flush || undefined} data-region="work" tabIndex={-1} aria-label={title}>
      <div className={styles.content}>
        <header className={styles.head}>
          <div className={styles.words}>
            <h1 className="gw-title">{title}</h1>
            {sentence !== undefined && <p className={styles.sentence}>{sentence}</p>}
          </div>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </header>
        {children}
      </div>
      {foot !== undefined && <div className={styles.foot}>{foot}</div>}
    </main>
  );
}
