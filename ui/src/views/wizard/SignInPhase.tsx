import { ActionButton } from "../../design/ActionButton";
import { Pane, PaneSection } from "../../design/pane/Pane";
import { PracticeCompanion } from "../../features/practice/PracticeCompanion";
import { SeatCard } from "../../features/session/SeatCard";
import { places } from "../../features/app/words";
import type { SignInPage } from "../../gen/SignInPage";
import { text } from "../../text/catalogue";
import { titleOf, type PhaseProps } from "./phase";
import { PhaseHead } from "./PhaseHead";
import { SetupFrame } from "./SetupFrame";
import styles from "./SignInPhase.module.css";

/** A seat for each party that has to sign in. */
export function SignInPhase({ setup, acting, practice, page }: PhaseProps & { page: SignInPage }) {
  const off = acting.busy ? text("ui-busy") : page.ready ? undefined : text("ui-signin-not-ready");
  return (
    <SetupFrame
      setup={setup}
      acting={acting}
      companion={practice !== undefined && !setup.readOnly ? <PracticeCompanion practice={practice} acting={acting} /> : undefined}
      explanation={
        <Pane>
          <PaneSection title={text("ui-signin-clean")}>
            <p>{text("ui-signin-clean-sentence")}</p>
          </PaneSection>
        </Pane>
      }
      footer={
        <>
          <span className="gw-quiet">{text("ui-signin-emptied")}</span>
          <span className={styles.end}>
            {off !== undefined && <span className="gw-second">{off}</span>}
            <ActionButton appearance="primary" off={off} reasonShown onClick={() => void acting.act({ call: "check", id: setup.id })}>
              {text("ui-signin-next")}
            </ActionButton>
          </span>
        </>
      }
    >
      <PhaseHead title={titleOf(setup)} sentence={page.sentence} />
      {page.blocked !== null && (
        <p className={styles.blocked} role="status">
          {page.blocked}{" "}
          <a className="gw-link" href={places.settings}>
            {text("ui-signin-settings")}
          </a>
        </p>
      )}
      <div className={styles.seats}>
        {page.seats.map((seat) => (
          <SeatCard key={seat.id} setup={setup.id} seat={seat} blocked={page.blocked !== null} busy={acting.busy} readOnly={setup.readOnly} onCall={(call) => void acting.act(call)} />
        ))}
      </div>
    </SetupFrame>
  );
}
