import type { ReactNode } from "react";
import { Pane, PaneFacts, PaneSection } from "../../design/pane/Pane";
import { StateSign } from "../../design/StateSign";
import type { CheckRow } from "../../gen/CheckRow";
import { text } from "../../text/catalogue";

/** Why the open check is made, what was read for it, and what to quote; then what the phase adds. */
export function CheckExplanation({ check, children }: { check: CheckRow | undefined; children?: ReactNode }) {
  if (check === undefined) {
    return (
      <Pane>
        <PaneSection>
          <p>{text("ui-check-choose")}</p>
        </PaneSection>
      </Pane>
    );
  }
  return (
    <Pane head={<><StateSign state={check.sign} /> {`${check.title}, ${check.place.name}`}</>}>
      <PaneSection title={text("ui-check-why")}>
        <p>{check.why}</p>
      </PaneSection>
      {check.read.length > 0 && (
        <PaneSection title={text("ui-check-read")}>
          <PaneFacts facts={check.read} />
        </PaneSection>
      )}
      <PaneSection>
        <PaneFacts facts={[{ label: text("ui-check-quote"), value: check.quote }]} mono />
      </PaneSection>
      {children}
    </Pane>
  );
}
