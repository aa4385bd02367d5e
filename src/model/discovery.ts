/** Which servers with models there are on this machine: small GETs, and nothing else. */

import { isSameServer } from "./addresses.ts";
import { USUAL_PORTS } from "./hosts.ts";
import { field } from "./jsonFields.ts";
import { readJson } from "./responseBody.ts";

export interface FoundServer {
  /** As in a reference; `undefined` where what answers speaks like OpenAI and does not say what it is. */
  readonly provider: "ollama" | "llama.cpp" | "lmstudio" | "vllm" | undefined;
  /** Up to and including `/v1`. */
  readonly baseUrl: string;
  /** By the names that the server takes, in its order. */
  readonly models: readonly string[];
}

export interface DiscoveryOptions {
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  /** The value of `OLLAMA_HOST`, by which its own tools find it. */
  readonly ollamaHost?: string | undefined;
  /** For each question; all are asked at the same time. */
  readonly timeLimitMs?: number;
  readonly places?: readonly string[];
}

/** Never rejects for a server's sake; rejects with the signal's reason when it was aborted. */
export async function discoverServers(options: DiscoveryOptions): Promise<readonly FoundServer[]> {
  const { signal, ollamaHost, places = USUAL_PLACES } = options;
  signal.throwIfAborted();
  const own = ollamaAddress(ollamaHost);
  const answers = await Promise.all([...(own === undefined ? [] : [own]), ...places].map((at) => askWho(at, options)));
  signal.throwIfAborted();
  const found: FoundServer[] = [];
  for (const server of answers)
    if (server && !found.some((other) => isSameServer(other.baseUrl, server.baseUrl))) found.push(server);
  return found;
}

/** As Ollama's own tools read it: `host`, `host:port`, `:port`, `http://host`; `undefined` where it says nothing. */
export function ollamaAddress(host: string | undefined): string | undefined {
  const text = host?.trim().replaceAll(/["']/g, "") ?? "";
  if (text === "") return undefined;
  const [, scheme, place = ""] = /^(?:(https?):\/\/)?([^/]*)/i.exec(text) ?? [];
  // An IPv6 address without brackets has no port.
  const bracketed = /^[^[\]]*:[^[\]]*:/.test(place) ? `[${place}]` : place;
  const [, name = "", port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(bracketed) ?? [];
  const usualPort = scheme === undefined ? ":11434" : "";
  // What a server listens at everywhere is asked at this machine.
  const where = /^(0\.0\.0\.0|\[::\])?$/.test(name) ? "127.0.0.1" : name;
  const url = URL.parse(`${scheme ?? "http"}://${where}${port === undefined ? usualPort : `:${port}`}`);
  return url?.origin;
}

async function askWho(origin: string, options: DiscoveryOptions): Promise<FoundServer | undefined> {
  const ask = (path: string) => getJson(`${origin}${path}`, options);
  // Both at once: the time limit is for the person who waits. Ollama answers the second one, too, and says less there.
  const [tags, models] = await Promise.all([ask("/api/tags"), ask("/v1/models")]);
  const baseUrl = `${origin}/v1`;
  const pulled = namesIn(tags, "models", "model");
  // llama.cpp's server answers the first question, too, for clients of Ollama; what it says second tells who it is.
  const owner = ownerIn(models);
  if (pulled && owner !== "llamacpp") return { provider: "ollama", baseUrl, models: pulled };
  const listed = namesIn(models, "data", "id");
  if (!listed) return undefined;
  return { provider: owner === undefined ? byPort(origin) : OWNERS.get(owner), baseUrl, models: listed };
}

async function getJson(
  url: string,
  { fetch, signal, timeLimitMs = TIME_LIMIT_MS }: DiscoveryOptions,
): Promise<unknown> {
  try {
    const init = { redirect: "manual", signal: AbortSignal.any([signal, AbortSignal.timeout(timeLimitMs)]) } as const;
    const response = await fetch(url, init);
    if (response.ok) return await readJson(response);
    await response.body?.cancel();
  } catch {
    // Nobody is there, or somebody else.
  }
  return undefined;
}

/** `undefined` where the answer has no such list. */
function namesIn(answer: unknown, list: string, name: string): readonly string[] | undefined {
  const entries = field(answer, list);
  if (!Array.isArray(entries)) return undefined;
  return (entries as unknown[]).map((entry) => field(entry, name)).filter((each) => typeof each === "string");
}

function ownerIn(answer: unknown): string | undefined {
  const data = field(answer, "data");
  const owner = field(Array.isArray(data) ? (data as unknown[])[0] : undefined, "owned_by");
  return typeof owner === "string" ? owner : undefined;
}

/** LM Studio lists no model where none is loaded; nothing else is usual at its port. */
function byPort(origin: string): FoundServer["provider"] {
  return origin.endsWith(":1234") ? "lmstudio" : undefined;
}

/** A map: the server says what it likes, also `constructor`. */
const OWNERS: ReadonlyMap<string, FoundServer["provider"]> = new Map([
  ["llamacpp", "llama.cpp"],
  ["vllm", "vllm"],
  ["organization_owner", "lmstudio"],
  ["library", "ollama"],
]);
const TIME_LIMIT_MS = 300;
const USUAL_PLACES = ["127.0.0.1", "[::1]"].flatMap((host) => USUAL_PORTS.map((port) => `http://${host}:${port}`));
