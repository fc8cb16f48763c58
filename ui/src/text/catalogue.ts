/**
 * The words of the screens. The catalogue is owned by the app crate and exported into gen/ by codegen, one file per language;
 * view models come with their sentences ready, so only the chrome is looked up here.
 */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";

const files = import.meta.glob<string>("../gen/catalogue.*.ftl", { query: "?raw", import: "default", eager: true });

/** Languages that have a file, for example ["en"]. */
export const languages: readonly string[] = Object.keys(files).map(languageOf);

function languageOf(path: string): string {
  return /catalogue\.([A-Za-z-]+)\.ftl$/.exec(path)?.[1] ?? "en";
}

/** Reads a catalogue. Mistakes in it are told by the test, not to the person. */
export function bundleOf(language: string, source: string): FluentBundle {
  // Isolation marks would sit inside names that people copy; the sentences of today's languages run one way.
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(new FluentResource(source));
  return bundle;
}

const bundles = new Map(Object.entries(files).map(([path, source]) => [languageOf(path), bundleOf(languageOf(path), source)]));

function chosenBundle(): FluentBundle | undefined {
  for (const wanted of navigator.languages) {
    const found = bundles.get(wanted) ?? bundles.get(wanted.split("-")[0] ?? "");
    if (found !== undefined) return found;
  }
  return bundles.get("en");
}

const bundle = chosenBundle();

export type TextArgs = Record<string, FluentVariable>;

/** The text of an id. An id without text shows itself, so that a gap is seen and not hidden. */
export function text(id: string, args?: TextArgs): string {
  const pattern = bundle?.getMessage(id)?.value;
  if (bundle === undefined || pattern === undefined || pattern === null) return id;
  return bundle.formatPattern(pattern, args ?? null, []);
}
