import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { StepRail } from "./StepRail";

test("marks the current step, and only done steps lead back", () => {
  render(
    <StepRail
      doneWord="done"
      steps={[
        { id: "a", name: "Answer", note: "1 customer", state: "done", shown: false, href: "#/a" },
        { id: "b", name: "Sign in", state: "current", shown: true },
        { id: "c", name: "Check", state: "later", shown: false },
      ]}
    />,
  );
  expect(screen.getByRole("link").textContent).toBe("Answer, done");
  const [first, second, third] = screen.getAllByRole("listitem");
  expect(second?.getAttribute("aria-current")).toBe("step");
  expect(first?.hasAttribute("aria-current") || third?.hasAttribute("aria-current")).toBe(false);
});
