import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { writeToClipboard } from "./clipboard";
import { CopyValue } from "./CopyValue";

const row = <ul><CopyValue number={1} name="Name" shown="MXDR-1" copyWord="Copy" copiedWord="Copied" copy={() => writeToClipboard("MXDR-1")} /></ul>;

test("one click copies, and the label stays Copied", async () => {
  const user = userEvent.setup();
  render(row);
  await user.click(screen.getByRole("button", { name: "Copy: Name" }));
  expect(await navigator.clipboard.readText()).toBe("MXDR-1");
  expect(screen.getByRole("button", { name: "Copied: Name" })).toBeTruthy();
});

test("a refused clipboard is not called copied", async () => {
  const user = userEvent.setup();
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("refused"));
  document.execCommand = () => false;
  render(row);
  await user.click(screen.getByRole("button", { name: "Copy: Name" }));
  expect(screen.getByRole("button", { name: "Copy: Name" })).toBeTruthy();
});
