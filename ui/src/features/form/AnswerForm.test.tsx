import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { FieldView } from "../../gen/FieldView";
import { AnswerForm, isAsked } from "./AnswerForm";

const choice = (value: string, privileged: boolean) => ({ value, label: `Role ${value}`, why: `Does ${value}.`, lost: `No ${value}.`, privileged });

const field: FieldView = {
  chooses: null,
  id: "roles",
  label: "Roles",
  why: "why",
  hint: null,
  kind: { kind: "choices", choices: [choice("a", true), choice("b", false), choice("c", false)] },
  value: "",
  placeholder: null,
  optional: true,
  onlyWhen: null,
};

it("asks a field only while the other one has a value that calls for it", () => {
  const asked = { ...field, onlyWhen: { field: "road", values: ["made", "bought"] } };
  expect(isAsked(field, {})).toBe(true);
  expect(isAsked(asked, { road: "bought" })).toBe(true);
  expect(isAsked(asked, { road: "given" })).toBe(false);
  expect(isAsked(asked, {})).toBe(false);
});

it("ticks by itself what may be chosen, and says what is lost without it", () => {
  const onChange = vi.fn();
  const shown = (value: string) => (
    <AnswerForm formId="f" fields={[field]} answers={{ roles: value }} errors={{}} readOnly={false} onChange={onChange} onFocus={() => {}} onSubmit={() => {}} />
  );
  const { rerender } = render(shown("a, b, c"));
  expect(screen.getByRole("group", { name: "Roles" })).toBeTruthy();
  expect(screen.queryByText(/No b/)).toBeNull();
  fireEvent.click(screen.getByRole("checkbox", { name: /Role b/ }));
  expect(onChange).toHaveBeenLastCalledWith("roles", "a, c");

  rerender(shown("a, c"));
  expect(screen.getByText(/No b/)).toBeTruthy();
  expect(screen.queryByText(/No a/)).toBeNull();
  fireEvent.click(screen.getByRole("checkbox", { name: /Role b/ }));
  expect(onChange).toHaveBeenLastCalledWith("roles", "a, b, c");

  rerender(shown(""));
  expect(screen.getAllByRole("checkbox").every((box) => !(box as HTMLInputElement).checked)).toBe(true);
});
