import { Button, Dropdown, Field, Input, Option, Radio, RadioGroup } from "@fluentui/react-components";
import { useState } from "react";
import { useNavigate } from "react-router";
import { CopyValue } from "../design/CopyValue";
import { writeToClipboard } from "../design/clipboard";
import { Page } from "../design/frame/Page";
import { PaneFacts } from "../design/pane/Pane";
import { Screen } from "../features/app/Screen";
import { useAct, useSettings } from "../features/app/api";
import { CloudFile } from "../features/cloud/CloudFile";
import { Problem } from "../features/problem/Problem";
import type { SettingsChange } from "../gen/SettingsChange";
import type { SettingsView as Settings } from "../gen/SettingsView";
import type { Theme } from "../gen/Theme";
import { text } from "../text/catalogue";
import styles from "./SettingsView.module.css";

const UNCHANGED: SettingsChange = { theme: null, cloud: null, clientId: null, lane: null };
const THEMES: readonly Theme[] = ["system", "light", "dark"];

/** How the app looks, which cloud it talks to, whose app signs in, and which way in comes first. */
export function SettingsView() {
  const settings = useSettings();
  return (
    <Page title={text("ui-settings-title")}>
      <Screen query={settings}>{(view) => <Form key={`${view.practice} ${view.cloud}`} view={view} />}</Screen>
    </Page>
  );
}

function Form({ view }: { view: Settings }) {
  const { act, busy, problem } = useAct();
  const navigate = useNavigate();
  const [clientId, setClientId] = useState(view.clientId);
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const change = async (part: Partial<SettingsChange>) => {
    const reply = await act({ call: "change", change: { ...UNCHANGED, ...part } });
    if (reply?.reply === "form") setRefused(Object.fromEntries(reply.value.problems.map((each) => [each.field ?? "", `${each.what} ${each.todo}`])));
  };
  const make = async (profile: string) => {
    const reply = await act({ call: "open", profile });
    if (reply?.reply === "opened") await navigate(`/setups/${encodeURIComponent(reply.value.id)}`);
  };
  const refusal = refused["clientId"] ?? refused["client_id"];
  return (
    <div className={styles.sections}>
      {problem !== undefined && <Problem problem={problem} />}
      <section className={`gw-card ${styles.section}`} aria-labelledby="settings-theme">
        <h2 className="gw-heading" id="settings-theme">
          {text("ui-settings-theme")}
        </h2>
        <RadioGroup layout="horizontal" aria-labelledby="settings-theme" value={view.theme} onChange={(_, data) => void change({ theme: data.value as Theme })}>
          {THEMES.map((theme) => (
            <Radio key={theme} value={theme} label={<span className="gw-choice">{text(`ui-settings-theme-${theme}`)}</span>} />
          ))}
        </RadioGroup>
      </section>

      <section className={`gw-card ${styles.section}`} aria-labelledby="settings-cloud">
        <h2 className="gw-heading" id="settings-cloud">
          {text("ui-settings-cloud")}
        </h2>
        {view.clouds.length > 0 && (
          <Field label={text("ui-settings-cloud-which")} hint={text("ui-settings-cloud-hint")} className={styles.field}>
            <Dropdown
              value={view.clouds.find((cloud) => cloud.id === view.cloud)?.name ?? view.cloud}
              selectedOptions={[view.cloud]}
              onOptionSelect={(_, data) => {
                if (data.optionValue !== undefined) void change({ cloud: data.optionValue });
              }}
            >
              {view.clouds.map((cloud) => (
                <Option key={cloud.id} value={cloud.id}>
                  {cloud.name}
                </Option>
              ))}
            </Dropdown>
          </Field>
        )}
        <CloudFile view={view} />
        <form
          className={styles.line}
          onSubmit={(event) => {
            event.preventDefault();
            void change({ clientId: clientId.trim() });
          }}
        >
          <Field
            label={text("ui-settings-client")}
            hint={text(view.clientFixed ? "ui-settings-client-fixed" : "ui-settings-client-hint")}
            className={styles.field}
            {...(refusal === undefined ? {} : { validationMessage: refusal, validationState: "error" as const })}
          >
            <Input className={styles.mono} value={view.clientFixed ? view.clientId : clientId} readOnly={view.clientFixed} autoComplete="off" spellCheck={false} onChange={(_, data) => setClientId(data.value)} />
          </Field>
          {!view.clientFixed && (
            <Button type="submit" className={styles.save} disabledFocusable={busy || clientId.trim() === view.clientId}>
              {text("ui-settings-save")}
            </Button>
          )}
        </form>
        {view.clientSetup !== null && (
          <div className={styles.line}>
            <p className="gw-quiet">{text("ui-settings-client-make-hint")}</p>
            <Button className={styles.save} disabledFocusable={busy} onClick={() => void make(view.clientSetup ?? "")}>
              {text("ui-settings-client-make")}
            </Button>
          </div>
        )}
        <ul className={styles.values}>
          <CopyValue name={text("ui-settings-redirect")} shown={view.redirect} copyWord={text("ui-copy")} copiedWord={text("ui-copied")} copy={() => writeToClipboard(view.redirect)} />
        </ul>
      </section>

      <section className={`gw-card ${styles.section}`} aria-labelledby="settings-lane">
        <h2 className="gw-heading" id="settings-lane">
          {text("ui-settings-lane")}
        </h2>
        <RadioGroup aria-labelledby="settings-lane" value={String(view.lane)} onChange={(_, data) => void change({ lane: Number(data.value) })}>
          {view.lanes.map((lane) => (
            <Radio
              key={lane.lane}
              value={String(lane.lane)}
              label={
                <span className="gw-choice">
                  <strong className="gw-strong">{lane.name}</strong>
                  {lane.note !== "" && ` – ${lane.note}`}
                </span>
              }
            />
          ))}
        </RadioGroup>
      </section>

      <section className={`gw-card ${styles.section}`} aria-labelledby="settings-about">
        <h2 className="gw-heading" id="settings-about">
          {text("ui-settings-about")}
        </h2>
        <PaneFacts
          facts={[
            { label: text("ui-settings-mode"), value: text(view.practice ? "ui-settings-mode-practice" : "ui-settings-mode-live") },
            { label: text("ui-settings-vault"), value: view.vault },
            { label: text("ui-settings-data"), value: view.data },
            { label: text("ui-settings-version"), value: view.version },
          ]}
        />
      </section>
    </div>
  );
}
