import { Button } from "@fluentui/react-components";
import { useState } from "react";
import { EmptyState } from "../design/EmptyState";
import { Page } from "../design/frame/Page";
import { Screen } from "../features/app/Screen";
import { useAct, useFrame, usePractice } from "../features/app/api";
import { AccountList } from "../features/practice/AccountList";
import { ClockBar } from "../features/practice/ClockBar";
import { PhonePane } from "../features/practice/PhonePane";
import { ScenarioList } from "../features/practice/ScenarioList";
import { StartAgainDialog } from "../features/practice/StartAgainDialog";
import { Problem } from "../features/problem/Problem";
import type { ScenarioLine } from "../gen/ScenarioLine";
import { text } from "../text/catalogue";
import styles from "./PracticeView.module.css";

/** Scenarios, accounts, the phone and the clock of the practice cloud. */
export function PracticeView() {
  const frame = useFrame().data;
  return frame === undefined || frame.practice ? <Desk ready={frame !== undefined} /> : <Outside />;
}

/** In the real mode: what practice is, and the way in. */
function Outside() {
  const { act, busy, problem } = useAct();
  return (
    <Page title={text("ui-practice-title")} sentence={text("ui-practice-sentence")}>
      {problem !== undefined && <Problem problem={problem} />}
      <div className="gw-card">
        <EmptyState
          drawing="nothingWaits"
          heading={text("ui-practice-enter")}
          sentence={text("ui-practice-enter-sentence")}
          actions={
            <Button appearance="primary" disabledFocusable={busy} onClick={() => void act({ call: "enterPractice" })}>
              {text("ui-practice-enter")}
            </Button>
          }
        />
      </div>
    </Page>
  );
}

function Desk({ ready }: { ready: boolean }) {
  const practice = usePractice(ready);
  const { act, busy, problem, dismiss } = useAct();
  // Loading a scenario puts practice setups away, so it is asked about.
  const [asked, setAsked] = useState<ScenarioLine | undefined>(undefined);
  const load = async () => {
    if (asked !== undefined) await act({ call: "loadScenario", id: asked.id });
    setAsked(undefined);
  };
  return (
    <Page
      title={text("ui-practice-title")}
      sentence={text("ui-practice-sentence")}
      foot={
        practice.data !== undefined && (
          <ClockBar
            now={practice.data.clock}
            busy={busy}
            onAdvance={(seconds) => void act({ call: "moveClock", seconds })}
            onReset={() => setAsked(practice.data?.scenarios.find((scenario) => scenario.loaded))}
          />
        )
      }
    >
      {problem !== undefined && (
        <div className={styles.problem}>
          <Problem problem={problem} onDismiss={{ word: text("ui-close"), act: dismiss }} />
        </div>
      )}
      <Screen query={practice}>
        {(view) => (
          <>
            <div className={styles.desk}>
              <div className={styles.lists}>
                <ScenarioList scenarios={view.scenarios} onUse={setAsked} busy={busy} />
                <AccountList people={view.people} />
              </div>
              <div className={styles.phone}>
                <PhonePane
                  time={view.time}
                  prompt={view.prompts[0]}
                  onApprove={(id, number) => void act({ call: "phone", id, number })}
                  onDeny={(id) => void act({ call: "phone", id, number: null })}
                />
              </div>
            </div>
            <StartAgainDialog scenario={asked} busy={busy} onClose={() => setAsked(undefined)} onLoad={() => void load()} />
          </>
        )}
      </Screen>
    </Page>
  );
}
