import { Button, Tab, TabList } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { ArrowSyncRegular } from "@fluentui/react-icons/svg/arrow-sync";
import { useCallback, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { ActionButton } from "../design/ActionButton";
import { EmptyState } from "../design/EmptyState";
import { Page } from "../design/frame/Page";
import type { Selection } from "../design/grid/selection";
import { NARROW_MAP, useMedia } from "../design/media";
import { Screen } from "../features/app/Screen";
import { useAct, useCustomers, type Acting } from "../features/app/api";
import { places } from "../features/app/words";
import { columnsOf, told } from "../features/customers/columns";
import { CustomersFoot } from "../features/customers/CustomersFoot";
import { Grid, type Sorting } from "../features/customers/Grid";
import { filtered, nearest, searched, sorted } from "../features/customers/list";
import { NoMatch } from "../features/customers/NoMatch";
import { SearchLine } from "../features/customers/SearchLine";
import { SelectionBar } from "../features/customers/SelectionBar";
import styles from "../features/customers/Customers.module.css";
import { Problem } from "../features/problem/Problem";
import type { CustomerFilter } from "../gen/CustomerFilter";
import type { CustomerRow } from "../gen/CustomerRow";
import type { CustomersView as View } from "../gen/CustomersView";
import { text } from "../text/catalogue";

/** Everybody that the setups know. */
export function CustomersView() {
  const customers = useCustomers();
  const acting = useAct();
  if (customers.data !== undefined && customers.data.rows.length > 0) return <Listed view={customers.data} acting={acting} failure={customers.error} />;
  return (
    <Page title={text("ui-customers-title")}>
      <Screen query={customers}>
        {() => (
          <div className="gw-card">
            <EmptyState
              drawing="noCustomers"
              heading={text("ui-customers-empty")}
              sentence={text("ui-customers-empty-sentence")}
              actions={
                <Button as="a" href={places.setUp} appearance="primary">
                  {text("ui-home-empty-set-up")}
                </Button>
              }
            />
          </div>
        )}
      </Screen>
    </Page>
  );
}

/** Room for the bar that floats over the last rows, in px. */
const BAR = 66;

function Listed({ view, acting, failure }: { view: View; acting: Acting; failure: unknown }) {
  const navigate = useNavigate();
  const narrow = useMedia(NARROW_MAP);
  const [filter, setFilter] = useState<CustomerFilter>("all");
  const [query, setQuery] = useState("");
  const [sorting, setSorting] = useState<Sorting>({ column: "ends", descending: false });
  const [selection, setSelection] = useState<Selection>(new Set());
  const [sight, setSight] = useState<{ first: number; last: number }>({ first: 0, last: 0 });
  const [active, setActive] = useState<{ tenant: string; column: number } | undefined>(undefined);
  const [saved, setSaved] = useState<string | undefined>(undefined);

  const columns = useMemo(() => columnsOf(view.columns, narrow), [view.columns, narrow]);
  const inTab = useMemo(() => filtered(view.rows, filter), [view.rows, filter]);
  const rows = useMemo(() => sorted(searched(inTab, query), sorting, view.columns), [inTab, query, sorting, view.columns]);
  const keys = useMemo(() => rows.map((row) => row.tenant), [rows]);
  // Who is chosen stays chosen out of sight; who is gone does not.
  const chosen = useMemo(() => view.rows.filter((row) => selection.has(row.tenant)), [view.rows, selection]);
  const provable = useMemo(() => view.rows.filter((row) => row.provable).map((row) => row.tenant), [view.rows]);
  const off = acting.busy ? text("ui-busy") : (view.blocked ?? undefined);

  const open = (row: CustomerRow, column: number) => {
    const place = view.columns.findIndex((each) => each.profile === columns[column]?.id);
    void navigate(`/setups/${encodeURIComponent(row.cells[place]?.setup ?? row.setup)}`);
  };
  const setUp = async (profile: string) => {
    const reply = await acting.act({ call: "openFor", profile, customers: chosen.map((row) => row.tenant) });
    if (reply?.reply === "opened") await navigate(`/setups/${encodeURIComponent(reply.value.id)}`);
  };
  const save = async () => {
    const reply = await acting.act({ call: "exportCustomers", customers: keys });
    if (reply?.reply === "saved") setSaved(reply.value.path);
  };
  const onSight = useCallback((first: number, last: number) => setSight({ first, last }), []);
  const onActive = useCallback((row: CustomerRow | undefined, column: number) => setActive(row === undefined ? undefined : { tenant: row.tenant, column }), []);

  return (
    <Page
      flush
      title={text("ui-customers-title")}
      actions={
        <>
          <ActionButton appearance="subtle" icon={<ArrowDownloadRegular />} off={acting.busy ? text("ui-busy") : rows.length === 0 ? text("ui-customers-none-shown") : undefined} onClick={() => void save()}>
            {text("ui-customers-export")}
          </ActionButton>
          <ActionButton icon={<ArrowSyncRegular />} off={off ?? (provable.length === 0 ? text("ui-customers-none-provable") : undefined)} onClick={() => void acting.act({ call: "proveFor", customers: provable })}>
            {text("ui-customers-prove-all")}
          </ActionButton>
          <Button as="a" href={places.setUp} appearance="primary" icon={<AddRegular />}>
            {text("ui-customers-set-up")}
          </Button>
        </>
      }
      foot={<CustomersFoot rows={rows.length} sight={sight} proved={view.proved} reason={reasonOf(view, columns, rows, active)} />}
    >
      {(acting.problem !== undefined || failure != null || saved !== undefined) && (
        <div className={styles.notices}>
          {acting.problem !== undefined && <Problem problem={acting.problem} onDismiss={{ word: text("ui-close"), act: acting.dismiss }} />}
          {saved !== undefined && (
            <p className={styles.saved} role="status">
              {text("ui-done-saved")} <span className="gw-mono">{saved}</span>
            </p>
          )}
        </div>
      )}
      <TabList className={styles.tabs} aria-label={text("ui-customers-tabs")} selectedValue={filter} onTabSelect={(_, data) => setFilter(data.value as CustomerFilter)}>
        {view.tabs.map((tab) => (
          <Tab key={tab.filter} value={tab.filter}>
            {tab.title}
            <span className={`gw-numbers ${styles.count}`}>{text("ui-customers-number", { count: tab.count })}</span>
          </Tab>
        ))}
      </TabList>
      <SearchLine onSlash query={query} onQuery={setQuery} shown={rows.length} all={view.rows.length} />
      <div className={styles.stage}>
        {rows.length === 0 ? (
          <NoMatch
            query={query.trim()}
            tab={filter === "all" ? undefined : view.tabs.find((tab) => tab.filter === filter)?.title}
            near={query.trim() === "" ? undefined : nearest(view.rows, query)}
            onNear={(row) => {
              setFilter("all");
              setQuery(row.name);
            }}
            onClear={() => {
              setFilter("all");
              setQuery("");
            }}
          />
        ) : (
          <Grid
            label={text("ui-customers-title")}
            words={{ select: text("ui-customers-select"), selected: text("ui-customers-is-selected"), notSelected: text("ui-customers-is-not-selected") }}
            rows={rows}
            keys={keys}
            columns={columns}
            nameOf={(row) => row.name}
            selection={selection}
            onSelect={setSelection}
            sorting={sorting}
            onSort={(column) => setSorting((now) => ({ column, descending: now.column === column && !now.descending }))}
            onOpen={open}
            onSight={onSight}
            onActive={onActive}
            onEscape={() => setSelection(new Set())}
            foot={chosen.length > 0 ? BAR : 0}
          />
        )}
        {chosen.length > 0 && (
          <SelectionBar
            chosen={chosen}
            profiles={view.profiles}
            off={off}
            onProve={() => void acting.act({ call: "proveFor", customers: chosen.map((row) => row.tenant) })}
            onSetUp={(profile) => void setUp(profile)}
            onOpen={(row) => open(row, -1)}
            onDeselect={() => setSelection(new Set())}
          />
        )}
      </div>
    </Page>
  );
}

/** Why the customer with the focus stands where it stands: in the column that has the focus, else where it is most urgent. */
function reasonOf(view: View, columns: readonly { id: string }[], rows: readonly CustomerRow[], active: { tenant: string; column: number } | undefined): string | undefined {
  const row = active === undefined ? undefined : rows.find((each) => each.tenant === active.tenant);
  if (active === undefined || row === undefined) return undefined;
  const focused = view.columns.findIndex((each) => each.profile === columns[active.column]?.id);
  const urgent = row.cells.findIndex((cell) => cell?.setup === row.setup);
  const place = focused >= 0 ? focused : urgent;
  const cell = row.cells[place];
  const column = view.columns[place];
  return cell == null || cell.because === null || column === undefined ? undefined : text("ui-customers-reason", { customer: row.name, profile: column.name, told: told(cell) });
}
