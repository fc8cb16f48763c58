import { Dropdown, Option } from "@fluentui/react-components";
import { Fragment, useId, useState } from "react";
import { EmptyState } from "../design/EmptyState";
import { Page } from "../design/frame/Page";
import { StateSign } from "../design/StateSign";
import { Band, Row, RowTable, SignCell } from "../design/table/RowTable";
import { Screen } from "../features/app/Screen";
import { useActivity } from "../features/app/api";
import { places } from "../features/app/words";
import type { ActivityRow } from "../gen/ActivityRow";
import { text } from "../text/catalogue";
import styles from "./ActivityView.module.css";

/** Rows of one day, newest first, as they come. */
function byDay(rows: readonly ActivityRow[]): { day: string; rows: ActivityRow[] }[] {
  const days: { day: string; rows: ActivityRow[] }[] = [];
  for (const row of rows) {
    const last = days.at(-1);
    if (last !== undefined && last.day === row.day) last.rows.push(row);
    else days.push({ day: row.day, rows: [row] });
  }
  return days;
}

/** The journal for people. */
export function ActivityView() {
  const [setup, setSetup] = useState<string | null>(null);
  const activity = useActivity(setup);
  const label = useId();
  const setups = activity.data?.setups ?? [];
  return (
    <Page
      title={text("ui-activity-title")}
      sentence={text("ui-activity-sentence")}
      actions={
        setups.length > 0 && (
          <>
            <span id={label} className="gw-small gw-quiet">
              {text("ui-activity-setup")}
            </span>
            <Dropdown
              aria-labelledby={label}
              value={setups.find(([id]) => id === setup)?.[1] ?? text("ui-activity-all")}
              selectedOptions={[setup ?? ""]}
              onOptionSelect={(_, data) => setSetup(data.optionValue === undefined || data.optionValue === "" ? null : data.optionValue)}
            >
              <Option value="">{text("ui-activity-all")}</Option>
              {setups.map(([id, title]) => (
                <Option key={id} value={id} text={title}>
                  {title}
                </Option>
              ))}
            </Dropdown>
          </>
        )
      }
    >
      <Screen query={activity}>
        {(view) =>
          view.rows.length === 0 ? (
            <div className="gw-card">
              <EmptyState drawing="noEntries" heading={text("ui-activity-empty")} sentence={text("ui-activity-empty-sentence")} />
            </div>
          ) : (
            <div className={`gw-card ${styles.card}`}>
              <RowTable
                label={text("ui-activity-table")}
                columns={[
                  { id: "sign", title: "", label: text("ui-column-state"), width: "42px" },
                  { id: "what", title: text("ui-activity-column-what") },
                  { id: "setup", title: text("ui-activity-setup"), width: "30%" },
                  { id: "at", title: text("ui-column-at"), width: "84px" },
                ]}
              >
                {byDay(view.rows).map((day) => (
                  <Fragment key={day.day}>
                    <Band span={4} name={day.day} />
                    {day.rows.map((row) => (
                      <Row key={`${row.setup} ${row.seq}`} height={31}>
                        <SignCell>
                          <StateSign state={row.sign} label={row.signWord} size={14} />
                        </SignCell>
                        <td className={styles.what}>{row.sentence}</td>
                        <td className={styles.setup}>
                          <a className="gw-link" href={places.setup(row.setup)}>
                            {row.setupTitle}
                          </a>{" "}
                          <span className="gw-mono gw-quiet">{row.setup}</span>
                        </td>
                        <td className={`gw-small gw-quiet gw-numbers`}>{row.time}</td>
                      </Row>
                    ))}
                  </Fragment>
                ))}
              </RowTable>
            </div>
          )
        }
      </Screen>
    </Page>
  );
}
