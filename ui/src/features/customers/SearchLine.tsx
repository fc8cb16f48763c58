import { SearchBox } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import { text } from "../../text/catalogue";
import styles from "./Customers.module.css";

export interface SearchLineProps {
  query: string;
  onQuery: (query: string) => void;
  shown: number;
  all: number;
  /** The key that leads to the field from anywhere on the page. */
  onSlash?: boolean;
}

/** The field that searches, and how many are left. */
export function SearchLine({ query, onQuery, shown, all, onSlash = false }: SearchLineProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!onSlash) return;
    const onKey = (event: KeyboardEvent) => {
      const target = event.target;
      const types = target instanceof HTMLElement && target.closest("input, textarea, [contenteditable]") !== null;
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || types || document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onSlash]);
  return (
    <div className={styles.searchLine}>
      <SearchBox
        className={styles.search}
        input={{ ref: field, autoComplete: "off", spellCheck: false }}
        aria-label={text("ui-customers-search")}
        placeholder={text("ui-customers-search")}
        value={query}
        onChange={(_, data) => onQuery(data.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || query === "") return;
          // The topmost thing is closed: here what was searched for, not what stands behind the field.
          event.stopPropagation();
          onQuery("");
        }}
        dismiss={query === "" ? null : { "aria-label": text("ui-customers-search-clear") }}
      />
      <span className="gw-small gw-quiet gw-numbers" role="status">
        {text("ui-customers-shown", { shown, all })}
      </span>
    </div>
  );
}
