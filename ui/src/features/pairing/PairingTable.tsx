import { Button, Tab, TabList } from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { useMemo, useState } from "react";
import { ActionButton } from "../../design/ActionButton";
import type { Selection } from "../../design/grid/selection";
import { NARROW_MAP, useMedia } from "../../design/media";
import type { PairChoice } from "../../gen/PairChoice";
import type { PairFilter } from "../../gen/PairFilter";
import type { PairingView } from "../../gen/PairingView";
import { text } from "../../text/catalogue";
import { useAct, usePairing, type Acting } from "../app/api";
import { asProblem } from "../app/problem";
import { Grid } from "../customers/Grid";
import { SearchLine } from "../customers/SearchLine";
import { Problem } from "../problem/Problem";
import { columnsOf, nameOf } from "./columns";
import { PairEditor } from "./PairEditor";
import { PairList } from "./PairList";
import { proposalsOf, shown } from "./rows";
import styles from "./Pairing.module.css";

export interface PairingTableProps {
  setup: string;
  step: string;
  readOnly: boolean;
}

/** Tenants beside their names in another portal: proposed, changed, confirmed. */
export function PairingTable({ setup, step, readOnly }: PairingTableProps) {
  const pairing = usePairing(setup, step);
  const acting = useAct();
  if (pairing.data === undefined) return pairing.error == null ? null : <Problem problem={asProblem(pairing.error)} />;
  return <Pairs setup={setup} view={pairing.data} acting={acting} changeable={pairing.data.changeable && !readOnly} />;
}

function Pairs({ setup, view, acting, changeable }: { setup: string; view: PairingView; acting: Acting; changeable: boolean }) {
  const { step } = view;
  const narrow = useMedia(NARROW_MAP);
  const [filter, setFilter] = useState<PairFilter>("all");
  const [query, setQuery] = useState("");
  const [selection, setSelection] = useState<Selection>(new Set());
  const [edited, setEdited] = useState<string | undefined>(undefined);
  const [saved, setSaved] = useState<string | undefined>(undefined);
  const columns = useMemo(() => columnsOf(view.other, narrow), [view.other, narrow]);
  const rows = useMemo(() => shown(view.rows, filter, query), [view.rows, filter, query]);
  const keys = useMemo(() => rows.map((row) => row.tenant), [rows]);
  const chosen = proposalsOf(view.rows, selection);
  const editing = changeable ? view.rows.find((row) => row.tenant === edited) : undefined;
  const busy = acting.busy;
  const pair = async (pairs: PairChoice[]) => {
    const done = await acting.act({ call: "pair", id: setup, step, pairs });
    if (done === undefined) return;
    setEdited(undefined);
    setSelection(new Set());
  };
  const save = async () => {
    const reply = await acting.act({ call: "exportPairs", id: setup, step, tenants: keys });
    if (reply?.reply === "saved") setSaved(reply.value.path);
  };
  return (
    <div className={styles.pairing} role="group" aria-label={view.title}>
      {acting.problem !== undefined && <Problem problem={acting.problem} onDismiss={{ word: text("ui-close"), act: acting.dismiss }} />}
      {changeable && <PairList setup={setup} step={step} list={view.list} busy={busy} act={acting.act} />}
      <p className={styles.sentence} role="status">
        {view.sentence}
      </p>
      {view.unused.length > 0 && (
        <details className={styles.unused}>
          <summary>{text("ui-pairs-unused", { count: view.unused.length })}</summary>
          <p>{view.unused.join(" · ")}</p>
        </details>
      )}
      <div className={styles.acts}>
        {changeable && view.sure.length > 0 && (
          <Button size="small" appearance="primary" disabledFocusable={busy} onClick={() => void pair(view.sure)}>
            {view.sureLabel}
          </Button>
        )}
        {changeable && chosen.length > 0 && (
          <Button size="small" disabledFocusable={busy} onClick={() => void pair(chosen)}>
            {text("ui-pairs-take-chosen", { count: chosen.length })}
          </Button>
        )}
        <ActionButton size="small" appearance="subtle" icon={<ArrowDownloadRegular />} off={busy ? text("ui-busy") : rows.length === 0 ? text("ui-pairs-none-shown") : undefined} onClick={() => void save()}>
          {text("ui-customers-export")}
        </ActionButton>
      </div>
      {saved !== undefined && (
        <p className={styles.saved} role="status">
          {text("ui-done-saved")} <span className="gw-mono">{saved}</span>
        </p>
      )}
      {editing !== undefined && (
        <PairEditor key={editing.tenant} row={editing} other={view.other} free={view.free} busy={busy} onPair={(name) => void pair([{ tenant: editing.tenant, name }])} onClose={() => setEdited(undefined)} />
      )}
      <div className={styles.table} style={{ height: heightOf(view.rows.length) }}>
        <TabList size="small" className={styles.tabs} aria-label={text("ui-pairs-tabs")} selectedValue={filter} onTabSelect={(_, data) => setFilter(data.value as PairFilter)}>
          {view.tabs.map((tab) => (
            <Tab key={tab.filter} value={tab.filter}>
              {tab.title}
              <span className={`gw-numbers ${styles.count}`}>{text("ui-customers-number", { count: tab.count })}</span>
            </Tab>
          ))}
        </TabList>
        <SearchLine query={query} onQuery={setQuery} shown={rows.length} all={view.rows.length} />
        {rows.length === 0 ? (
          <p className={styles.nobody}>{text("ui-pairs-none-shown")}</p>
        ) : (
          <Grid
            label={view.title}
            words={{ select: text("ui-pairs-select"), selected: text("ui-customers-is-selected"), notSelected: text("ui-customers-is-not-selected") }}
            rows={rows}
            keys={keys}
            columns={columns}
            nameOf={nameOf}
            selection={selection}
            onSelect={setSelection}
            onOpen={(row) => setEdited(row.tenant)}
          />
        )}
      </div>
      {changeable && view.confirm !== null && <Confirm setup={setup} step={step} confirm={view.confirm} acting={acting} />}
    </div>
  );
}

function Confirm({ setup, step, confirm, acting }: { setup: string; step: string; confirm: NonNullable<PairingView["confirm"]>; acting: Acting }) {
  const off = acting.busy ? text("ui-busy") : (confirm.blocked ?? undefined);
  return (
    <div className={styles.acts}>
      <ActionButton size="small" appearance="primary" off={off} reasonShown={confirm.blocked !== null} onClick={() => void acting.act({ call: "confirmPairs", id: setup, step, shown: confirm.shown })}>
        {confirm.label}
      </ActionButton>
      {confirm.blocked !== null && <span className="gw-second">{confirm.blocked}</span>}
    </div>
  );
}

/** Few tenants leave no empty table behind, many scroll inside it. */
function heightOf(rows: number): number {
  const around = 128;
  return around + Math.min(Math.max(rows, 2), 12) * 28;
}
