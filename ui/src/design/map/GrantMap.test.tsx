import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { ThemeRoot } from "../ThemeRoot";
import { GrantMap } from "./GrantMap";
import { story } from "./story";

const words = {
  title: "Grant map", hint: "Arrows run from giver to receiver", asList: "As a list", asMap: "As a map", listLabel: "Grants",
  giver: "Giver", receiver: "Receiver", what: "What", until: "Until", noUntil: "–", belongs: "belongs to",
};

test("a reader hears each grant once, and the list can be operated by keyboard", async () => {
  const user = userEvent.setup();
  const onSelect = vi.fn();
  render(<ThemeRoot choice="light"><GrantMap model={story} selected={undefined} onSelect={onSelect} words={words} /></ThemeRoot>);
  const twin = screen.getByRole("table", { name: "Grants" });
  expect(within(twin).getAllByRole("row")).toHaveLength(story.grants.length + 1);
  await user.click(screen.getByRole("button", { name: "As a list" }));
  await user.click(screen.getByRole("button", { name: "Consent, 9 permissions" }));
  expect(onSelect).toHaveBeenCalledWith("r6");
});

test("the selected row is thick in the drawing, and a click on an object selects its row", async () => {
  const user = userEvent.setup();
  const onSelect = vi.fn();
  const { container } = render(<ThemeRoot choice="light"><GrantMap model={story} selected="r4" onSelect={onSelect} words={words} /></ThemeRoot>);
  expect(container.querySelectorAll('g[data-thick="true"]')).toHaveLength(2);
  await user.click(within(container.querySelector('[aria-hidden="true"] > div') as HTMLElement).getByText("new group"));
  expect(onSelect).toHaveBeenCalledWith("r1");
});
