import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { useRegionKeys } from "./regions";

function Places() {
  useRegionKeys();
  return (
    <>
      <nav data-region="nav" tabIndex={-1} aria-label="Places"><button>one</button></nav>
      <main data-region="work" tabIndex={-1}><button>two</button></main>
      <footer data-region="footer" tabIndex={-1}>three</footer>
    </>
  );
}

test("F6 goes round the regions, with Shift backwards", async () => {
  const user = userEvent.setup();
  render(<Places />);
  await user.keyboard("{F6}");
  expect(document.activeElement).toBe(screen.getByRole("navigation"));
  await user.click(screen.getByText("two"));
  await user.keyboard("{F6}");
  expect(document.activeElement).toBe(screen.getByRole("contentinfo"));
  await user.keyboard("{F6}");
  expect(document.activeElement).toBe(screen.getByRole("navigation"));
  await user.keyboard("{Shift>}{F6}{/Shift}");
  expect(document.activeElement).toBe(screen.getByRole("contentinfo"));
});
