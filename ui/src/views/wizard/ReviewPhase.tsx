import { useMemo, useState } from "react";
import { GrantMap } from "../../design/map/GrantMap";
import { riskWord } from "../../features/app/words";
import { Approval } from "../../features/plan/Approval";
import { ChangesTable } from "../../features/plan/ChangesTable";
import { grantMapOf } from "../../features/plan/map";
import { Problem } from "../../features/problem/Problem";
import { TakeBackAct } from "../../features/takeback/TakeBackAct";
import type { ReviewPage } from "../../gen/ReviewPage";
import { text } from "../../text/catalogue";
import { titleOf, type PhaseProps } from "./phase";
import { PhaseHead } from "./PhaseHead";
import { SetupFrame } from "./SetupFrame";
import styles from "./ReviewPhase.module.css";

/** The whole plan: who gives what to whom, every change with its way back, and one act that approves it. */
export function ReviewPhase({ setup, acting, page }: PhaseProps & { page: ReviewPage }) {
  const [selected, setSelected] = useState<string | undefined>(undefined);
  const model = useMemo(() => grantMapOf(page.map, riskWord), [page.map]);
  const approval = page.approval;
  return (
    <SetupFrame
      setup={setup}
      acting={acting}
      footer={
        <>
          <div className={styles.plan}>
            <p>
              <strong className="gw-strong">{page.number}</strong>
              <code className="gw-mono">{page.fingerprintShort}</code>
            </p>
            <p className="gw-small gw-quiet">{page.made}</p>
          </div>
          {!setup.readOnly && <TakeBackAct setup={setup.id} acting={acting} plan={page.takeBack} />}
          {approval !== null && page.groups.length > 0 && (
            <div className={styles.approve}>
              {(approval.blocked ?? approval.next) !== "" && <p className={`gw-small ${styles.next}`}>{approval.blocked ?? approval.next}</p>}
              <Approval
                expected={approval.word}
                prompt={approval.label}
                act={approval.button}
                off={approval.blocked ?? undefined}
                busy={acting.busy}
                onApprove={(typed) => void acting.act({ call: "approve", id: setup.id, fingerprint: page.fingerprint, typed })}
              />
            </div>
          )}
        </>
      }
    >
      <PhaseHead title={titleOf(setup)} sentence={page.sentence} />
      {page.stale.length > 0 && (
        <div className={styles.stale}>
          <Problem tone="warn" problem={{ what: text("ui-review-stale"), why: page.stale.join(" "), todo: text("ui-review-stale-todo"), id: "" }} />
        </div>
      )}
      {page.groups.length > 0 && (
        <div className={styles.both}>
          <GrantMap
            model={model}
            selected={selected}
            onSelect={setSelected}
            words={{
              title: text("ui-map-title"),
              hint: text("ui-map-hint"),
              asList: text("ui-map-as-list"),
              asMap: text("ui-map-as-map"),
              listLabel: text("ui-map-list"),
              giver: text("ui-map-giver"),
              receiver: text("ui-map-receiver"),
              what: text("ui-map-what"),
              until: text("ui-map-until"),
              noUntil: text("ui-map-no-until"),
              belongs: text("ui-map-belongs"),
            }}
          />
          <ChangesTable groups={page.groups} selected={selected} onSelect={setSelected} />
        </div>
      )}
    </SetupFrame>
  );
}
