import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import type { Call } from "../../gen/Call";
import type { Event } from "../../gen/Event";
import type { Host } from "../../host/host";
import { useAct, useSetup } from "./api";
import { HostProvider } from "./hostContext";
import { useLive } from "./live";

function stage(answer: (call: Call) => unknown) {
  const calls: Call[] = [];
  let hear: (event: unknown) => void = () => {};
  const host: Host = {
    call: async <R,>(request: unknown) => {
      calls.push(request as Call);
      return (await answer(request as Call)) as R;
    },
    listen: (handler) => {
      hear = handler;
      return () => {
        hear = () => {};
      };
    },
  };
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <HostProvider host={host}>{children}</HostProvider>
    </QueryClientProvider>
  );
  return { calls, wrapper, tell: (event: Event) => act(() => hear(event)) };
}

const setup = (id: string) => ({ reply: "setup", value: { id } });

test("a setup is asked again when an event names it, and not when it names another", async () => {
  const { calls, wrapper, tell } = stage((call) => setup(call.call === "setup" ? call.id : "?"));
  const { result } = renderHook(
    () => {
      useLive(() => {});
      return useSetup("A", null);
    },
    { wrapper },
  );
  await waitFor(() => expect(result.current.data?.id).toBe("A"));
  tell({ event: "changed", screens: [{ screen: "setup", id: "B" }, { screen: "home" }] });
  await new Promise((done) => setTimeout(done, 20));
  expect(calls).toHaveLength(1);
  tell({ event: "changed", screens: [{ screen: "setup", id: "A" }] });
  await waitFor(() => expect(calls).toHaveLength(2));
});

test("another setup never shows the one before it", async () => {
  const { wrapper } = stage((call) => (call.call === "setup" && call.id === "B" ? new Promise(() => {}) : setup("A")));
  const { result, rerender } = renderHook(({ id }) => useSetup(id, null), { wrapper, initialProps: { id: "A" } });
  await waitFor(() => expect(result.current.data?.id).toBe("A"));
  rerender({ id: "B" });
  expect(result.current.data).toBeUndefined();
});

test("a refusal is kept as the app said it; silence becomes a problem with an id", async () => {
  const refusal = { what: "Nothing was changed.", why: null, todo: "Sign in again.", id: "GW-SES-0110", field: null };
  let thrown: unknown = refusal;
  const { wrapper } = stage(() => Promise.reject(thrown));
  const { result } = renderHook(() => useAct(), { wrapper });
  await act(async () => expect(await result.current.act({ call: "prove", id: "A" })).toBeUndefined());
  expect(result.current.problem).toEqual(refusal);
  thrown = new Error("connection refused");
  await act(async () => void (await result.current.act({ call: "prove", id: "A" })));
  expect(result.current.problem).toMatchObject({ why: "connection refused", id: "GW-UI-LOST" });
  act(() => result.current.dismiss());
  expect(result.current.problem).toBeUndefined();
});

test("busy lasts until the last act has ended", async () => {
  const ends: (() => void)[] = [];
  const { wrapper } = stage(() => new Promise((done) => ends.push(() => done({ reply: "done" }))));
  const { result } = renderHook(() => useAct(), { wrapper });
  act(() => {
    void result.current.act({ call: "pause", id: "A" });
    void result.current.act({ call: "prove", id: "A" });
  });
  expect(result.current.busy).toBe(true);
  await act(async () => ends[0]!());
  expect(result.current.busy).toBe(true);
  await act(async () => ends[1]!());
  expect(result.current.busy).toBe(false);
});

test("events show a setup and tell problems", async () => {
  const { wrapper, tell } = stage(() => ({ reply: "done" }));
  const onShow = vi.fn();
  const { result } = renderHook(() => useLive(onShow), { wrapper });
  tell({ event: "show", setup: "A", phase: null });
  expect(onShow).toHaveBeenCalledWith("A", null);
  const problem = { what: "The journal cannot be written.", why: "No space.", todo: "Make room.", id: "GW-LOCAL", field: null };
  tell({ event: "problem", setup: "A", problem });
  expect(result.current.problem).toEqual({ setup: "A", problem });
});
