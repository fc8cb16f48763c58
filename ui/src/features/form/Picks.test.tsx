import { fireEvent, render, screen, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { FieldView } from "../../gen/FieldView";
import { AnswerForm } from "./AnswerForm";

const option = (value: string, privileged: boolean, warning: string | null = null) => ({ value, label: `Role ${value}`, privileged, warning });

const field: FieldView = {
  chooses: null,
  id: "roles",
  label: "Roles",
  why: "why",
  hint: null,
  kind: {
    kind: "picks",
    options: [option("a", true, "Think twice."), option("b", false)],
    lines: [
      { id: "why", label: "Used for", placeholder: "", optional: false },
      { id: "lost", label: "Lost", placeholder: "", optional: true },
    ],
  },
  value: "",
  placeholder: null,
  optional: false,
  onlyWhen: null,
};

it("asks the lines of what is picked, warns of it, and lets it go", () => {
  const onChange = vi.fn();
  const shown = (answers: Record<string, string>, errors: Record<string, string> = {}) => (
    <AnswerForm formId="f" fields={[field]} answers={answers} errors={errors} readOnly={false} onChange={onChange} onFocus={() => {}} onSubmit={() => {}} />
  );
  const { rerender } = render(shown({ roles: "" }));
  expect(screen.queryByRole("group", { name: "Role a" })).toBeNull();
  fireEvent.click(screen.getByRole("combobox"));
  fireEvent.click(screen.getByRole("option", { name: /Role a/ }));
  expect(onChange).toHaveBeenLastCalledWith("roles", "a");

  rerender(shown({ roles: "a, b", "roles.b.why": "Reads." }, { "roles.b.lost": "Too long." }));
  expect(within(screen.getByRole("group", { name: "Role a" })).getByText("Think twice.")).toBeTruthy();
  const b = within(screen.getByRole("group", { name: "Role b" }));
  expect(b.queryByText("Think twice.")).toBeNull();
  expect((b.getByLabelText("Used for") as HTMLInputElement).value).toBe("Reads.");
  expect(b.getByText("Too long.")).toBeTruthy();
  fireEvent.change(b.getByLabelText("Used for"), { target: { value: "Reads more." } });
  expect(onChange).toHaveBeenLastCalledWith("roles.b.why", "Reads more.");
  fireEvent.click(b.getByRole("button", { name: "Remove Role b" }));
  expect(onChange).toHaveBeenLastCalledWith("roles", "a");
});
