import { Button, Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import { PartyMark } from "../../design/PartyMark";
import { StateSign, type State } from "../../design/StateSign";
import type { Call } from "../../gen/Call";
import type { NeedAct } from "../../gen/NeedAct";
import type { NeedCard } from "../../gen/NeedCard";
import { text } from "../../text/catalogue";
import { PairingTable } from "../pairing/PairingTable";
import { Lanes } from "../session/Lanes";
import { SessionLine } from "../session/SessionLine";
import { TaskDetails } from "../task/TaskDetails";
import { callOf, laneCall } from "./calls";
import styles from "./NeedsYou.module.css";

export interface NeedsYouProps {
  setup: string;
  cards: readonly NeedCard[];
  /** Does it and tells whether it worked. */
  onCall: (call: Call) => Promise<boolean>;
  busy: boolean;
  readOnly: boolean;
  /** They stand inside something that has a name of its own, and are no places of the page. */
  inside?: boolean;
}

/** Decisions that wait for a person, on top of everything. One filled button each. */
export function NeedsYou({ cards, ...rest }: NeedsYouProps) {
  if (cards.length === 0) return null;
  // A table takes the whole width, and so does a card that would otherwise stand alone in a column below it.
  const narrow = cards.filter((card) => !card.pairing).length;
  const isWide = (card: NeedCard) => card.pairing || narrow === 1;
  // Of two customers that need the same thing, each card says whose it is.
  const isAlone = (card: NeedCard) => cards.filter((each) => each.title === card.title).length === 1;
  return (
    <div className={styles.cards}>
      {cards.map((card) => (
        <Card key={`${card.kind} ${card.step}`} card={card} wide={isWide(card)} name={isAlone(card) ? card.title : `${card.title}, ${card.place.name}`} {...rest} />
      ))}
    </div>
  );
}

function Card({ setup, card, wide, name, onCall, busy, readOnly, inside = false }: Omit<NeedsYouProps, "cards"> & { card: NeedCard; wide: boolean; name: string }) {
  const [prompts, setPrompts] = useState("");
  const [given, setGiven] = useState("");
  const state: State = card.kind === "stopped" ? "fail" : "needsYou";
  const asks = card.acts.some((act) => act.asksPrompts);
  const lacks = (act: NeedAct) => (act.asksPrompts && prompts === "") || (card.asks !== null && act.calls === "finishTask" && given.trim() === "");
  const press = (act: NeedAct) => {
    const call = callOf(setup, card, act.calls, act.asksPrompts && prompts !== "" ? Number(prompts) : null, card.asks === null ? null : given);
    if (call !== undefined) void onCall(call);
  };
  return (
    <section className={styles.card} data-state={state} data-wide={wide || undefined} role={inside ? "group" : undefined} aria-label={name}>
      <StateSign state={state} size={20} label={text(`ui-need-${card.kind}`)} />
      <div className={styles.words}>
        <h2 className={styles.title}>{card.title}</h2>
        <p className={styles.place}>
          <PartyMark kind={card.place.party} />
          <span>{card.place.name}</span>
          {card.place.tenant !== null && <span className="gw-mono">{card.place.tenant}</span>}
        </p>
        <p>{card.sentence}</p>
        {card.problem !== null && (
          <div className={styles.problem}>
            <p className="gw-strong">{card.problem.what}</p>
            {card.problem.why !== null && <p>{card.problem.why}</p>}
            <p>{card.problem.todo}</p>
            <p className="gw-mono">{card.problem.id}</p>
          </div>
        )}
        {card.session !== null && <SessionLine session={card.session} />}
        <TaskDetails card={card} copy={(index) => onCall({ call: "copy", id: setup, step: card.step, index })} />
        {card.pairing && <PairingTable setup={setup} step={card.step} readOnly={readOnly} />}
        {!readOnly && (
          <>
            {card.asks !== null && (
              <Field className={styles.given} size="small" label={card.asks.label} hint={card.asks.hint}>
                <Input className="gw-mono" autoComplete="off" spellCheck={false} placeholder={card.asks.placeholder} value={given} onChange={(_, data) => setGiven(data.value)} />
              </Field>
            )}
            {asks && (
              <label className={styles.prompts}>
                <span>{text("ui-need-prompts")}</span>
                <Input size="small" className={styles.number} inputMode="numeric" value={prompts} onChange={(_, data) => setPrompts(data.value.replace(/\D/g, "").slice(0, 1))} />
              </label>
            )}
            <div className={styles.acts}>
              {card.acts.map((act) => (
                <Button
                  key={`${act.calls} ${act.label}`}
                  size="small"
                  className={styles.act}
                  appearance={act.primary ? "primary" : "subtle"}
                  disabledFocusable={busy || lacks(act)}
                  onClick={() => press(act)}
                >
                  {act.label}
                </Button>
              ))}
              {card.session !== null && (
                <Button size="small" className={styles.act} appearance="subtle" disabledFocusable={busy} onClick={() => void onCall({ call: "stopSession", id: setup })}>
                  {text("ui-session-stop")}
                </Button>
              )}
              <Lanes lanes={card.lanes} busy={busy} onChoose={(lane) => void onCall(laneCall(setup, card, lane))} />
            </div>
          </>
        )}
      </div>
    </section>
  );
}
