import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { Words } from "./Words";

test("long names break at their joints", () => {
  const { container } = render(<Words>Made: Account huntressplatform@larkspur-it.example</Words>);
  expect(container.innerHTML).toBe("Made: Account huntressplatform@<wbr>larkspur-<wbr>it.<wbr>example");
});

test("short words stay whole, and nothing of the text is lost", () => {
  const { container } = render(<Words>{"a.b  and dana@it.example"}</Words>);
  expect(container.innerHTML).toBe("a.b  and dana@it.example");
});
