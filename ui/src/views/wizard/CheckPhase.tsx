import { ArrowSyncRegular } from "@fluentui/react-icons/svg/arrow-sync";
import { useState } from "react";
import { useNavigate } from "react-router";
import { ActionButton } from "../../design/ActionButton";
import { PaneSection } from "../../design/pane/Pane";
import { StateSign } from "../../design/StateSign";
import { CheckExplanation } from "../../features/checks/CheckExplanation";
import { CustomerChecks, checksOf } from "../../features/checks/CustomerChecks";
import { CheckTable } from "../../features/checks/CheckTable";
import { CountFilter } from "../../features/checks/CountFilter";
import { ForAll } from "../../features/checks/ForAll";
import { remedyCall } from "../../features/checks/remedies";
import { useCustomer } from "../../features/app/api";
import { Announcer } from "../../features/journal/Announcer";
import { Matrix } from "../../features/matrix/Matrix";
import { ClockSteps } from "../../features/practice/ClockSteps";
import { PracticeCompanion } from "../../features/practice/PracticeCompanion";
import { NeedsYou } from "../../features/run/NeedsYou";
import { TakeBackAct } from "../../features/takeback/TakeBackAct";
import type { CheckPage } from "../../gen/CheckPage";
import type { CheckRow } from "../../gen/CheckRow";
import type { RemedyView } from "../../gen/RemedyView";
import type { Sign } from "../../gen/Sign";
import { text } from "../../text/catalogue";
import { titleOf, type PhaseProps } from "./phase";
import { PhaseHead } from "./PhaseHead";
import { SetupFrame } from "./SetupFrame";
import styles from "./CheckPhase.module.css";

/** What was read and judged. What failed comes first and is open. */
export function CheckPhase({ setup, acting, practice, page }: PhaseProps & { page: CheckPage }) {
  const navigate = useNavigate();
  const [customer, setCustomer] = useState<string | undefined>(undefined);
  const [kind, setKind] = useState<string | null>(null);
  const opened = useCustomer(setup.id, customer).data;
  const own = page.groups.flatMap((group) => group.rows);
  // Those of the opened customer come first: it was opened last.
  const rows = [...checksOf(customer === undefined ? undefined : opened), ...own];
  const [chosen, setChosen] = useState<string | undefined | null>(null);
  const [filter, setFilter] = useState<readonly Sign[]>([]);
  // Until a person opens or closes a row, the first one that needs mending is open.
  const open = chosen === null ? rows.find((row) => row.sign === "fail" && !row.accepted)?.id : chosen;
  const shown = filter.length === 0 ? page.groups : page.groups.filter((group) => filter.includes(group.sign));
  const off = acting.busy || page.running ? text("ui-busy") : (page.blocked ?? undefined);
  // A page that is open is read again when it is left: until then nothing else is opened or read.
  const busy = acting.busy || page.running || page.cards.length > 0;
  const check = rows.find((row) => row.id === open);
  // What was done on a page is seen after a while only, which a practice cloud can be moved over.
  const isWaiting = check?.remedies.some((remedy) => remedy.page !== null && remedy.page.left !== null) === true;
  const phone = practice !== undefined && (page.cards.length > 0 || practice.prompts.length > 0);
  const table = {
    open,
    onOpen: setChosen,
    readOnly: setup.readOnly,
    busy,
    onRemedy: (check: CheckRow, remedy: RemedyView, lane?: number) => {
      const call = remedyCall(setup.id, check.id, remedy, lane ?? null);
      if (call === "answer" || call === "signIn") void navigate(`/setups/${encodeURIComponent(setup.id)}/${call}`);
      else if (call !== undefined) void acting.act(call);
    },
  };
  return (
    <SetupFrame
      setup={setup}
      acting={acting}
      companion={phone ? <PracticeCompanion practice={practice} acting={acting} /> : undefined}
      explanation={
        <CheckExplanation check={check}>
          {practice !== undefined && isWaiting && (
            <PaneSection title={text("ui-practice-clock")}>
              <ClockSteps now={practice.clock} busy={acting.busy} onAdvance={(seconds) => void acting.act({ call: "moveClock", seconds })} />
            </PaneSection>
          )}
        </CheckExplanation>
      }
      footer={
        <>
          <ActionButton icon={<ArrowSyncRegular />} off={busy ? text("ui-busy") : undefined} onClick={() => void acting.act({ call: "check", id: setup.id })}>
            {text("ui-check-again")}
          </ActionButton>
          {!setup.readOnly && <TakeBackAct setup={setup.id} acting={acting} plan={page.takeBack} />}
          {page.summary !== null && <span className="gw-small gw-quiet gw-numbers">{page.summary}</span>}
          <span className={styles.end}>
            {page.blocked !== null && <span className={`gw-small ${styles.reason}`}>{page.blocked}</span>}
            <ActionButton appearance="primary" off={off} reasonShown={page.blocked !== null} onClick={() => void acting.act({ call: "plan", id: setup.id })}>
              {text("ui-check-next")}
            </ActionButton>
          </span>
        </>
      }
    >
      <PhaseHead title={titleOf(setup)} sentence={page.sentence}>
        <CountFilter groups={page.groups} pressed={filter} onToggle={(sign) => setFilter((now) => (now.includes(sign) ? now.filter((each) => each !== sign) : [...now, sign]))} />
      </PhaseHead>
      <Announcer sentence={page.sentence} />
      {page.running && (
        <p className={styles.running} role="status">
          <StateSign state="running" />
          {text("ui-check-running")}
        </p>
      )}
      <NeedsYou setup={setup.id} cards={page.cards} onCall={async (call) => (await acting.act(call)) !== undefined} busy={acting.busy} readOnly={setup.readOnly} />
      {own.length > 0 && <CheckTable {...table} groups={shown} />}
      {page.matrix !== null && (
        <div className={styles.customers}>
          <Matrix
            view={page.matrix}
            filter={kind}
            onFilter={setKind}
            open={customer}
            onOpen={(id) => {
              setCustomer(id);
              setChosen(null);
            }}
            above={
              setup.readOnly ? undefined : (
                <ForAll offers={page.forAll} busy={acting.busy || page.running} onAccept={(offer) => void acting.act({ call: "acceptAll", id: setup.id, checks: offer.checks })} />
              )
            }
            detail={<CustomerChecks {...table} name={page.matrix.rows.find((row) => row.id === customer)?.customer.name ?? ""} view={opened} />}
          />
        </div>
      )}
    </SetupFrame>
  );
}
