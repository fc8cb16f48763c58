import { Button } from "@fluentui/react-components";
import { useState } from "react";
import { StateSign } from "../../design/StateSign";
import type { ForAllView } from "../../gen/ForAllView";
import { text } from "../../text/catalogue";
import styles from "./ForAll.module.css";

/** So many stand above the customers; the others are shown when they are asked for. */
const SHOWN = 2;

/** What can be accepted for several customers at once, one button each. */
export function ForAll({ offers, busy, onAccept }: { offers: readonly ForAllView[]; busy: boolean; onAccept: (offer: ForAllView) => void }) {
  const [all, setAll] = useState(false);
  if (offers.length === 0) return null;
  const left = offers.length - SHOWN;
  return (
    <div className={`gw-card ${styles.card}`}>
      <ul className={styles.list} aria-label={text("ui-for-all")}>
        {(all ? offers : offers.slice(0, SHOWN)).map((offer) => (
          <li key={offer.id} className={styles.offer}>
            <StateSign state={offer.sign} />
            <span className={styles.words}>
              <span>{offer.sentence}</span>
              <span className="gw-quiet">{offer.detail}</span>
            </span>
            <Button size="small" className={styles.act} disabledFocusable={busy} aria-label={`${offer.act}: ${offer.sentence}`} onClick={() => onAccept(offer)}>
              {offer.act}
            </Button>
          </li>
        ))}
      </ul>
      {!all && left > 0 && (
        <button type="button" className={`gw-link ${styles.more}`} onClick={() => setAll(true)}>
          {text("ui-for-all-more", { count: left })}
        </button>
      )}
    </div>
  );
}
