import type { UiProblem } from "../../gen/UiProblem";

/** What stands at each field. */
export function errorsOf(problems: readonly UiProblem[]): Record<string, string> {
  return Object.fromEntries(problems.flatMap((problem) => (problem.field === null ? [] : [[problem.field, [problem.what, problem.todo].filter((part) => part !== "").join(" ")]])));
}
