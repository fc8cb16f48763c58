import { BackspaceRegular } from "@fluentui/react-icons/svg/backspace";
import { ShieldKeyholeRegular } from "@fluentui/react-icons/svg/shield-keyhole";
import { useState, type KeyboardEvent } from "react";
import styles from "./Phone.module.css";

/** A sign-in that asks the phone. */
export interface PhonePrompt {
  id: string;
  /** The account that signs in. */
  account: string;
  app: string;
  from: string;
}

/** Every word on the phone, from the catalogue. */
export interface PhoneWords {
  practice: string;
  name: string;
  question: string;
  app: string;
  from: string;
  enter: string;
  yes: string;
  no: string;
  erase: string;
  keypad: string;
  /** Why Yes is off while the number is short. */
  yesOff: string;
  idle: string;
}

export interface PhoneProps {
  /** The practice clock, as the status bar shows it. */
  time: string;
  prompt: PhonePrompt | undefined;
  words: PhoneWords;
  onApprove: (id: string, number: number) => void;
  onDeny: (id: string) => void;
}

/** Sign-in pages show numbers of two digits. */
const DIGITS = 2;

/** The pretend authenticator. It never knows the number: a person reads it on the page and types it here. */
export function Phone({ time, prompt, words, onApprove, onDeny }: PhoneProps) {
  return (
    <section className={styles.phone} aria-label={words.name}>
      <div className={styles.status}>
        <span className="gw-numbers">{time}</span>
        <span className={styles.island} aria-hidden="true" />
        <span className={styles.practice}>{words.practice}</span>
      </div>
      <p className={styles.name}>
        <ShieldKeyholeRegular fontSize={20} aria-hidden="true" />
        {words.name}
      </p>
      {prompt === undefined ? (
        <p className={styles.idle}>{words.idle}</p>
      ) : (
        // A new prompt starts with an empty field.
        <Question key={prompt.id} prompt={prompt} words={words} onApprove={onApprove} onDeny={onDeny} />
      )}
    </section>
  );
}

function Question({ prompt, words, onApprove, onDeny }: Required<Pick<PhoneProps, "words" | "onApprove" | "onDeny">> & { prompt: PhonePrompt }) {
  const [typed, setTyped] = useState("");
  const ready = typed.length === DIGITS;
  const add = (digit: string) => setTyped((now) => (now.length < DIGITS ? now + digit : now));
  const erase = () => setTyped((now) => now.slice(0, -1));
  const approve = () => {
    if (ready) onApprove(prompt.id, Number(typed));
  };
  const onKey = (event: KeyboardEvent) => {
    if (/^[0-9]$/.test(event.key)) add(event.key);
    else if (event.key === "Backspace") erase();
    else if (event.key === "Enter" && (event.target as HTMLElement).dataset["entry"] !== undefined) approve();
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.question} onKeyDown={onKey}>
      <h3 className={styles.ask}>{words.question}</h3>
      <p className={styles.account}>{prompt.account}</p>
      <dl className={styles.facts}>
        <dt>{words.app}</dt>
        <dd>{prompt.app}</dd>
        <dt>{words.from}</dt>
        <dd>{prompt.from}</dd>
      </dl>
      <label className={styles.label} id={`enter-${prompt.id}`}>
        {words.enter}
      </label>
      <input
        className={styles.entry}
        data-entry=""
        aria-labelledby={`enter-${prompt.id}`}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value.replace(/\D/g, "").slice(0, DIGITS))}
      />
      <div className={styles.keys} role="group" aria-label={words.keypad}>
        {["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"].map((digit) => (
          <button key={digit} type="button" className={styles.key} data-digit={digit} onClick={() => add(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" className={styles.key} aria-label={words.erase} onClick={erase}>
          <BackspaceRegular fontSize={20} aria-hidden="true" />
        </button>
      </div>
      <div className={styles.answers}>
        <button type="button" className={styles.no} onClick={() => onDeny(prompt.id)}>
          {words.no}
        </button>
        <button type="button" className={styles.yes} aria-disabled={!ready} aria-describedby={ready ? undefined : `off-${prompt.id}`} onClick={approve}>
          {words.yes}
        </button>
        <span hidden id={`off-${prompt.id}`}>
          {words.yesOff}
        </span>
      </div>
    </div>
  );
}
