import { text } from "../../text/catalogue";
import { PracticePhone, type PracticePhoneProps } from "./PracticePhone";
import styles from "./PhonePane.module.css";

/** The phone with its heading, as it stands beside the work while practising. */
export function PhonePane(props: PracticePhoneProps) {
  return (
    <section className={styles.pane}>
      <h2 className="gw-heading">{text("ui-phone-name")}</h2>
      <p className={styles.sentence}>{text("ui-phone-sentence")}</p>
      <div className={styles.phone}>
        <PracticePhone {...props} />
      </div>
    </section>
  );
}
