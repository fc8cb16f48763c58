import { useId, useState } from "react";
import { ActionButton } from "../../design/ActionButton";
import { Pane, PaneSection } from "../../design/pane/Pane";
import { AnswerForm, isAsked, type Answers } from "../../features/form/AnswerForm";
import { errorsOf } from "../../features/form/problems";
import type { AnswerPage } from "../../gen/AnswerPage";
import type { UiProblem } from "../../gen/UiProblem";
import { text } from "../../text/catalogue";
import { Problem } from "../../features/problem/Problem";
import { titleOf, type PhaseProps } from "./phase";
import { PhaseHead } from "./PhaseHead";
import { SetupFrame } from "./SetupFrame";
import styles from "./AnswerPhase.module.css";

/** Questions, with what each is for beside it. */
export function AnswerPhase({ setup, acting, page }: PhaseProps & { page: AnswerPage }) {
  const form = useId();
  const [answers, setAnswers] = useState<Answers>(() => Object.fromEntries(page.fields.map((field) => [field.id, field.value])));
  const [problems, setProblems] = useState<readonly UiProblem[]>([]);
  const [focused, setFocused] = useState(page.fields[0]?.id);
  const field = page.fields.find((each) => each.id === focused);
  const submit = async () => {
    if (acting.busy) return;
    const reply = await acting.act({ call: "answer", id: setup.id, answers: { ...answers } });
    if (reply?.reply !== "form") return;
    setProblems(reply.value.problems);
    const first = reply.value.problems.find((problem) => problem.field !== null);
    if (first !== undefined) setFocused(first.field ?? undefined);
  };
  return (
    <SetupFrame
      setup={setup}
      acting={acting}
      explanation={
        <Pane>
          {field !== undefined && (
            <PaneSection title={field.label}>
              <p>{field.why}</p>
            </PaneSection>
          )}
        </Pane>
      }
      footer={
        <div className={styles.foot}>
          <ActionButton appearance="primary" form={form} off={acting.busy ? text("ui-busy") : undefined}>
            {page.submit}
          </ActionButton>
        </div>
      }
    >
      <PhaseHead title={titleOf(setup)} sentence={page.sentence} />
      {problems
        .filter((problem) => problem.field === null)
        .map((problem) => (
          <Problem key={problem.id} problem={problem} />
        ))}
      <AnswerForm
        formId={form}
        fields={page.fields.filter((each) => isAsked(each, answers))}
        answers={answers}
        errors={errorsOf(problems)}
        readOnly={setup.readOnly}
        onChange={(id, value) => {
          setAnswers((now) => ({ ...now, [id]: value }));
          setProblems((now) => now.filter((problem) => problem.field !== id));
        }}
        onFocus={setFocused}
        onSubmit={() => void submit()}
      />
    </SetupFrame>
  );
}
