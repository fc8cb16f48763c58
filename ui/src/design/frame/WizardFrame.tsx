import { Button, OverlayDrawer, Tooltip } from "@fluentui/react-components";
import { ArrowLeftRegular } from "@fluentui/react-icons/svg/arrow-left";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import { PanelRightRegular } from "@fluentui/react-icons/svg/panel-right";
import { useRef, useState, type ReactNode } from "react";
import { NARROW_EXPLANATION, useMedia } from "../media";
import { OpenerButton } from "../OpenerButton";
import { useLanding } from "./landing";
import styles from "./WizardFrame.module.css";

export interface WizardFrameProps {
  back: { href: string; label: string };
  /** Profile, parties and the setup's id. */
  heading: ReactNode;
  /** At the right of the header. */
  actions?: ReactNode;
  rail: ReactNode;
  railLabel: string;
  /** What was saved when, at the foot of the rail. */
  railFoot?: ReactNode;
  workLabel: string;
  children: ReactNode;
  /** What the person needs at hand now, such as the practice phone: above the explanation, and never in a drawer. */
  companion?: ReactNode;
  companionLabel?: string;
  explanation?: ReactNode;
  explanationLabel: string;
  /** The word on the drawer's button. */
  explanationClose: string;
  footer?: ReactNode;
  footerLabel: string;
}

/** Header, step rail, work, explanation, footer. On narrow windows the explanation is a drawer over the work. */
export function WizardFrame(props: WizardFrameProps) {
  const narrow = useMedia(NARROW_EXPLANATION);
  const [open, setOpen] = useState<boolean | undefined>(undefined);
  const shown = open ?? !narrow;
  const explanation = props.explanation;
  const beside = props.companion !== undefined || (explanation !== undefined && !narrow && shown);
  const place = useRef<HTMLElement>(null);
  useLanding(place);
  return (
    <div className={styles.wizard}>
      <header className={styles.header}>
        <Tooltip content={props.back.label} relationship="label">
          <a className={styles.back} href={props.back.href}>
            <ArrowLeftRegular aria-hidden="true" />
          </a>
        </Tooltip>
        <div className={styles.heading}>{props.heading}</div>
        <div className={styles.actions}>
          {props.actions}
          {explanation !== undefined && (
            <Tooltip content={props.explanationLabel} relationship="label">
              <OpenerButton appearance="subtle" icon={<PanelRightRegular />} aria-expanded={shown} onClick={() => setOpen(!shown)} />
            </Tooltip>
          )}
        </div>
      </header>
      <div className={styles.body}>
        <aside className={styles.rail} data-region="rail" tabIndex={-1} aria-label={props.railLabel}>
          {props.rail}
          {props.railFoot !== undefined && <div className={styles.railFoot}>{props.railFoot}</div>}
        </aside>
        <div className={styles.middle}>
          <main ref={place} className={styles.work} data-region="work" tabIndex={-1} aria-label={props.workLabel}>
            {props.children}
          </main>
          {props.footer !== undefined && (
            <footer className={styles.footer} data-region="footer" tabIndex={-1} aria-label={props.footerLabel}>
              {props.footer}
            </footer>
          )}
        </div>
        {beside && (
          <aside
            className={styles.explanation}
            data-region="explanation"
            tabIndex={-1}
            aria-label={props.companion !== undefined && props.companionLabel !== undefined ? props.companionLabel : props.explanationLabel}
          >
            {props.companion}
            {!narrow && shown && explanation}
          </aside>
        )}
        {explanation !== undefined && narrow && (
          <OverlayDrawer open={shown} position="end" onOpenChange={(_, data) => setOpen(data.open)} className={styles.drawer} aria-label={props.explanationLabel}>
            {/* Without something in it that takes the focus, Fluent hides an open drawer from readers, and nothing else. */}
            <div className={styles.drawerHead}>
              <span>{props.explanationLabel}</span>
              <Button appearance="subtle" icon={<DismissRegular />} aria-label={props.explanationClose} onClick={() => setOpen(false)} />
            </div>
            <div className={styles.drawerBody} data-region="explanation" tabIndex={-1}>
              {explanation}
            </div>
          </OverlayDrawer>
        )}
      </div>
    </div>
  );
}
