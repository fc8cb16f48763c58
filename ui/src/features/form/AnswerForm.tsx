import { Checkbox, Dropdown, Field, Input, Option, Textarea } from "@fluentui/react-components";
import { PeopleTeamRegular } from "@fluentui/react-icons/svg/people-team";
import { useState } from "react";
import { OpenerButton } from "../../design/OpenerButton";
import type { ChoiceView } from "../../gen/ChoiceView";
import type { FieldView } from "../../gen/FieldView";
import { text } from "../../text/catalogue";
import { CustomerPicker } from "../customers/CustomerPicker";
import styles from "./AnswerForm.module.css";
import { listed } from "./picked";
import { Picks } from "./Picks";

export type Answers = Readonly<Record<string, string>>;

export interface AnswerFormProps {
  formId: string;
  fields: readonly FieldView[];
  answers: Answers;
  /** By field; they come from the app crate, which parses what was typed. */
  errors: Readonly<Record<string, string>>;
  readOnly: boolean;
  onChange: (field: string, value: string) => void;
  onFocus: (field: string) => void;
  onSubmit: () => void;
}

/** Whether a field is asked while these answers stand in the form. */
export function isAsked(field: FieldView, answers: Answers): boolean {
  return field.onlyWhen === null || field.onlyWhen.values.includes(answers[field.onlyWhen.field] ?? "");
}

/** Questions as the app crate describes them. What is right is decided there; here it is only shown. */
export function AnswerForm({ formId, fields, answers, errors, readOnly, onChange, onFocus, onSubmit }: AnswerFormProps) {
  const [choosing, setChoosing] = useState(false);
  const choosable = fields.find((field) => field.chooses !== null);
  return (
    <form
      id={formId}
      className={`gw-card ${styles.form}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {fields.map((field) => {
        const error = errors[field.id];
        if (field.kind.kind === "choices") {
          return (
            <Choices
              key={field.id}
              field={field}
              choices={field.kind.choices}
              value={answers[field.id] ?? ""}
              error={error}
              readOnly={readOnly}
              onChange={(value) => onChange(field.id, value)}
              onFocus={() => onFocus(field.id)}
            />
          );
        }
        if (field.kind.kind === "picks") {
          return (
            <Picks
              key={field.id}
              field={field}
              options={field.kind.options}
              lines={field.kind.lines}
              answers={answers}
              errors={errors}
              readOnly={readOnly}
              onChange={onChange}
              onFocus={() => onFocus(field.id)}
            />
          );
        }
        const asked = (
          <Field
            key={field.id}
            label={field.optional ? `${field.label} (${text("ui-answer-optional")})` : field.label}
            className={field.kind.kind === "sentences" ? styles.choices : styles.field}
            onFocus={() => onFocus(field.id)}
            {...(error === undefined ? {} : { validationMessage: error, validationState: "error" as const })}
            {...(field.hint === null ? {} : { hint: field.hint })}
          >
            <Control field={field} value={answers[field.id] ?? ""} readOnly={readOnly} onChange={(value) => onChange(field.id, value)} />
          </Field>
        );
        if (field !== choosable || readOnly) return asked;
        return (
          <div key={field.id} className={styles.chosen} onFocus={() => onFocus(field.id)}>
            {asked}
            <OpenerButton size="small" icon={<PeopleTeamRegular />} onClick={() => setChoosing(true)}>
              {text("ui-picker-open")}
            </OpenerButton>
          </div>
        );
      })}
      {choosable !== undefined && !readOnly && (
        <CustomerPicker
          open={choosing}
          profile={choosable.chooses ?? ""}
          value={answers[choosable.id] ?? ""}
          onClose={() => setChoosing(false)}
          onUse={(value) => {
            onChange(choosable.id, value);
            setChoosing(false);
          }}
        />
      )}
    </form>
  );
}

interface ChoicesProps {
  field: FieldView;
  choices: readonly ChoiceView[];
  value: string;
  error: string | undefined;
  readOnly: boolean;
  onChange: (value: string) => void;
  onFocus: () => void;
}

/** Any of several, each by its own tick. What is not ticked says what is lost without it. */
function Choices({ field, choices, value, error, readOnly, onChange, onFocus }: ChoicesProps) {
  const ticked = new Set(listed(value));
  const tick = (choice: string, on: boolean) => {
    const kept = choices.map((each) => each.value).filter((each) => (each === choice ? on : ticked.has(each)));
    onChange(kept.join(", "));
  };
  return (
    <fieldset className={styles.choices} onFocus={onFocus}>
      <legend className={styles.legend}>{field.label}</legend>
      {choices.map((choice) => {
        const on = ticked.has(choice.value);
        return (
          <Checkbox
            key={choice.value}
            className={styles.choice}
            checked={on}
            disabled={readOnly}
            onChange={(_, data) => tick(choice.value, data.checked === true)}
            label={
              <span className={styles.words}>
                <span>
                  <span className="gw-strong">{choice.label}</span>
                  {choice.privileged && <span className={styles.mark}>{text("ui-answer-privileged")}</span>}
                </span>
                <span className={styles.why}>{choice.why}</span>
                {!on && (
                  <span className={styles.lost}>
                    {text("ui-answer-lost")} {choice.lost}
                  </span>
                )}
              </span>
            }
          />
        );
      })}
      {error !== undefined && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function Control({ field, value, readOnly, onChange, ...rest }: { field: FieldView; value: string; readOnly: boolean; onChange: (value: string) => void }) {
  const placeholder = field.placeholder ?? undefined;
  if (field.kind.kind === "choice") {
    const options = field.kind.options;
    const chosen = options.find(([option]) => option === value);
    return (
      <Dropdown {...rest} placeholder={placeholder} disabled={readOnly} value={chosen?.[1] ?? ""} selectedOptions={chosen === undefined ? [] : [value]} onOptionSelect={(_, data) => onChange(data.optionValue ?? "")}>
        {options.map(([option, label]) => (
          <Option key={option} value={option}>
            {label}
          </Option>
        ))}
      </Dropdown>
    );
  }
  if (field.kind.kind === "sentences") {
    const rows = Math.max(3, value.split("\n").length);
    return <Textarea {...rest} placeholder={placeholder} readOnly={readOnly} value={value} rows={Math.min(rows, 10)} resize="vertical" autoComplete="off" onChange={(_, data) => onChange(data.value)} />;
  }
  if (field.kind.kind === "lines") {
    return (
      <Textarea
        {...rest}
        placeholder={placeholder}
        readOnly={readOnly}
        value={value}
        rows={value.length > 60 ? 4 : 1}
        resize="vertical"
        autoComplete="off"
        spellCheck={false}
        onChange={(_, data) => onChange(data.value)}
        onKeyDown={(event) => {
          // As in a field of one line. A list is pasted, and Shift+Enter begins a line.
          if (event.key !== "Enter" || event.shiftKey) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
      />
    );
  }
  return <Input {...rest} placeholder={placeholder} readOnly={readOnly} value={value} autoComplete="off" spellCheck={false} onChange={(_, data) => onChange(data.value)} />;
}
