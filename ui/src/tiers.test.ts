import { expect, test } from "vitest";

const sources = import.meta.glob<string>(["./**/*.ts", "./**/*.tsx", "!./**/*.test.*", "!./gen/**"], { query: "?raw", import: "default", eager: true });

/** What the files of a folder import, as paths from src, or package names. */
function importsOf(folder: string): { file: string; target: string }[] {
  return Object.entries(sources)
    .filter(([file]) => file.startsWith(`./${folder}/`))
    .flatMap(([file, source]) =>
      [...source.matchAll(/^import (?:[^"']*? from )?"([^"]+)";/gm)].map(([, name]) => ({
        file,
        target: name!.startsWith(".") ? new URL(name!, `http://src${file.slice(1)}`).pathname.slice(1) : name!,
      })),
    );
}

const reaches = (folder: string, ...forbidden: string[]) => importsOf(folder).filter(({ target }) => forbidden.some((tier) => target.startsWith(`${tier}/`) || target === tier));

test("imports point one way: views, features, design", () => {
  expect(importsOf("design").length).toBeGreaterThan(20);
  expect(reaches("design", "features", "views", "text", "gen", "host", "react-router", "@tanstack")).toEqual([]);
  expect(reaches("features", "views")).toEqual([]);
  expect(reaches("host", "features", "views", "design", "gen", "text")).toEqual([]);
});

test("only the host folder knows the shell, and screens know the host by its interface alone", () => {
  const shell = Object.keys(sources).filter((file) => sources[file]!.includes("@tauri-apps"));
  expect(shell.length).toBeGreaterThan(0);
  expect(shell.every((file) => file.startsWith("./host/"))).toBe(true);
  expect(reaches("features", "host").every(({ target }) => target === "host/host")).toBe(true);
  expect(reaches("views", "host")).toEqual([]);
});
