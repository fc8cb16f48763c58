import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { PlaceRows } from "../../gen/PlaceRows";
import type { Sign } from "../../gen/Sign";
import { PlaceStrip } from "./PlaceStrip";

const step = (step: string, sign: Sign, title: string) => ({ step, sign, signWord: sign, title, note: null });

const place: PlaceRows = {
  place: { party: "provider", name: "Larkspur Managed IT", tenant: null, initials: "LM" },
  summary: "",
  rows: [
    step("group", "pass", "Group"),
    step("account", "alreadyRight", "Account"),
    step("role", "notStarted", "Role"),
    step("late", "notStarted", "Late"),
    step("wait", "wait", "Wait"),
    step("consent", "needsYou", "Consent"),
  ],
};

test("the line counts what is done, names what needs a person first, and counts the rest", () => {
  render(<PlaceStrip place={place} />);
  const line = screen.getByRole("button");
  expect(line.textContent).toBe("Larkspur Managed IT2 steps doneConsentWaitRoleand 1 more");
});

test("it opens to all steps in the order of the plan", async () => {
  render(<PlaceStrip place={place} />);
  expect(screen.queryByRole("table")).toBeNull();
  await userEvent.click(screen.getByRole("button"));
  const rows = screen.getByRole("table", { name: "Steps of Larkspur Managed IT" }).querySelectorAll("tbody tr");
  expect([...rows].map((row) => row.children[1]?.textContent)).toEqual(["Group", "Account", "Role", "Late", "Wait", "Consent"]);
});
