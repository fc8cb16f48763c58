import { Button } from "@fluentui/react-components";
import { useId, useState } from "react";
import type { SettingsView } from "../../gen/SettingsView";
import type { UiProblem } from "../../gen/UiProblem";
import { text } from "../../text/catalogue";
import { useAct } from "../app/api";
import { Problem } from "../problem/Problem";
import styles from "./CloudFile.module.css";

/** The file of a cloud of one's own: which is in use, choosing another, leaving it. Absent where neither can be done. */
export function CloudFile({ view }: { view: Pick<SettingsView, "cloudFile" | "choosesCloudFile"> }) {
  const { act, busy, problem } = useAct();
  const [refused, setRefused] = useState<UiProblem | undefined>(undefined);
  const label = useId();
  const file = view.cloudFile;
  if (file === null && !view.choosesCloudFile) return null;
  const choose = async () => {
    setRefused(undefined);
    const reply = await act({ call: "chooseCloudFile" });
    if (reply?.reply === "form") setRefused(reply.value.problems[0]);
  };
  const told = refused ?? problem;
  return (
    <div role="group" aria-labelledby={label} className={styles.file}>
      <span id={label}>{text("ui-settings-file")}</span>
      {file !== null && (
        <p className={styles.words}>
          <strong className="gw-strong">{file.name}</strong>
          <span className={`gw-second ${styles.place}`}>{file.place}</span>
        </p>
      )}
      {told !== undefined && <Problem problem={told} />}
      <div className={styles.acts}>
        {view.choosesCloudFile && (
          <Button size="small" disabledFocusable={busy} onClick={() => void choose()}>
            {text(file === null ? "ui-settings-file-choose" : "ui-settings-file-other")}
          </Button>
        )}
        {file?.removable === true && (
          <Button
            size="small"
            appearance="subtle"
            disabledFocusable={busy}
            onClick={() => {
              setRefused(undefined);
              void act({ call: "removeCloudFile" });
            }}
          >
            {text("ui-settings-file-remove")}
          </Button>
        )}
      </div>
      <span className={`gw-second ${styles.hint}`}>{text("ui-settings-file-hint")}</span>
    </div>
  );
}
