import { Button } from "@fluentui/react-components";
import { CheckmarkRegular } from "@fluentui/react-icons/svg/checkmark";
import { CopyRegular } from "@fluentui/react-icons/svg/copy";
import { Fragment, useState } from "react";
import { writeToClipboard } from "../../design/clipboard";
import { Row, RowTable } from "../../design/table/RowTable";
import { Band } from "../../design/table/RowTable";
import type { PersonLine } from "../../gen/PersonLine";
import { text } from "../../text/catalogue";
import styles from "./AccountList.module.css";

/** The practice cloud's accounts with their made-up passwords, by tenant. */
export function AccountList({ people }: { people: readonly PersonLine[] }) {
  const tenants = [...new Set(people.map((person) => person.tenant))];
  return (
    <section aria-label={text("ui-practice-people")}>
      <h2 className="gw-heading">{text("ui-practice-people")}</h2>
      <p className={styles.sentence}>{text("ui-practice-people-sentence")}</p>
      <div className={`gw-card ${styles.card}`}>
        <RowTable
          label={text("ui-practice-people")}
          columns={[
            { id: "account", title: text("ui-practice-account"), width: "44%" },
            { id: "role", title: text("ui-practice-role") },
            { id: "password", title: text("ui-practice-password"), width: "30%" },
          ]}
        >
          {tenants.map((tenant) => (
            <Fragment key={tenant}>
              <Band span={3} name={tenant} />
              {people
                .filter((person) => person.tenant === tenant)
                .map((person) => (
                  <Row key={person.account} height={40}>
                    <td className={styles.cell}>
                      <span className="gw-row-name">{person.name}</span>
                      <span className={styles.account}>{person.account}</span>
                    </td>
                    <td className={`${styles.cell} gw-small gw-second`}>{person.role}</td>
                    <td className={styles.cell}>
                      <Password person={person} />
                    </td>
                  </Row>
                ))}
            </Fragment>
          ))}
        </RowTable>
      </div>
    </section>
  );
}

function Password({ person }: { person: PersonLine }) {
  const [copied, setCopied] = useState(false);
  const word = text(copied ? "ui-copied" : "ui-copy");
  return (
    <span className={styles.password}>
      <code className="gw-mono">{person.password}</code>
      <Button
        size="small"
        appearance="subtle"
        icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
        aria-label={`${word}: ${text("ui-practice-password")}, ${person.account}`}
        onClick={() => void writeToClipboard(person.password).then((done) => setCopied(done))}
      />
    </span>
  );
}
