import { Button } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import type { TemplateView } from "../../gen/TemplateView";
import { text } from "../../text/catalogue";
import { places } from "../app/words";
import styles from "./TemplateCard.module.css";

export interface TemplateCardProps {
  template: TemplateView;
  busy: boolean;
  /** None where no file can be chosen. */
  onImport: (() => void) | undefined;
}

/** For a vendor that is not among the cards: a form to fill in, or a file from somebody who did. */
export function TemplateCard({ template, busy, onImport }: TemplateCardProps) {
  return (
    <article className={`gw-card ${styles.card}`} aria-label={template.title}>
      <header className={styles.head}>
        <span className={styles.plus} aria-hidden="true">
          <AddRegular fontSize={20} />
        </span>
        <h2 className="gw-heading">{template.title}</h2>
      </header>
      <p className={styles.sentence}>{template.sentence}</p>
      <footer className={styles.foot}>
        {onImport !== undefined && (
          <Button size="small" appearance="subtle" disabledFocusable={busy} onClick={onImport}>
            {text("ui-gallery-import")}
          </Button>
        )}
        <Button as="a" size="small" href={places.profileForm(template.template)}>
          {text("ui-gallery-make")}
        </Button>
      </footer>
    </article>
  );
}
