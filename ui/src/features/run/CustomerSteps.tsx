import type { CustomerView } from "../../gen/CustomerView";
import { text } from "../../text/catalogue";
import { NeedsYou, type NeedsYouProps } from "./NeedsYou";
import { StepTable } from "./StepList";

export interface CustomerStepsProps extends Omit<NeedsYouProps, "cards"> {
  name: string;
  /** None while it is asked for. */
  view: CustomerView | undefined;
}

/** The cards and steps of one of several customers. */
export function CustomerSteps({ name, view, ...rest }: CustomerStepsProps) {
  if (view === undefined) return <p role="status">{text("ui-matrix-loading", { customer: name })}</p>;
  return (
    <>
      <NeedsYou {...rest} inside cards={view.cards} />
      {view.steps.length === 0 ? <p>{text("ui-apply-no-steps", { name })}</p> : <StepTable name={name} rows={view.steps} />}
    </>
  );
}
