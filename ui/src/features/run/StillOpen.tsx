import { Button } from "@fluentui/react-components";
import { useState } from "react";
import { PartyMark } from "../../design/PartyMark";
import { StateSign } from "../../design/StateSign";
import type { NeedCard } from "../../gen/NeedCard";
import { text } from "../../text/catalogue";
import styles from "./StillOpen.module.css";

export interface StillOpenProps {
  cards: readonly NeedCard[];
  /** The card that is open, by its step. */
  open: string | undefined;
  onOpen: (step: string | undefined) => void;
}

/** So many are listed at first. */
const SHOWN = 5;

/** What still waits for a person, each in a line; one at a time is opened with all that belongs to it. */
export function StillOpen({ cards, open, onOpen }: StillOpenProps) {
  const [all, setAll] = useState(false);
  if (cards.length === 0) return null;
  const left = cards.length - SHOWN;
  return (
    <section className={`gw-card ${styles.card}`} aria-label={text("ui-done-open")}>
      <h2 className="gw-heading">{text("ui-done-open")}</h2>
      <ul className={styles.list}>
        {(all ? cards : cards.slice(0, SHOWN)).map((card) => {
          const isOpen = card.step === open;
          return (
            <li key={card.step} className={styles.row}>
              <StateSign state="needsYou" label={text(`ui-need-${card.kind}`)} />
              <div className={styles.words}>
                <p className="gw-strong">{card.title}</p>
                <p className={styles.place}>
                  <PartyMark kind={card.place.party} size={8} />
                  {card.place.name}
                </p>
              </div>
              <Button size="small" className={styles.act} aria-expanded={isOpen} aria-label={text(isOpen ? "ui-done-open-hide-name" : "ui-done-open-show-name", { name: card.title })} onClick={() => onOpen(isOpen ? undefined : card.step)}>
                {text(isOpen ? "ui-done-open-hide" : "ui-done-open-show")}
              </Button>
            </li>
          );
        })}
      </ul>
      {!all && left > 0 && (
        <button type="button" className={`gw-link ${styles.more}`} onClick={() => setAll(true)}>
          {text("ui-done-open-more", { count: left })}
        </button>
      )}
    </section>
  );
}
