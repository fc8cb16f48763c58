import { Button } from "@fluentui/react-components";
import { useNavigate } from "react-router";
import { Door } from "../design/door/Door";
import { EmptyState } from "../design/EmptyState";
import { Page } from "../design/frame/Page";
import { Screen } from "../features/app/Screen";
import { useAct, useFrame, useHome } from "../features/app/api";
import { places } from "../features/app/words";
import { Problem } from "../features/problem/Problem";
import { WaitingList } from "../features/setups/WaitingList";
import { text } from "../text/catalogue";
import styles from "./HomeView.module.css";

/** The doors, and what waits for whom. */
export function HomeView() {
  const home = useHome();
  const frame = useFrame().data;
  const { act, problem } = useAct();
  const navigate = useNavigate();
  const practise = async () => {
    if (frame?.practice !== true && (await act({ call: "enterPractice" })) === undefined) return;
    await navigate("/practice");
  };
  const canPractise = frame?.practiceAvailable === true || frame?.practice === true;
  return (
    <Page title={text("ui-home-title")}>
      {problem !== undefined && <Problem problem={problem} />}
      <div className={styles.doors}>
        <Door href={places.setUp} drawing="many" whom={text("ui-home-door-provider-whom")} title={text("ui-home-door-provider")} sentence={text("ui-home-door-provider-sentence")} />
        {canPractise && (
          <Door onOpen={() => void practise()} drawing="practice" whom={text("ui-home-door-practice-whom")} title={text("ui-home-door-practice")} sentence={text("ui-home-door-practice-sentence")} />
        )}
      </div>
      <Screen query={home}>
        {(view) => (
          <>
            {view.problems.length > 0 && (
              <div className={styles.problems}>
                {view.problems.map((each) => (
                  <Problem key={`${each.id} ${each.why}`} problem={each} tone="warn" />
                ))}
              </div>
            )}
            <h2 className={`gw-heading ${styles.heading}`}>
              {text("ui-home-waiting")}
              {view.waiting > 0 && <span className={styles.count}>{text("ui-home-waiting-count", { count: view.waiting })}</span>}
            </h2>
            {view.groups.length === 0 ? (
              <div className="gw-card">
                <EmptyState
                  drawing="nothingWaits"
                  heading={text("ui-home-empty")}
                  sentence={text("ui-home-empty-sentence")}
                  actions={
                    <>
                      {canPractise && (
                        <Button appearance="primary" onClick={() => void practise()}>
                          {text("ui-home-empty-practise")}
                        </Button>
                      )}
                      <Button as="a" href={places.setUp} appearance={canPractise ? "subtle" : "primary"}>
                        {text("ui-home-empty-set-up")}
                      </Button>
                    </>
                  }
                />
              </div>
            ) : (
              <WaitingList groups={view.groups} />
            )}
            {view.finished.length > 0 && (
              <div className={styles.finished}>
                <WaitingList groups={[{ title: text("ui-home-finished"), rows: view.finished }]} quiet="" />
              </div>
            )}
          </>
        )}
      </Screen>
    </Page>
  );
}
