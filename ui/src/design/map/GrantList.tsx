import styles from "./GrantList.module.css";
import { endName } from "./ends";
import type { GrantMapModel } from "./model";

export interface GrantListWords {
  listLabel: string;
  giver: string;
  receiver: string;
  what: string;
  until: string;
  /** Stands where a grant has no end of its own. */
  noUntil: string;
  /** Stands where one object is tied to another without a grant of its own. */
  belongs: string;
}

export interface GrantListProps {
  model: GrantMapModel;
  words: GrantListWords;
  selected: string | undefined;
  /** Absent: the list is read, not operated. */
  onSelect?: (row: string) => void;
}

/** The map's twin: giver, receiver, what and until when, one row for each arrow. */
export function GrantList({ model, words, selected, onSelect }: GrantListProps) {
  return (
    <table className={styles.table} aria-label={words.listLabel}>
      <thead>
        <tr>
          <th scope="col">{words.giver}</th>
          <th scope="col">{words.receiver}</th>
          <th scope="col">{words.what}</th>
          <th scope="col">{words.until}</th>
        </tr>
      </thead>
      <tbody>
        {model.grants.map((grant) => {
          const [row] = grant.rows;
          const name = grant.label ?? words.belongs;
          return (
            <tr key={grant.id} data-selected={selected !== undefined && grant.rows.includes(selected)}>
              <td>{endName(model, grant.from)}</td>
              <td>{endName(model, grant.to)}</td>
              <td>
                {onSelect !== undefined && row !== undefined ? (
                  <button type="button" className="gw-link" onClick={() => onSelect(row)}>
                    {name}
                  </button>
                ) : (
                  name
                )}
                {grant.risk !== undefined && `, ${grant.risk.word}`}
              </td>
              <td>{grant.until ?? words.noUntil}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
