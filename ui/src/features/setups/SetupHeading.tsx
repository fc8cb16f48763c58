import { ArrowLeftRegular } from "@fluentui/react-icons/svg/arrow-left";
import { PartyMark } from "../../design/PartyMark";
import type { PartyName } from "../../gen/PartyName";
import type { SetupView } from "../../gen/SetupView";
import styles from "./SetupHeading.module.css";

/** Whose access this is: the profile, both parties with their marks, the id to quote. */
export function SetupHeading({ setup }: { setup: Pick<SetupView, "id" | "profile" | "pattern" | "monogram" | "receiver" | "giver"> }) {
  return (
    <>
      <PartyMark kind="vendor" size={26} initials={setup.monogram} />
      <div className={styles.profile}>
        <span className={styles.name}>{setup.profile}</span>
        <span className={styles.pattern}>{setup.pattern}</span>
      </div>
      {(setup.receiver !== null || setup.giver !== null) && (
        <div className={styles.parties}>
          {setup.receiver !== null && <Party party={setup.receiver} />}
          {setup.receiver !== null && setup.giver !== null && <ArrowLeftRegular fontSize={14} aria-hidden="true" className={styles.arrow} />}
          {setup.giver !== null && <Party party={setup.giver} />}
        </div>
      )}
      <code className={`gw-mono ${styles.id}`}>{setup.id}</code>
    </>
  );
}

function Party({ party }: { party: PartyName }) {
  return (
    <span className={styles.party}>
      <PartyMark kind={party.party} />
      <span className="gw-cut">{party.name}</span>
    </span>
  );
}
