import { Button } from "@fluentui/react-components";
import { ArrowRightRegular } from "@fluentui/react-icons/svg/arrow-right";
import { Fragment, type ReactNode } from "react";
import { PartyMark } from "../../design/PartyMark";
import { RiskBars } from "../../design/RiskBars";
import type { CardView } from "../../gen/CardView";
import { text } from "../../text/catalogue";
import { riskWord } from "../app/words";
import styles from "./ProfileCard.module.css";

export interface ProfileCardProps {
  card: CardView;
  onSetUp: () => void;
  busy: boolean;
  /** The only card: its button is the filled one. Among several, the one under hand or eye is. */
  only: boolean;
  /** What else can be done with it. */
  more?: ReactNode;
}

/** Who gets what, for how long, and what is left to do by hand. */
export function ProfileCard({ card, onSetUp, busy, only, more }: ProfileCardProps) {
  return (
    <article className={`gw-card ${styles.card}`} aria-label={card.name}>
      <header className={styles.head}>
        <PartyMark kind="vendor" size={34} initials={card.monogram} />
        <div className={styles.names}>
          <h2 className="gw-heading">{card.name}</h2>
          <span className="gw-small gw-quiet">
            {card.pattern}
            {card.own && ` · ${text("ui-gallery-own")}`}
          </span>
        </div>
        <RiskBars risk={card.risk} word={riskWord(card.risk)} />
      </header>
      <p className={styles.flow}>
        {card.flow.map((party, index) => (
          <Fragment key={`${party.party} ${party.name}`}>
            {index > 0 && (
              <>
                <ArrowRightRegular fontSize={18} aria-hidden="true" className={styles.arrow} />
                <span className="gw-hidden">{text("ui-gives-to")}</span>
              </>
            )}
            <span className={styles.party}>
              <PartyMark kind={party.party} size={9} />
              {party.name}
            </span>
          </Fragment>
        ))}
      </p>
      <p className={styles.sentence}>{card.sentence}</p>
      {card.notice !== null && <p className={styles.notice}>{card.notice}</p>}
      <dl className={styles.facts}>
        {card.facts.map((fact) => (
          <Fragment key={fact.label}>
            <dt>{fact.label}</dt>
            <dd>{fact.value}</dd>
          </Fragment>
        ))}
      </dl>
      <footer className={styles.foot}>
        <div className={styles.effort}>
          <span className="gw-strong">{card.byHand}</span>
        </div>
        {more}
        <Button size="small" appearance={only ? "primary" : "secondary"} className={styles.setUp} disabledFocusable={busy} aria-label={text("ui-gallery-set-up-name", { name: card.name })} onClick={onSetUp}>
          {text("ui-gallery-set-up")}
        </Button>
      </footer>
    </article>
  );
}
