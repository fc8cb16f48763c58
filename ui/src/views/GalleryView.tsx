import { useNavigate } from "react-router";
import { Page } from "../design/frame/Page";
import { Screen } from "../features/app/Screen";
import { useAct, useGallery } from "../features/app/api";
import { ProfileCard } from "../features/gallery/ProfileCard";
import { Problem } from "../features/problem/Problem";
import { text } from "../text/catalogue";
import styles from "./GalleryView.module.css";

/** A card for each vendor profile. */
export function GalleryView() {
  const gallery = useGallery();
  const { act, busy, problem } = useAct();
  const navigate = useNavigate();
  const open = async (profile: string) => {
    const reply = await act({ call: "open", profile });
    if (reply?.reply === "opened") await navigate(`/setups/${encodeURIComponent(reply.value.id)}`);
  };
  return (
    <Page title={text("ui-gallery-title")} sentence={text("ui-gallery-sentence")}>
      {problem !== undefined && (
        <div className={styles.problem}>
          <Problem problem={problem} />
        </div>
      )}
      <Screen query={gallery}>
        {(view) => (
          <div className={styles.cards}>
            {view.cards.map((card) => (
              <ProfileCard key={card.profile} card={card} only={view.cards.length === 1} busy={busy} onSetUp={() => void open(card.profile)} />
            ))}
          </div>
        )}
      </Screen>
    </Page>
  );
}
