import { Button, Combobox, Field, Input, Option } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import { useState } from "react";
import { StateSign } from "../../design/StateSign";
import type { FieldView } from "../../gen/FieldView";
import type { PickLineView } from "../../gen/PickLineView";
import type { PickView } from "../../gen/PickView";
import { text } from "../../text/catalogue";
import { listed, lineOf } from "./picked";
import styles from "./Picks.module.css";

export interface PicksProps {
  field: FieldView;
  options: readonly PickView[];
  lines: readonly PickLineView[];
  answers: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
  readOnly: boolean;
  onChange: (field: string, value: string) => void;
  onFocus: () => void;
}

/** Some of many: found by typing, each with lines of its own below it. */
export function Picks({ field, options, lines, answers, errors, readOnly, onChange, onFocus }: PicksProps) {
  const [sought, setSought] = useState("");
  const picked = listed(answers[field.id] ?? "");
  const words = sought.trim().toLowerCase();
  const left = options.filter((option) => !picked.includes(option.value) && option.label.toLowerCase().includes(words));
  const error = errors[field.id];
  return (
    <fieldset className={styles.picks} onFocus={onFocus}>
      <legend className={styles.legend}>{field.label}</legend>
      {picked.map((value) => {
        const option = options.find((each) => each.value === value);
        const label = option?.label ?? value;
        return (
          <div key={value} role="group" aria-label={label} className={styles.picked}>
            <div className={styles.head}>
              <span className="gw-strong">{label}</span>
              {option?.privileged === true && <span className={styles.mark}>{text("ui-answer-privileged")}</span>}
              {!readOnly && (
                <span className={styles.remove}>
                  <Button
                    size="small"
                    appearance="subtle"
                    icon={<DismissRegular />}
                    aria-label={text("ui-picks-remove", { name: label })}
                    onClick={() => onChange(field.id, picked.filter((each) => each !== value).join(", "))}
                  />
                </span>
              )}
            </div>
            {option?.warning != null && (
              <p className={styles.warning}>
                <StateSign state="warn" size={16} />
                <span>{option.warning}</span>
              </p>
            )}
            {lines.map((line) => {
              const name = lineOf(field.id, value, line.id);
              const wrong = errors[name];
              return (
                <Field
                  key={line.id}
                  label={line.optional ? `${line.label} (${text("ui-answer-optional")})` : line.label}
                  {...(wrong === undefined ? {} : { validationMessage: wrong, validationState: "error" as const })}
                >
                  <Input value={answers[name] ?? ""} placeholder={line.placeholder} readOnly={readOnly} autoComplete="off" onChange={(_, data) => onChange(name, data.value)} />
                </Field>
              );
            })}
          </div>
        );
      })}
      {!readOnly && (
        <Field className={styles.search} {...(error === undefined ? {} : { validationMessage: error, validationState: "error" as const })}>
          <Combobox
            aria-label={`${field.label}: ${text("ui-picks-search")}`}
            placeholder={text("ui-picks-search")}
            value={sought}
            selectedOptions={[]}
            onChange={(event) => setSought(event.target.value)}
            onOpenChange={(_, data) => {
              if (!data.open) setSought("");
            }}
            onOptionSelect={(_, data) => {
              setSought("");
              const value = data.optionValue;
              if (value !== undefined && !picked.includes(value)) onChange(field.id, [...picked, value].join(", "));
            }}
          >
            {left.map((option) => (
              <Option key={option.value} value={option.value} text={option.label}>
                <span className={styles.option}>
                  <span>{option.label}</span>
                  {option.privileged && <span className={styles.mark}>{text("ui-answer-privileged")}</span>}
                </span>
              </Option>
            ))}
            {left.length === 0 && (
              <Option key="none" value="" text="" disabled>
                {text("ui-picks-none")}
              </Option>
            )}
          </Combobox>
        </Field>
      )}
    </fieldset>
  );
}
