import { FluentProvider } from "@fluentui/react-components";
import type { ReactNode } from "react";
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
  return (
    <FluentProvider theme={themes[scheme]} className="gw-root" data-scheme={scheme}>
      {children}
    </FluentProvider>
  );
}
