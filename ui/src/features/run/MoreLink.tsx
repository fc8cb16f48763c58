import type { MoreView } from "../../gen/MoreView";
import styles from "./MoreLink.module.css";

/** How many more there are; pressing it shows their customers. */
export function MoreLink({ more, onShow }: { more: MoreView; onShow: (filter: string) => void }) {
  return (
    <p className={styles.more}>
      <button type="button" className="gw-link" onClick={() => onShow(more.filter)}>
        {more.sentence}
      </button>
    </p>
  );
}
