import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { ForAllView } from "../../gen/ForAllView";
import { ForAll } from "./ForAll";

const offer = (id: string): ForAllView => ({ id, sign: "warn", sentence: `${id}: open for 3 customers.`, detail: "", act: "Accept for all 3 customers", checks: [`${id}/1`, `${id}/2`, `${id}/3`] });

test("each button says what it accepts for whom, and hands over that alone", async () => {
  const pressed: (readonly string[])[] = [];
  render(<ForAll offers={["audit", "mailbox", "policies"].map(offer)} busy={false} onAccept={(each) => pressed.push(each.checks)} />);
  expect(screen.getAllByRole("listitem")).toHaveLength(2);
  await userEvent.click(screen.getByRole("button", { name: "Show 1 more" }));
  await userEvent.click(screen.getByRole("button", { name: "Accept for all 3 customers: policies: open for 3 customers." }));
  expect(pressed).toEqual([["policies/1", "policies/2", "policies/3"]]);
});

test("nothing is offered where nothing is open for several, and nothing can be pressed while something runs", async () => {
  const { container, rerender } = render(<ForAll offers={[]} busy={false} onAccept={() => {}} />);
  expect(container.innerHTML).toBe("");
  const pressed: unknown[] = [];
  rerender(<ForAll offers={[offer("audit")]} busy onAccept={(each) => pressed.push(each)} />);
  await userEvent.click(screen.getByRole("button"));
  expect(pressed).toEqual([]);
});
