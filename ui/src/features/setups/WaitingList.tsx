import { Button, ProgressBar } from "@fluentui/react-components";
import { StateSign } from "../../design/StateSign";
import type { SetupLine } from "../../gen/SetupLine";
import type { WaitGroup } from "../../gen/WaitGroup";
import { text } from "../../text/catalogue";
import { places } from "../app/words";
import styles from "./WaitingList.module.css";

/** Setups that wait, by whom they wait for. The whole row leads there. */
export function WaitingList({ groups, quiet = text("ui-home-goes-on") }: { groups: readonly WaitGroup[]; quiet?: string }) {
  return (
    <div className={`gw-card ${styles.card}`}>
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h3 className={styles.band}>
            {group.title} <span className="gw-numbers">{group.rows.length}</span>
          </h3>
          <ul className={styles.rows}>
            {group.rows.map((row) => (
              <WaitingLine key={row.id} row={row} quiet={quiet} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function WaitingLine({ row, quiet }: { row: SetupLine; quiet: string }) {
  return (
    <li className={styles.row}>
      <StateSign state={row.sign} size={18} label={row.signWord} />
      <div className={styles.words}>
        <p className={styles.name}>
          <a className={styles.link} href={places.setup(row.id)}>
            {row.title}
          </a>
          <span className="gw-quiet gw-small">{row.profile}</span>
        </p>
        <p className={styles.sentence}>{row.sentence}</p>
      </div>
      <div className={styles.when}>
        <span className="gw-numbers">{row.when}</span>
        {row.progress !== null && <ProgressBar value={row.progress} thickness="medium" className={styles.bar} bar={{ className: styles.fill }} aria-label={row.when ?? row.title} />}
      </div>
      <div className={styles.act}>
        {row.act === null ? (
          <span className="gw-quiet gw-small">{quiet}</span>
        ) : (
          <Button as="a" href={places.setup(row.id)} size="small" appearance={row.primary ? "primary" : "secondary"} className={styles.button}>
            {row.act}
          </Button>
        )}
      </div>
    </li>
  );
}
