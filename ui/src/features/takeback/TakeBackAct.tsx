import { ArrowUndoRegular } from "@fluentui/react-icons/svg/arrow-undo";
import { useState } from "react";
import { ActionButton } from "../../design/ActionButton";
import type { TakeBackView } from "../../gen/TakeBackView";
import { text } from "../../text/catalogue";
import type { Acting } from "../app/api";
import { TakeBackDialog } from "./TakeBackDialog";

/** The way back between two plans: the first has written something, the next is not approved yet. */
export function TakeBackAct({ setup, acting, plan }: { setup: string; acting: Acting; plan: TakeBackView | null }) {
  const [asking, setAsking] = useState(false);
  if (plan === null) return null;
  return (
    <>
      <ActionButton icon={<ArrowUndoRegular />} off={acting.busy ? text("ui-busy") : undefined} onClick={() => setAsking(true)}>
        {text("ui-take-back-between")}
      </ActionButton>
      <TakeBackDialog
        open={asking}
        plan={plan}
        problem={acting.problem}
        busy={acting.busy}
        onClose={() => setAsking(false)}
        onTakeBack={(typed) => void acting.act({ call: "takeBack", id: setup, typed }).then((reply) => reply !== undefined && setAsking(false))}
      />
    </>
  );
}
