import { FluentProvider } from "@fluentui/react-components";
import { useLayoutEffect, type ReactNode } from "react";
import "@fontsource-variable/inter/opsz.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./base.css";
import { useMedia } from "./media";
import { themes, type Scheme } from "./theme";

/** What the person chose in Settings. */
export type ThemeChoice = "light" | "dark" | "system";

/** Puts the theme around the app. The system's high contrast wins over every choice. */
export function ThemeRoot({ choice, children }: { choice: ThemeChoice; children: ReactNode }) {
  const systemDark = useMedia("(prefers-color-scheme: dark)");
  const forced = useMedia("(forced-colors: active)");
  const moreContrast = useMedia("(prefers-contrast: more)");
  const plain: Scheme = choice === "system" ? (systemDark ? "dark" : "light") : choice;
  const scheme = forced || moreContrast ? "highContrast" : plain;
  // On the page's root, because dialogs and menus are drawn outside the app's own element.
  useLayoutEffect(() => {
    document.documentElement.dataset["scheme"] = scheme;
  }, [scheme]);
  return (
    // Our class stays off the provider itself: Fluent copies the provider's classes onto every portal.
    <FluentProvider theme={themes[scheme]}>
      <div className="gw-root">{children}</div>
    </FluentProvider>
  );
}
