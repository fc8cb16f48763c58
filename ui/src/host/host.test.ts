import { afterEach, expect, test, vi } from "vitest";
import { chooseHost } from "./choose";
import { HostFailure } from "./host";
import { loopbackHost } from "./loopback";

const tauri = vi.hoisted(() => ({ invoke: vi.fn(), listen: vi.fn() }));
vi.mock("@tauri-apps/api/core", () => ({ invoke: tauri.invoke }));
vi.mock("@tauri-apps/api/event", () => ({ listen: tauri.listen }));

afterEach(() => {
  vi.unstubAllGlobals();
  vi.clearAllMocks();
  delete (window as { __TAURI_INTERNALS__?: unknown }).__TAURI_INTERNALS__;
});

const answer = (status: number, body: string) => vi.stubGlobal("fetch", vi.fn(async () => new Response(body, { status })));

test("the loopback host posts JSON to its own origin and gives the answer", async () => {
  answer(200, '{"reply":"done"}');
  expect(await loopbackHost().call({ call: "home" })).toEqual({ reply: "done" });
  expect(fetch).toHaveBeenCalledWith("/call", expect.objectContaining({ method: "POST", credentials: "same-origin", body: '{"call":"home"}' }));
});

test("a refusal is thrown as it came, an answer without JSON as a failure of the host", async () => {
  answer(422, '{"id":"GW-1"}');
  await expect(loopbackHost().call({})).rejects.toEqual({ id: "GW-1" });
  answer(502, "<html>");
  await expect(loopbackHost().call({})).rejects.toBeInstanceOf(HostFailure);
});

test("inside the shell the command is called, and a stop before listening has begun still holds", async () => {
  (window as { __TAURI_INTERNALS__?: unknown }).__TAURI_INTERNALS__ = {};
  tauri.invoke.mockResolvedValue({ reply: "done" });
  const unlisten = vi.fn();
  let emit: (event: { payload: unknown }) => void = () => {};
  tauri.listen.mockImplementation(async (_name, handler) => {
    emit = handler;
    return unlisten;
  });
  const host = chooseHost();
  await host.call({ call: "home" });
  expect(tauri.invoke).toHaveBeenCalledWith("call", { request: { call: "home" } });
  const heard = vi.fn();
  const stop = host.listen(heard);
  emit({ payload: 1 });
  stop();
  emit({ payload: 2 });
  await vi.waitFor(() => expect(unlisten).toHaveBeenCalled());
  expect(tauri.listen).toHaveBeenCalledWith("grantway", expect.any(Function));
  expect(heard.mock.calls).toEqual([[1]]);
});
