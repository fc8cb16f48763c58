/**
 * Fluent's themes with our brand ramp, overrides and own tokens (`gw…`), all from tokens.json. FluentProvider turns each key
 * into a custom property of the same name, so style sheets say `var(--gwCanvas)`.
 */
import {
  createDarkTheme,
  createLightTheme,
  teamsHighContrastTheme,
  type BrandVariants,
  type Theme,
} from "@fluentui/react-components";
import tokens from "./tokens.json";

export type Scheme = "light" | "dark" | "highContrast";

const brand = Object.fromEntries(
  Object.entries(tokens.brand).map(([step, colour]) => [Number(step), colour]),
) as unknown as BrandVariants;

type Paint = Record<string, string>;

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** `status.pass.light.fg` becomes `gwPassFg`; the same for parties, neutrals and the brand's uses. */
function ownTokens(scheme: "light" | "dark"): Paint {
  const paint: Paint = {};
  const spread = (prefix: string, values: Record<string, string>) => {
    for (const [key, colour] of Object.entries(values)) paint[`gw${prefix}${capital(key)}`] = colour;
  };
  for (const [state, sign] of Object.entries(tokens.status)) spread(capital(state), sign[scheme]);
  for (const [party, mark] of Object.entries(tokens.party)) spread(capital(party), mark[scheme]);
  for (const [level, risk] of Object.entries(tokens.risk)) paint[`gwRisk${capital(level)}`] = risk[scheme];
  spread("", tokens.neutral[scheme]);
  spread("Brand", tokens.brandUse[scheme]);
  spread("Practice", tokens.practice[scheme]);
  paint["gwPracticeTape"] = tokens.practice.tape;
  paint["gwPracticeInk"] = tokens.practice.ink;
  paint["gwMarkInk"] = scheme === "light" ? "#ffffff" : tokens.neutral.dark.canvas;
  paint["gwBarRest"] = scheme === "light" ? tokens.neutral.light.stroke : tokens.neutral.dark.stroke;
  paint["gwShadowCard"] = tokens.shadow.card[scheme];
  paint["gwShadowFloating"] = tokens.shadow.floating[scheme];
  return paint;
}

/** System colours: a fill becomes an outline, the hatch a double border (see the style sheets' forced-colors rules). */
function systemTokens(): Paint {
  const paint = ownTokens("dark");
  for (const key of Object.keys(paint)) {
    if (/(Bg|Background|Canvas|Surface|Sunken|Raised|Soft|Band|MarkInk)$/.test(key)) paint[key] = "Canvas";
    else if (/Shadow/.test(key)) paint[key] = "none";
    else if (/(Disabled)$/.test(key)) paint[key] = "GrayText";
    else if (/(Focus|BrandFill)$/.test(key)) paint[key] = "Highlight";
    else paint[key] = "CanvasText";
  }
  return paint;
}

const both = tokens.fluentOverrides.both;

export const themes: Record<Scheme, Theme> = {
  light: { ...createLightTheme(brand), ...both, ...tokens.fluentOverrides.light, ...ownTokens("light") } as Theme,
  dark: { ...createDarkTheme(brand), ...both, ...tokens.fluentOverrides.dark, ...ownTokens("dark") } as Theme,
  highContrast: { ...teamsHighContrastTheme, ...both, ...systemTokens() } as Theme,
};
