import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Phone, type PhoneWords } from "./Phone";

const words: PhoneWords = {
  practice: "Practice", name: "Practice phone", question: "Are you signing in?", app: "App", from: "From", enter: "Enter the number shown",
  yes: "Yes", no: "No, it is not me", erase: "Erase", keypad: "Keypad", yesOff: "Two digits first", idle: "Nothing asks.",
};
const prompt = { id: "p1", account: "dana@larkspur-it.example", app: "Grantway", from: "this computer" };

function show() {
  const onApprove = vi.fn();
  const onDeny = vi.fn();
  render(<Phone time="10:29" prompt={prompt} words={words} onApprove={onApprove} onDeny={onDeny} />);
  return { onApprove, onDeny, user: userEvent.setup() };
}

test("the keypad types by click, and Yes waits for two digits", async () => {
  const { onApprove, user } = show();
  await user.click(screen.getByRole("button", { name: "4" }));
  await user.click(screen.getByRole("button", { name: "Yes" }));
  expect(onApprove).not.toHaveBeenCalled();
  await user.click(screen.getByRole("button", { name: "7" }));
  await user.click(screen.getByRole("button", { name: "Yes" }));
  expect(onApprove).toHaveBeenCalledWith("p1", 47);
});

test("the keyboard types, erases and approves; a third digit is not taken", async () => {
  const { onApprove, user } = show();
  await user.click(screen.getByRole("textbox", { name: "Enter the number shown" }));
  await user.keyboard("5{Backspace}039");
  expect(screen.getByRole<HTMLInputElement>("textbox").value).toBe("03");
  await user.keyboard("{Enter}");
  expect(onApprove).toHaveBeenCalledWith("p1", 3);
});

test("No answers without a number", async () => {
  const { onDeny, user } = show();
  await user.click(screen.getByRole("button", { name: "No, it is not me" }));
  expect(onDeny).toHaveBeenCalledWith("p1");
});

test("without a prompt it says so", () => {
  render(<Phone time="10:29" prompt={undefined} words={words} onApprove={() => {}} onDeny={() => {}} />);
  expect(screen.getByText("Nothing asks.")).toBeTruthy();
  expect(screen.queryByRole("textbox")).toBeNull();
});
