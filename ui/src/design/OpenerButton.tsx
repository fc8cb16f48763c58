import { Button, useRestoreFocusTarget } from "@fluentui/react-components";
import type { ComponentProps } from "react";

/** A button that may open a dialog or a drawer: when that is closed, the focus comes back to it. */
export function OpenerButton(props: ComponentProps<typeof Button>) {
  const target = useRestoreFocusTarget();
  return <Button {...target} {...props} />;
}
