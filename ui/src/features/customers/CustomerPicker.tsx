import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Tab, TabList } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { EmptyState } from "../../design/EmptyState";
import { toggled, type Selection } from "../../design/grid/selection";
import type { CustomersView } from "../../gen/CustomersView";
import { text } from "../../text/catalogue";
import { useCustomers } from "../app/api";
import { asProblem } from "../app/problem";
import { Problem } from "../problem/Problem";
import { domainColumn, nameColumn, profileColumn } from "./columns";
import { Grid } from "./Grid";
import { searched } from "./list";
import { NoMatch } from "./NoMatch";
import { pickedIn, stands, withPicked, type Standing } from "./picked";
import { SearchLine } from "./SearchLine";
import styles from "./Customers.module.css";

export interface CustomerPickerProps {
  /** The profile by which the customers are told apart. */
  profile: string;
  value: string;
  onUse: (value: string) => void;
  onClose: () => void;
}

const TABS: readonly { standing: Standing; word: string }[] = [
  { standing: "all", word: "ui-picker-all" },
  { standing: "notSetUp", word: "ui-picker-not-set-up" },
  { standing: "ready", word: "ui-picker-ready" },
  { standing: "notReady", word: "ui-picker-not-ready" },
  { standing: "done", word: "ui-picker-done" },
];

/** Known customers, to be put into a field. It opens once they are known: a dialog whose content comes later keeps the focus on nothing. */
export function CustomerPicker({ open, ...choice }: CustomerPickerProps & { open: boolean }) {
  const customers = useCustomers(open);
  const shown = open && (customers.data !== undefined || customers.error !== null);
  return (
    <Dialog open={shown} onOpenChange={(_, data) => !data.open && choice.onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{text("ui-picker-title")}</DialogTitle>
          {customers.data !== undefined ? (
            <Choice {...choice} view={customers.data} />
          ) : (
            <>
              <DialogContent>{customers.error !== null && <Problem problem={asProblem(customers.error)} />}</DialogContent>
              <DialogActions>
                <Button onClick={choice.onClose}>{text("ui-close")}</Button>
              </DialogActions>
            </>
          )}
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Choice({ profile, value, onUse, onClose, view }: CustomerPickerProps & { view: CustomersView }) {
  const [query, setQuery] = useState("");
  const [standing, setStanding] = useState<Standing>("all");
  const [picked, setPicked] = useState<Selection>(() => pickedIn(value, view.rows));
  const place = view.columns.findIndex((column) => column.profile === profile);
  const named = useMemo(() => [...view.rows].sort((a, b) => a.name.localeCompare(b.name)), [view.rows]);
  const rows = useMemo(() => searched(named, query).filter((row) => stands(row, place, standing)), [named, query, place, standing]);
  const keys = useMemo(() => rows.map((row) => row.tenant), [rows]);
  const columns = useMemo(() => {
    const column = view.columns[place];
    return [nameColumn, domainColumn, ...(column === undefined ? [] : [{ ...profileColumn(column, place), width: 180 }])].map((each) => ({ ...each, sorts: false }));
  }, [view.columns, place]);
  if (view.rows.length === 0)
    return (
      <>
        <DialogContent>
          <EmptyState drawing="noCustomers" heading={text("ui-picker-empty")} sentence={text("ui-picker-empty-sentence")} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{text("ui-close")}</Button>
        </DialogActions>
      </>
    );
  return (
    <>
      <DialogContent>
        <p className={styles.pickerSentence}>{text("ui-picker-sentence")}</p>
        <div className={styles.picker}>
          <TabList size="small" className={styles.tabs} aria-label={text("ui-picker-tabs")} selectedValue={standing} onTabSelect={(_, data) => setStanding(data.value as Standing)}>
            {TABS.map((tab) => (
              <Tab key={tab.standing} value={tab.standing}>
                {text(tab.word)}
                <span className={`gw-numbers ${styles.count}`}>{text("ui-customers-number", { count: named.filter((row) => stands(row, place, tab.standing)).length })}</span>
              </Tab>
            ))}
          </TabList>
          <SearchLine query={query} onQuery={setQuery} shown={rows.length} all={view.rows.length} />
          {rows.length === 0 ? (
            <NoMatch
              query={query.trim()}
              tab={standing === "all" ? undefined : text(TABS.find((tab) => tab.standing === standing)?.word ?? "")}
              near={undefined}
              onNear={() => {}}
              onClear={() => {
                setQuery("");
                setStanding("all");
              }}
            />
          ) : (
            <Grid
              label={text("ui-picker-title")}
              words={{ select: text("ui-customers-select"), selected: text("ui-customers-is-selected"), notSelected: text("ui-customers-is-not-selected") }}
              rows={rows}
              keys={keys}
              columns={columns}
              nameOf={(row) => row.name}
              selection={picked}
              onSelect={setPicked}
              onOpen={(row) => setPicked((now) => toggled(now, row.tenant))}
            />
          )}
        </div>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{text("ui-cancel")}</Button>
        <Button appearance="primary" onClick={() => onUse(withPicked(value, named, picked))}>
          {text("ui-picker-use", { count: picked.size })}
        </Button>
      </DialogActions>
    </>
  );
}
