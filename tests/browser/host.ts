/**
 * A loopback host of recorded view models: it serves the built screens and answers `/call` from memory, so that every state of a
 * screen can be looked at without building it up first. The whole way through the real host is `whole.spec.ts`.
 */
import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import type { Call } from "../../ui/src/gen/Call";
import type { Event } from "../../ui/src/gen/Event";
import type { Reply } from "../../ui/src/gen/Reply";
import type { UiProblem } from "../../ui/src/gen/UiProblem";

const DIST = fileURLToPath(new URL("../../ui/dist", import.meta.url));
const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };

/** The policy of the shell, with the loopback host's own address in place of the IPC's. */
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-src 'none'";

export type Answer = (call: Call) => Reply | UiProblem | undefined;

export interface RecordedHost {
  url: string;
  /** Every call that was made, in order. */
  calls: Call[];
  /** What it answers from now on. */
  answer: (answers: Answer) => void;
  /** Tells the page something. */
  tell: (event: Event) => void;
  close: () => Promise<void>;
}

export async function recordedHost(): Promise<RecordedHost> {
  const calls: Call[] = [];
  const listeners = new Set<ServerResponse>();
  let answer: Answer = () => undefined;
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    if (path === "/events") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(": here\n\n");
      listeners.add(response);
      request.on("close", () => listeners.delete(response));
      return;
    }
    if (path === "/call") {
      let body = "";
      request.on("data", (part: Buffer) => (body += part.toString()));
      request.on("end", () => {
        const call = JSON.parse(body) as Call;
        calls.push(call);
        const reply = answer(call) ?? { reply: "done" as const };
        response.writeHead("reply" in reply ? 200 : 422, { "content-type": "application/json" });
        response.end(JSON.stringify(reply));
      });
      return;
    }
    const file = join(DIST, normalize(path === "/" ? "/index.html" : path));
    readFile(file).then(
      (content) => {
        response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-security-policy": POLICY });
        response.end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the host has no port");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    calls,
    answer: (answers) => {
      answer = answers;
    },
    tell: (event) => {
      for (const listener of listeners) listener.write(`data: ${JSON.stringify(event)}\n\n`);
    },
    close: async () => {
      for (const listener of listeners) listener.end();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
