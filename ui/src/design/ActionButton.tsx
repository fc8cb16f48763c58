import { Tooltip } from "@fluentui/react-components";
import { useId, useState, type ReactElement } from "react";
import { OpenerButton } from "./OpenerButton";

export interface ActionButtonProps {
  appearance?: "primary" | "secondary" | "subtle";
  size?: "small" | "medium";
  icon?: ReactElement;
  className?: string | undefined;
  /** What pressing does; a button that sends a form needs none. */
  onClick?: () => void;
  /** The form that it sends: Enter in one of its fields does the same. */
  form?: string;
  children: string;
  /** Why the button is off. It stays in the tab order and is described by this. */
  off?: string | undefined;
  /** The reason already stands beside the button, so no tooltip repeats it. */
  reasonShown?: boolean;
}

/** A button that, while off, can still be reached and tells why. */
export function ActionButton({ children, off, reasonShown = false, onClick, form, ...rest }: ActionButtonProps) {
  const reason = useId();
  const [hovered, setHovered] = useState(false);
  return (
    <>
      {/* One tree in every state: a button that is switched on while it has the focus keeps it. */}
      <Tooltip content={off ?? ""} relationship="inaccessible" visible={hovered && off !== undefined && !reasonShown} onVisibleChange={(_, data) => setHovered(data.visible)}>
        <OpenerButton {...rest} {...(form === undefined ? {} : { form, type: "submit" as const })} disabledFocusable={off !== undefined} onClick={() => onClick?.()} aria-describedby={off === undefined ? undefined : reason}>
          {children}
        </OpenerButton>
      </Tooltip>
      <span hidden id={reason}>
        {off}
      </span>
    </>
  );
}
