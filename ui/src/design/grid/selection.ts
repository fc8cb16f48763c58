/** Keys of chosen rows, in no order. */
export type Selection = ReadonlySet<string>;

/** One row more, or one fewer. */
export function toggled(selection: Selection, key: string): Selection {
  const next = new Set(selection);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** With all rows from one to the other, both included. */
export function extended(selection: Selection, keys: readonly string[], from: number, to: number): Selection {
  const [first, last] = from < to ? [from, to] : [to, from];
  return new Set([...selection, ...keys.slice(Math.max(0, first), last + 1)]);
}

/** All of these rows chosen; where they are all chosen already, none of them. */
export function allToggled(selection: Selection, keys: readonly string[]): Selection {
  const every = keys.every((key) => selection.has(key));
  const next = new Set(selection);
  for (const key of keys) {
    if (every) next.delete(key);
    else next.add(key);
  }
  return next;
}

/** How many of these rows are chosen, in three words. */
export function extentOf(selection: Selection, keys: readonly string[]): "none" | "some" | "all" {
  const chosen = keys.reduce((count, key) => count + (selection.has(key) ? 1 : 0), 0);
  return chosen === 0 ? "none" : chosen === keys.length ? "all" : "some";
}
