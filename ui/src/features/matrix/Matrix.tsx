import { SearchBox, ToggleButton } from "@fluentui/react-components";
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { MatrixView } from "../../gen/MatrixView";
import { text } from "../../text/catalogue";
import { shownRows } from "./filter";
import { MatrixGrid } from "./MatrixGrid";
import styles from "./Matrix.module.css";

export interface MatrixProps {
  view: MatrixView;
  /** The kind that alone is shown; none shows all. */
  filter: string | null;
  onFilter: (filter: string | null) => void;
  /** The customer that is open, by its id. */
  open: string | undefined;
  onOpen: (id: string | undefined) => void;
  /** What stands under the open customer. */
  detail: ReactNode;
  /** Acts for many customers at once, above the grid. */
  above?: ReactNode;
}

/** Customers side by side: a search, a filter for each kind, and the grid. */
export function Matrix({ view, filter, onFilter, open, onOpen, detail, above }: MatrixProps) {
  const [search, setSearch] = useState("");
  const field = useRef<HTMLInputElement>(null);
  // A kind that nobody is of any more would show nothing and have no button to be left by.
  const chosen = view.filters.some((each) => each.id === filter) ? filter : null;
  const rows = shownRows(view.rows, chosen, search);
  const title = rows.length === view.rows.length ? view.title : text("ui-matrix-shown", { shown: rows.length, all: view.title });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <section className={styles.matrix} aria-label={text("ui-matrix-customers")}>
      <div className={styles.bar}>
        <SearchBox
          ref={field}
          size="small"
          className={styles.search}
          placeholder={text("ui-matrix-search")}
          aria-label={text("ui-matrix-search-name")}
          value={search}
          onChange={(_, data) => setSearch(data.value)}
        />
        <div className={styles.filters} role="group" aria-label={text("ui-matrix-filter")}>
          <Kind word={text("ui-matrix-all")} count={view.rows.length} checked={chosen === null} onClick={() => onFilter(null)} />
          {view.filters.map((each) => (
            <Kind key={each.id} word={each.word} count={each.count} checked={chosen === each.id} onClick={() => onFilter(chosen === each.id ? null : each.id)} />
          ))}
        </div>
      </div>
      {above}
      <p className="gw-hidden" role="status">
        {title}
      </p>
      <MatrixGrid view={view} rows={rows} title={title} open={open} onOpen={onOpen} detail={detail} />
    </section>
  );
}

function Kind({ word, count, checked, onClick }: { word: string; count: number; checked: boolean; onClick: () => void }) {
  return (
    <ToggleButton size="small" className={styles.kind} checked={checked} onClick={onClick}>
      <strong className="gw-strong gw-numbers">{count}</strong> {word}
    </ToggleButton>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}
