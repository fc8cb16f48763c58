import { Button } from "@fluentui/react-components";
import { useId, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { ActionButton } from "../design/ActionButton";
import { Page } from "../design/frame/Page";
import { Pane, PaneSection } from "../design/pane/Pane";
import { Screen } from "../features/app/Screen";
import { useAct, useProfileForm } from "../features/app/api";
import { places } from "../features/app/words";
import { AnswerForm, type Answers } from "../features/form/AnswerForm";
import { errorsOf } from "../features/form/problems";
import { Problem } from "../features/problem/Problem";
import type { ProfileFormView as View } from "../gen/ProfileFormView";
import type { UiProblem } from "../gen/UiProblem";
import { text } from "../text/catalogue";
import styles from "./ProfileFormView.module.css";

/** The form from which a profile of one's own is made. */
export function ProfileFormView() {
  const { template = "" } = useParams();
  const form = useProfileForm(template);
  return form.data === undefined ? (
    <Page title={text("ui-gallery-title")}>
      <Screen query={form}>{() => null}</Screen>
    </Page>
  ) : (
    <Form template={template} view={form.data} />
  );
}

function Form({ template, view }: { template: string; view: View }) {
  const id = useId();
  const navigate = useNavigate();
  const { act, busy, problem } = useAct();
  const [answers, setAnswers] = useState<Answers>(() => Object.fromEntries(view.fields.map((field) => [field.id, field.value])));
  const [problems, setProblems] = useState<readonly UiProblem[]>([]);
  const [focused, setFocused] = useState(view.fields[0]?.id);
  const field = view.fields.find((each) => each.id === focused);
  const submit = async () => {
    if (busy) return;
    const reply = await act({ call: "makeProfile", template, answers: { ...answers } });
    if (reply?.reply !== "form") return;
    setProblems(reply.value.problems);
    if (reply.value.stored) await navigate("/set-up");
  };
  return (
    <Page
      title={view.title}
      sentence={view.sentence}
      foot={
        <div className={styles.foot}>
          {problems.length > 0 && <span role="alert">{text("ui-profile-problems", { count: problems.length })}</span>}
          <Button as="a" href={places.setUp} appearance="subtle">
            {text("ui-profile-back")}
          </Button>
          <ActionButton appearance="primary" form={id} off={busy ? text("ui-busy") : undefined}>
            {view.submit}
          </ActionButton>
        </div>
      }
    >
      <div className={styles.columns}>
        <div className={styles.work}>
          {[...(problem === undefined ? [] : [problem]), ...problems.filter((each) => each.field === null)].map((each) => (
            <Problem key={each.id} problem={each} />
          ))}
          <AnswerForm
            formId={id}
            fields={view.fields}
            answers={answers}
            errors={errorsOf(problems)}
            readOnly={false}
            onChange={(name, value) => {
              setAnswers((now) => ({ ...now, [name]: value }));
              setProblems((now) => now.filter((each) => each.field !== name));
            }}
            onFocus={setFocused}
            onSubmit={() => void submit()}
          />
        </div>
        <aside className={styles.why} aria-label={text("ui-wizard-explanation")}>
          <Pane>
            {field !== undefined && (
              <PaneSection title={field.label}>
                <p>{field.why}</p>
              </PaneSection>
            )}
          </Pane>
        </aside>
      </div>
    </Page>
  );
}
