import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { HostProvider } from "./features/app/hostContext";
import { chooseHost } from "./host/choose";

const root = document.getElementById("root");
if (root !== null) {
  // Views change by event, never by age; and a call that failed is told, not repeated behind the person's back.
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false }, mutations: { retry: false } } });
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <HostProvider host={chooseHost()}>
          <App />
        </HostProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
