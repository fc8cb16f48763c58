import { useState } from "react";
import { useNavigate } from "react-router";
import { Page } from "../design/frame/Page";
import { Screen } from "../features/app/Screen";
import { useAct, useGallery } from "../features/app/api";
import { OwnProfileActs } from "../features/gallery/OwnProfileActs";
import { ProfileCard } from "../features/gallery/ProfileCard";
import { TemplateCard } from "../features/gallery/TemplateCard";
import { Problem } from "../features/problem/Problem";
import type { UiProblem } from "../gen/UiProblem";
import { text } from "../text/catalogue";
import styles from "./GalleryView.module.css";

/** A card for each vendor profile. */
export function GalleryView() {
  const gallery = useGallery();
  const { act, busy, problem } = useAct();
  const navigate = useNavigate();
  const [refused, setRefused] = useState<UiProblem | undefined>(undefined);
  const [saved, setSaved] = useState<string | undefined>(undefined);
  const open = async (profile: string) => {
    const reply = await act({ call: "open", profile });
    if (reply?.reply === "opened") await navigate(`/setups/${encodeURIComponent(reply.value.id)}`);
  };
  const bringIn = async () => {
    setRefused(undefined);
    const reply = await act({ call: "importProfile" });
    if (reply?.reply === "form") setRefused(reply.value.problems[0]);
  };
  const save = async (profile: string) => {
    const reply = await act({ call: "exportProfile", profile });
    if (reply?.reply === "saved") setSaved(reply.value.path);
  };
  const told = refused ?? problem;
  return (
    <Page title={text("ui-gallery-title")} sentence={text("ui-gallery-sentence")}>
      {told !== undefined && (
        <div className={styles.problem}>
          <Problem problem={told} />
        </div>
      )}
      {saved !== undefined && (
        <p className={styles.problem} role="status">
          {text("ui-gallery-exported", { path: saved })}
        </p>
      )}
      <Screen query={gallery}>
        {(view) => (
          <div className={styles.cards}>
            {view.cards.map((card) => (
              <ProfileCard
                key={card.profile}
                card={card}
                only={view.cards.length === 1}
                busy={busy}
                onSetUp={() => void open(card.profile)}
                more={
                  card.own ? (
                    <OwnProfileActs card={card} busy={busy} onExport={() => void save(card.profile)} onPutAway={() => void act({ call: "putProfileAway", profile: card.profile })} />
                  ) : undefined
                }
              />
            ))}
            {view.templates.map((template) => (
              <TemplateCard key={template.template} template={template} busy={busy} onImport={view.imports ? () => void bringIn() : undefined} />
            ))}
          </div>
        )}
      </Screen>
    </Page>
  );
}
