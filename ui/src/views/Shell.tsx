import { Button } from "@fluentui/react-components";
import { AddSquareFilled, AddSquareRegular } from "@fluentui/react-icons/svg/add-square";
import { HatGraduationFilled, HatGraduationRegular } from "@fluentui/react-icons/svg/hat-graduation";
import { HistoryFilled, HistoryRegular } from "@fluentui/react-icons/svg/history";
import { HomeFilled, HomeRegular } from "@fluentui/react-icons/svg/home";
import { PeopleTeamFilled, PeopleTeamRegular } from "@fluentui/react-icons/svg/people-team";
import { SettingsFilled, SettingsRegular } from "@fluentui/react-icons/svg/settings";
import { useEffect, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { AppFrame } from "../design/frame/AppFrame";
import type { NavEntry } from "../design/frame/Nav";
import { PracticeTape } from "../design/PracticeTape";
import { useAct } from "../features/app/api";
import { useLiveProblem } from "../features/app/liveContext";
import { asProblem } from "../features/app/problem";
import { places } from "../features/app/words";
import { Problem } from "../features/problem/Problem";
import { ReadOnlyNotice } from "../features/readonly/ReadOnlyNotice";
import type { FrameView } from "../gen/FrameView";
import { text } from "../text/catalogue";
import styles from "./Shell.module.css";

export interface ShellProps {
  frame: FrameView | undefined;
  failure: unknown;
  pathname: string;
  children: ReactNode;
}

/** What stands around every screen: tape, places, and what concerns the whole app. */
export function Shell({ frame, failure, pathname, children }: ShellProps) {
  const acting = useAct();
  const { act, busy, problem, dismiss } = acting;
  const live = useLiveProblem();
  const navigate = useNavigate();
  const practice = frame?.practice === true;
  const setup = pathname.startsWith("/setups/");
  useEffect(() => {
    document.title = text("ui-app");
  }, []);

  const leave = async () => {
    const reply = await act({ call: "leavePractice" });
    if (reply !== undefined) await navigate("/");
  };
  const entry = (href: string, name: string, icon: ReactNode, iconCurrent: ReactNode, current: boolean): NavEntry => ({ href, name, icon, iconCurrent, current });
  const waiting = frame?.waiting ?? 0;
  const entries: NavEntry[] = [
    { ...entry(places.home, text("ui-nav-home"), <HomeRegular />, <HomeFilled />, pathname === "/"), count: waiting, countLabel: text("ui-nav-waiting", { count: waiting }) },
    entry(places.setUp, text("ui-nav-set-up"), <AddSquareRegular />, <AddSquareFilled />, pathname.startsWith("/set-up") || setup),
    entry(places.customers, text("ui-nav-customers"), <PeopleTeamRegular />, <PeopleTeamFilled />, pathname === "/customers"),
    entry(places.activity, text("ui-nav-activity"), <HistoryRegular />, <HistoryFilled />, pathname === "/activity"),
  ];
  if (frame?.practiceAvailable === true || practice) entries.push(entry(places.practice, text("ui-nav-practice"), <HatGraduationRegular />, <HatGraduationFilled />, pathname === "/practice"));

  // A problem that belongs to a setup is told on its own screen, if that is the one that is open.
  const loose = live.problem !== undefined && !(setup && live.problem.setup !== null && pathname.startsWith(`/setups/${encodeURIComponent(live.problem.setup)}`));
  const close = text("ui-close");
  return (
    <AppFrame
      nav={{
        label: text("ui-nav"),
        entries,
        settings: entry(places.settings, text("ui-nav-settings"), <SettingsRegular />, <SettingsFilled />, pathname === "/settings"),
        account: frame === undefined ? undefined : { initials: frame.initials, name: frame.identity, note: frame.note },
        mini: setup,
      }}
      tape={
        practice && (
          <PracticeTape word={text("ui-practice")} sentence={text("ui-practice-tape")}>
            <Button size="small" appearance="transparent" className={styles.leave} disabledFocusable={busy} onClick={() => void leave()}>
              {text("ui-practice-leave")}
            </Button>
          </PracticeTape>
        )
      }
    >
      <div className={styles.notices}>
        {failure != null && <Problem problem={asProblem(failure)} />}
        {frame?.cloudProblem != null && <Problem tone="warn" problem={frame.cloudProblem} />}
        <ReadOnlyNotice view={frame?.readOnly ?? null} acting={acting} />
        {problem !== undefined && <Problem problem={problem} onDismiss={{ word: close, act: dismiss }} />}
        {loose && live.problem !== undefined && <Problem problem={live.problem.problem} onDismiss={{ word: close, act: live.dismiss }} />}
      </div>
      {children}
    </AppFrame>
  );
}
