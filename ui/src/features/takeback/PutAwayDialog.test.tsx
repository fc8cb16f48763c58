import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { ThemeRoot } from "../../design/ThemeRoot";
import type { PutAwayView } from "../../gen/PutAwayView";
import { PutAwayDialog } from "./PutAwayDialog";

const view: PutAwayView = {
  sentence: "Its sign-in has left Grantway's own permissions.",
  rows: [
    {
      step: "own-consent/1",
      sign: "notStarted",
      signWord: "Not started",
      title: "Grantway's own permissions in Larkspur",
      place: { party: "provider", name: "Larkspur", tenant: null, initials: "L" },
      fate: "can be removed now",
    },
  ],
  remove: "Remove and put away",
  keep: "Leave and put away",
};

function show(shown: PutAwayView) {
  const onPutAway = vi.fn();
  render(
    <ThemeRoot choice="light">
      <PutAwayDialog open view={shown} problem={undefined} busy={false} onClose={() => {}} onPutAway={onPutAway} />
    </ThemeRoot>,
  );
  return { onPutAway, user: userEvent.setup() };
}

test("removing first and leaving are two different answers", async () => {
  const { onPutAway, user } = show(view);
  expect(screen.getByText("can be removed now")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "Leave and put away" }));
  expect(onPutAway).toHaveBeenLastCalledWith(false);
  await user.click(screen.getByRole("button", { name: "Remove and put away" }));
  expect(onPutAway).toHaveBeenLastCalledWith(true);
});

test("what another setup works with is not offered for removal", async () => {
  const { onPutAway, user } = show({ ...view, remove: null });
  expect(screen.queryByRole("button", { name: "Remove and put away" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Leave and put away" }));
  expect(onPutAway).toHaveBeenCalledExactlyOnceWith(false);
});
