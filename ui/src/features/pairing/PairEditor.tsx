import { Button, Combobox, Field, Option } from "@fluentui/react-components";
import { useState } from "react";
import type { PairLine } from "../../gen/PairLine";
import { text } from "../../text/catalogue";
import { fitting } from "./rows";
import styles from "./Pairing.module.css";

/** So many names are offered at once. */
const OFFERED = 12;

export interface PairEditorProps {
  row: PairLine;
  /** Heading of the names. */
  other: string;
  free: readonly string[];
  busy: boolean;
  onPair: (name: string | null) => void;
  onClose: () => void;
}

/** The name of one tenant: chosen from those that are free, or typed. */
export function PairEditor({ row, other, free, busy, onPair, onClose }: PairEditorProps) {
  const [name, setName] = useState(row.paired ?? row.proposed ?? "");
  const offered = fitting(free, name === row.proposed || name === row.paired ? "" : name, OFFERED);
  return (
    <form
      className={styles.editor}
      aria-label={text("ui-pairs-edit", { tenant: row.name })}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "" && !busy) onPair(name.trim());
      }}
    >
      <Field label={text("ui-pairs-name-of", { other, tenant: row.name })} className={styles.editorField} {...(row.note === null ? {} : { hint: row.note })}>
        <Combobox
          autoFocus
          freeform
          size="small"
          autoComplete="off"
          spellCheck={false}
          value={name}
          selectedOptions={[]}
          onChange={(event) => setName(event.target.value)}
          onOptionSelect={(_, data) => setName(data.optionText ?? "")}
        >
          {offered.map((each) => (
            <Option key={each} value={each}>
              {each}
            </Option>
          ))}
        </Combobox>
      </Field>
      <div className={styles.editorActs}>
        <Button size="small" appearance="primary" type="submit" disabledFocusable={busy || name.trim() === ""}>
          {text("ui-pairs-pair")}
        </Button>
        {row.removable && (
          <Button size="small" disabledFocusable={busy} onClick={() => onPair(null)}>
            {text("ui-pairs-remove")}
          </Button>
        )}
        <Button size="small" appearance="subtle" onClick={onClose}>
          {text("ui-cancel")}
        </Button>
      </div>
    </form>
  );
}
