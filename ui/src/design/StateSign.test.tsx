import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { STATES, StateSign } from "./StateSign";

test("every state of the tokens has a shape of its own", () => {
  const shapes = STATES.map((state) => {
    const { container } = render(<StateSign state={state} />);
    return container.querySelector("svg")?.innerHTML ?? "";
  });
  expect(shapes.every((shape) => shape !== "")).toBe(true);
  expect(new Set(shapes).size).toBe(STATES.length);
});

test("a labelled sign is an image with a name, an unlabelled one is skipped", () => {
  render(<StateSign state="fail" label="Security Defaults: failed" />);
  expect(screen.getByRole("img", { name: "Security Defaults: failed" })).toBeTruthy();
  const { container } = render(<StateSign state="pass" />);
  expect(container.querySelector("svg")?.getAttribute("aria-hidden")).toBe("true");
});
