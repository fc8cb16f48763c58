import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { ThemeRoot } from "../../design/ThemeRoot";
import { Approval } from "./Approval";

function show(props: Partial<Parameters<typeof Approval>[0]> = {}) {
  const onApprove = vi.fn();
  render(
    <ThemeRoot choice="light">
      <Approval expected="7" prompt="Type 7 to approve 7 changes" act="Approve" busy={false} onApprove={onApprove} {...props} />
    </ThemeRoot>,
  );
  return { onApprove, user: userEvent.setup(), button: screen.getByRole("button", { name: "Approve" }) };
}

test("off until the number fits, and reachable meanwhile", async () => {
  const { onApprove, user, button } = show();
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect((button as HTMLButtonElement).disabled).toBe(false);
  await user.type(screen.getByRole("textbox"), "70{Enter}");
  await user.click(button);
  expect(onApprove).not.toHaveBeenCalled();
  await user.clear(screen.getByRole("textbox"));
  await user.type(screen.getByRole("textbox"), "7");
  await user.click(button);
  expect(onApprove).toHaveBeenCalledExactlyOnceWith("7");
});

test("the word asked for may be a role's name", async () => {
  const { onApprove, user } = show({ expected: "Global Administrator", prompt: "Type Global Administrator to approve" });
  await user.type(screen.getByRole("textbox"), "Global Administrator{Enter}");
  expect(onApprove).toHaveBeenCalledExactlyOnceWith("Global Administrator");
});

test("what blocks or is at it keeps the right number from going out", async () => {
  const blocked = show({ off: "The plan no longer fits" });
  await blocked.user.type(screen.getByRole("textbox"), "7{Enter}");
  expect(blocked.onApprove).not.toHaveBeenCalled();
});
