/**
 * The loopback host as a process: the real app with its practice cloud behind the built screens, and the cloud's own record of
 * what was done to it.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const GRANTCTL = process.env["GRANTCTL"] ?? fileURLToPath(new URL("../../target/debug/grantctl", import.meta.url));
const DIST = fileURLToPath(new URL("../../ui/dist", import.meta.url));

/** The provider of the built-in scenarios. */
export const PROVIDER = "larkspur-it.example";

/** A line of the practice cloud's log. */
export interface Exchange {
  service: string;
  method: string;
  path: string;
  committed: boolean;
}

export interface Served {
  url: string;
  /** Writes to Graph that took effect, oldest first. */
  writes: () => Promise<string[]>;
  /** How often a person has signed in, registered or consented on pages of the practice cloud: each time the pages were opened anew. */
  signIns: () => Promise<number>;
  /** The domains of the customers in the practice cloud. */
  customers: () => Promise<string[]>;
  /** The names of the customers in the practice cloud. */
  customerNames: () => Promise<string[]>;
  /** What is live in the practice cloud. */
  state: () => Promise<unknown>;
  close: () => Promise<void>;
}

/** Starts `grantctl serve` on a folder of its own, in a scenario of `scenarios/` or the first one. The practice clock runs; the screens move it on. */
export async function serve(scenario?: string): Promise<Served> {
  const data = await mkdtemp(join(tmpdir(), "grantway-browser-"));
  const world = scenario === undefined ? [] : ["--scenario-file", fileURLToPath(new URL(`scenarios/${scenario}.toml`, import.meta.url))];
  const child = spawn(GRANTCTL, ["serve", "--dist", DIST, "--data", data, "--seed", "7", "--passphrase-fd", "0", ...world], { stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (part: Buffer) => (said += part.toString()));
  const ended = new Promise<void>((done) => child.on("close", () => done()));
  child.stdin.end("only for tests\n");
  const first = await Promise.race([
    new Promise<string>((line) => createInterface({ input: child.stdout }).once("line", line)),
    ended.then(() => Promise.reject(new Error(`grantctl serve ended: ${said}`))),
    new Promise<never>((_, failed) => child.on("error", failed)),
  ]);
  const { url, control } = JSON.parse(first) as { url: string; control: { url: string; token: string } };
  const ask = async (what: string): Promise<unknown> => {
    const answer = await fetch(`${control.url}/_practice/${what}`, { headers: { authorization: `Bearer ${control.token}` } });
    if (!answer.ok) throw new Error(`${what}: ${answer.status}`);
    return answer.json();
  };
  return {
    url,
    writes: async () => {
      const log = (await ask("log")) as Exchange[];
      return log.filter((row) => row.committed && row.method !== "GET" && row.service === "graph").map((row) => `${row.method} ${row.path}`);
    },
    signIns: async () => {
      const log = (await ask("log")) as Exchange[];
      return log.filter((row) => row.service === "login" && row.method === "GET" && /\/(authorize|adminconsent)$/.test(row.path)).length;
    },
    customers: async () => {
      const { tenants } = ((await ask("state")) as { live: { tenants: Record<string, { users: Record<string, { upn: string }> }> } }).live;
      const domains = Object.values(tenants).map((tenant) => Object.values(tenant.users)[0]?.upn.split("@")[1] ?? "");
      return domains.filter((domain) => domain !== PROVIDER);
    },
    customerNames: async () => {
      const { tenants } = ((await ask("state")) as { live: { tenants: Record<string, { display_name: string; users: Record<string, { upn: string }> }> } }).live;
      const customers = Object.values(tenants).filter((tenant) => !(Object.values(tenant.users)[0]?.upn.endsWith(`@${PROVIDER}`) ?? false));
      return customers.map((tenant) => tenant.display_name);
    },
    state: async () => ((await ask("state")) as { live: unknown }).live,
    close: async () => {
      child.kill("SIGTERM");
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}
