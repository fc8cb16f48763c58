import { Button } from "@fluentui/react-components";
import { useLayoutEffect, useRef, useState } from "react";
import { PartyMark } from "../PartyMark";
import { RiskBars } from "../RiskBars";
import styles from "./GrantMap.module.css";
import { GrantList, type GrantListWords } from "./GrantList";
import { layoutGrantMap, type PlacedGrant } from "./layout";
import type { GrantMapModel } from "./model";

export interface GrantMapWords extends GrantListWords {
  title: string;
  hint: string;
  asList: string;
  asMap: string;
}

export interface GrantMapProps {
  model: GrantMapModel;
  /** The selected row of the table; its object and arrows are drawn thick. */
  selected: string | undefined;
  onSelect: (row: string) => void;
  words: GrantMapWords;
}

const NOMINAL = { width: 374, height: 516 };

/**
 * Both tenants with an arrow for each grant. The drawing is for eyes and pointer; the list twin carries the same grants for
 * the keyboard and for readers, and takes the drawing's place on request.
 */
export function GrantMap({ model, selected, onSelect, words }: GrantMapProps) {
  const [asList, setAsList] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(NOMINAL);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const measure = () => {
      if (element.clientWidth > 0) setSize({ width: element.clientWidth, height: element.clientHeight });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [asList]);

  return (
    <section className={`gw-card ${styles.card}`} aria-label={words.title}>
      <header className={styles.head}>
        <h2 className="gw-heading">{words.title}</h2>
        <span className={`gw-small gw-quiet ${styles.hint}`}>{words.hint}</span>
        <Button size="small" appearance="subtle" className={styles.toggle} onClick={() => setAsList(!asList)}>
          {asList ? words.asMap : words.asList}
        </Button>
      </header>
      {asList ? (
        <div className={styles.list}>
          <GrantList model={model} words={words} selected={selected} onSelect={onSelect} />
        </div>
      ) : (
        <>
          <div className="gw-hidden">
            <GrantList model={model} words={words} selected={selected} />
          </div>
          <div ref={place} className={styles.place} aria-hidden="true">
            <Drawing model={model} width={size.width} height={size.height} selected={selected} onSelect={onSelect} />
          </div>
        </>
      )}
    </section>
  );
}

function Drawing({ model, width, height, selected, onSelect }: Omit<GrantMapProps, "words"> & { width: number; height: number }) {
  const layout = layoutGrantMap(model, width, height);
  const thick = (rows: readonly string[]) => selected !== undefined && rows.includes(selected);
  const choose = (rows: readonly string[]) => {
    const [first] = rows;
    if (first !== undefined) onSelect(first);
  };
  // Selected lines last, so that they lie above the others where they share a trunk.
  const lines = [...layout.grants].sort((a, b) => Number(thick(a.grant.rows)) - Number(thick(b.grant.rows)));
  return (
    <div className={styles.drawing} style={{ height: layout.height }}>
      {layout.parties.map(({ party, ...box }) => (
        <div key={party.id} className={styles.party} data-kind={party.kind} data-temporary={party.temporary === true} style={{ left: box.x, top: box.y, width: box.width, height: box.height }}>
          {party.kind === "customer" ? (
            <>
              <Dots count={party.count ?? 1} hollow={party.temporary === true} />
              <span className={styles.partyName}>{party.name}</span>
              <span className={styles.partyNote}>{party.note}</span>
            </>
          ) : (
            <>
              <PartyMark kind={party.kind} initials={party.initials} size={party.kind === "vendor" ? 30 : 22} />
              <span className={styles.partyWords}>
                <span className={styles.partyName}>{party.name}</span>
                {party.note !== undefined && <span className={styles.partyNote}>{party.note}</span>}
              </span>
            </>
          )}
        </div>
      ))}
      <svg className={styles.lines} width={layout.width} height={layout.height}>
        {lines.map((line) => (
          <Line key={line.grant.id} line={line} thick={thick(line.grant.rows)} />
        ))}
      </svg>
      {layout.objects.map(({ object, ...box }) => (
        <div
          key={object.id}
          className={styles.object}
          data-temporary={object.temporary === true}
          data-thick={thick(object.rows)}
          data-selectable={object.rows.length > 0}
          style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
          onClick={() => choose(object.rows)}
        >
          <span className={styles.objectName}>{object.name}</span>
          <span className={styles.objectNote}>{object.note}</span>
          {object.risk !== undefined && <RiskBars risk={object.risk.risk} word={object.risk.word} />}
        </div>
      ))}
      {layout.grants.map((line) => (
        <Label key={line.grant.id} line={line} onChoose={() => choose(line.grant.rows)} />
      ))}
    </div>
  );
}

function Line({ line, thick }: { line: PlacedGrant; thick: boolean }) {
  const { head, grant } = line;
  return (
    <g className={styles.line} data-thick={thick} data-temporary={grant.temporary === true || line.headless} data-tie={line.headless}>
      <path d={line.path} />
      {head !== undefined && <path className={styles.arrow} d={arrowHead(head, thick ? 7 : 6)} />}
    </g>
  );
}

function arrowHead({ x, y, direction }: NonNullable<PlacedGrant["head"]>, reach: number): string {
  switch (direction) {
    case "up":
      return `M${x - reach} ${y + reach + 1}L${x} ${y}L${x + reach} ${y + reach + 1}`;
    case "down":
      return `M${x - reach} ${y - reach - 1}L${x} ${y}L${x + reach} ${y - reach - 1}`;
    case "left":
      return `M${x + reach + 1} ${y - reach}L${x} ${y}L${x + reach + 1} ${y + reach}`;
    case "right":
      return `M${x - reach - 1} ${y - reach}L${x} ${y}L${x - reach - 1} ${y + reach}`;
  }
}

function Label({ line, onChoose }: { line: PlacedGrant; onChoose: () => void }) {
  const { label, grant } = line;
  if (label === undefined || grant.label === undefined) return null;
  const position = label.side === "left" ? { right: `calc(100% - ${label.x}px)`, top: label.y, maxWidth: label.width } : { left: label.x, top: label.y, maxWidth: label.width };
  return (
    <div className={styles.label} data-side={label.side} data-selectable={grant.rows.length > 0} style={position} onClick={onChoose}>
      <span className={styles.labelName}>{grant.label}</span>
      {grant.until !== undefined && <span className={styles.labelUntil}>{grant.until}</span>}
      {grant.risk !== undefined && <RiskBars risk={grant.risk.risk} word={grant.risk.word} />}
    </div>
  );
}

function Dots({ count, hollow }: { count: number; hollow: boolean }) {
  if (count > 12) return <span className={styles.bigCount}>{count}</span>;
  return (
    <span className={styles.dots}>
      {Array.from({ length: count }, (_, index) => (
        <span key={index} className={styles.dot} data-hollow={hollow} />
      ))}
    </span>
  );
}
