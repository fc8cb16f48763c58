import { useCallback, useMemo } from "react";
import { createHashRouter, Outlet, RouterProvider, useLocation, useNavigate } from "react-router";
import { ThemeRoot } from "./design/ThemeRoot";
import { useFrame } from "./features/app/api";
import { useLive } from "./features/app/live";
import { LiveContext } from "./features/app/liveContext";
import type { PhaseName } from "./gen/PhaseName";
import { ActivityView } from "./views/ActivityView";
import { CustomersView } from "./views/CustomersView";
import { GalleryView } from "./views/GalleryView";
import { HomeView } from "./views/HomeView";
import { PracticeView } from "./views/PracticeView";
import { ProfileFormView } from "./views/ProfileFormView";
import { SettingsView } from "./views/SettingsView";
import { Shell } from "./views/Shell";
import { SetupScreen } from "./views/wizard/SetupScreen";

/** Every place of the app. */
export const routes = [
  {
    element: <Root />,
    children: [
      { path: "/", element: <HomeView /> },
      { path: "/set-up", element: <GalleryView /> },
      { path: "/set-up/own/:template", element: <ProfileFormView /> },
      { path: "/setups/:id/:phase?", element: <SetupScreen /> },
      { path: "/customers", element: <CustomersView /> },
      { path: "/activity", element: <ActivityView /> },
      { path: "/practice", element: <PracticeView /> },
      { path: "/settings", element: <SettingsView /> },
      { path: "*", element: <HomeView /> },
    ],
  },
];

export function App() {
  const router = useMemo(() => createHashRouter(routes), []);
  return <RouterProvider router={router} />;
}

function Root() {
  const frame = useFrame();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const live = useLive(useCallback((setup: string, phase: PhaseName | null) => void navigate(`/setups/${encodeURIComponent(setup)}${phase === null ? "" : `/${phase}`}`), [navigate]));
  return (
    <ThemeRoot choice={frame.data?.theme ?? "system"}>
      <LiveContext value={live}>
        <Shell frame={frame.data} failure={frame.error} pathname={pathname}>
          <Outlet />
        </Shell>
      </LiveContext>
    </ThemeRoot>
  );
}
