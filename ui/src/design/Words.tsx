import { Fragment } from "react";

/** Where a long name may break: after the signs that join its parts. */
const JOINTS = /(?<=[@./_-])(?=[\p{L}\p{N}])/u;
/** Shorter words fit everywhere; a break inside them would only disturb. */
const LONG = 18;

/** A sentence in which long names (accounts, domains, ids) break at their joints and not in mid-word. */
export function Words({ children }: { children: string }) {
  return children.split(/(\s+)/).map((word, index) =>
    word.length < LONG ? (
      word
    ) : (
      <Fragment key={index}>
        {word.split(JOINTS).map((part, place) => (
          <Fragment key={place}>
            {place > 0 && <wbr />}
            {part}
          </Fragment>
        ))}
      </Fragment>
    ),
  );
}
