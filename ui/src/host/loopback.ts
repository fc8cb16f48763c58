import { HostFailure, type Host } from "./host";

/**
 * The loopback host of test builds: the same requests over HTTP. It knows this page by the same-origin cookie that it set
 * with the page, so no token is kept in script.
 */
export function loopbackHost(): Host {
  return {
    async call<R>(request: unknown): Promise<R> {
      const response = await fetch("/call", {
        method: "POST",
        credentials: "same-origin",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(request),
      });
      const text = await response.text();
      let body: unknown;
      try {
        body = JSON.parse(text);
      } catch {
        throw new HostFailure(`The loopback host answered ${response.status} without JSON`);
      }
      // A refusal of the app comes as JSON too, in the shape that the shell rejects with.
      if (!response.ok) throw body;
      return body as R;
    },
    listen(handler) {
      const source = new EventSource("/events");
      source.onmessage = (message) => handler(JSON.parse(message.data as string));
      return () => source.close();
    },
  };
}
