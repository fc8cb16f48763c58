import { useEffect, useRef, useState } from "react";

/** A polite region says at most one sentence in this time, in milliseconds. */
const QUIET = 10_000;

/** Says progress to a reader, summed up: of what comes too fast only the newest is said. */
export function Announcer({ sentence, urgent }: { sentence: string; urgent?: string | undefined }) {
  const [said, setSaid] = useState("");
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + QUIET - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      setSaid(sentence);
    }, wait);
    return () => clearTimeout(timer);
  }, [sentence]);
  return (
    <>
      <p className="gw-hidden" role="status">
        {said}
      </p>
      <p className="gw-hidden" role="alert">
        {urgent ?? ""}
      </p>
    </>
  );
}
