/** Whether what answers at the address is what it should be, and what it says to the key. */

import { ollamaRoot } from "../ollamaServer.ts";
import { otherPaths } from "./address.ts";
import { readKey } from "../keyText.ts";
import { field, text } from "../jsonFields.ts";
import { failureOfRefusal, refusalIn } from "../httpFailure.ts";
import type { Provider } from "../providers.ts";
import { waysOut } from "./failureWays.ts";
import { hintsOn } from "./keyHints.ts";
import { bad, good, type KeyFinding, type StepResult, warning, type Way, OPEN_SERVERS } from "./findings.ts";
import { type Network, TIMED_OUT } from "./network.ts";
import { type CheckedServer, listAddress, modelsIn, reach, type Reached } from "./reach.ts";

export async function checkAnswer(
  network: Network,
  server: CheckedServer,
  reached: Reached,
  limitMs: number,
  signal: AbortSignal,
): Promise<StepResult> {
  const { host } = new URL(server.baseUrl);
  if (reached.kind === "failed") {
    const { code } = reached;
    if (code === TIMED_OUT) return bad("answer", { kind: "answer-late", host, limitMs }, [OPEN_SERVERS]);
    if (CUT.test(code ?? "")) return bad("answer", { kind: "answer-cut", host }, [OPEN_SERVERS]);
    return bad("answer", { kind: "failure", failure: { kind: "unreachable", host, code } }, [OPEN_SERVERS]);
  }
  const { status, target } = reached;
  if (status >= 300 && status < 400) {
    const base = target?.replace(/\/(models|api\/tags)\/*$/, "");
    const ways = base === undefined ? [] : [{ kind: "set-address", address: base } as const];
    return bad("answer", { kind: "answer-redirect", host, target: base }, [...ways, OPEN_SERVERS]);
  }
  const models = modelsIn(reached);
  if (models) return good("answer", { kind: "answer", host, models: models.length });
  // The refusal of a key comes from the right place.
  if (status === 401 || status === 403) return good("answer", { kind: "answer-without-list", host });
  if (status === 429 || status === 402) {
    const refusal = { ...refusalIn(field(reached.json, "error")), status };
    const failure = failureOfRefusal(refusal, { host, model: server.model, apiKey: server.apiKey });
    return bad("answer", { kind: "failure", failure }, waysOut(failure));
  }
  if (status >= 500) return bad("answer", { kind: "answer-status", host, status });
  const elsewhere = await findElsewhere(network, server, signal);
  if (elsewhere !== undefined)
    return bad("answer", { kind: "answer-elsewhere", host, address: elsewhere }, [
      { kind: "set-address", address: elsewhere },
      OPEN_SERVERS,
    ]);
  const hasPath = /\/v\d+\/*$/.test(new URL(server.baseUrl).pathname);
  if (reached.isPage) return bad("answer", { kind: "answer-page", host, hasPath }, [OPEN_SERVERS]);
  if (server.provider.protocol === "ollama") return bad("answer", { kind: "answer-no-ollama", host }, [OPEN_SERVERS]);
  // Several services have no list, and answer all the same.
  return status === 404 || status === 405
    ? warning("answer", { kind: "answer-without-list", host })
    : bad("answer", { kind: "answer-foreign", host, hasPath }, [OPEN_SERVERS]);
}

/** Another address of the same server, which the key is for as well, where a list of models is. */
async function findElsewhere(
  network: Network,
  server: CheckedServer,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { baseUrl, provider, apiKey } = server;
  const own = provider.protocol === "ollama" ? ollamaRoot(baseUrl) : baseUrl;
  for (const address of otherPaths(own, provider)) {
    const isSameOrigin = new URL(address).origin === new URL(baseUrl).origin;
    const key = isSameOrigin ? apiKey : undefined;
    const question = { provider, apiKey: key };
    const reached = await reach(network, listAddress({ ...server, baseUrl: address }), question, ELSEWHERE_MS, signal);
    const asksForKey = reached.kind === "answered" && reached.status === 401 && reached.json !== undefined;
    if (modelsIn(reached) || asksForKey) return address;
  }
  return undefined;
}

/** `stored` is the key as it is kept; `reached` what came of the mended one. */
export function checkKey(server: CheckedServer, stored: string | undefined, reached: Reached): StepResult {
  const { provider, baseUrl } = server;
  const { host } = new URL(baseUrl);
  const isRefused = reached.kind === "answered" && (reached.status === 401 || reached.status === 403);
  if (stored === undefined || stored.trim() === "") {
    return isRefused || provider.key === "needed"
      ? refusedKey({ ...server, apiKey: undefined }, host)
      : good("key", { kind: "key-not-needed" });
  }
  const read = readKey(stored);
  if (read.kind !== "key") {
    const kind = read.kind === "several" ? "key-several" : "key-unusable";
    return bad("key", { kind, host }, waysToKey(provider));
  }
  if (read.key !== stored) {
    const finding = { kind: "key-mended", host, isRefused } as const;
    return isRefused ? bad("key", finding, waysToKey(provider)) : warning("key", finding);
  }
  if (isRefused) return refusedKey(server, host, sentenceIn(reached.json));
  return good("key", { kind: "key-stored", host, isProven: false });
}

/** The server has refused a request with this key, or without one. `says`: its sentence. */
export function refusedKey({ provider, apiKey }: CheckedServer, host: string, says?: string): StepResult {
  const finding: KeyFinding =
    apiKey === undefined
      ? { kind: "key-missing", host }
      : { kind: "key-refused", host, ...hintsOn(apiKey, provider, says) };
  return bad("key", finding, waysToKey(provider));
}

/** Where OpenAI has its sentence, and where others have it. */
function sentenceIn(json: unknown): string | undefined {
  const error = field(json, "error");
  return [field(error, "message"), error, field(json, "message"), field(json, "detail")].map(text).find(Boolean);
}

function waysToKey({ keyPage }: Provider): readonly Way[] {
  const page = keyPage === undefined ? [] : [{ kind: "open-page", url: keyPage } as const];
  return [{ kind: "enter-key" }, ...page];
}

/** Of the system, of Node's fetch and of Electron's. */
const CUT = /ECONNRESET|EPIPE|UND_ERR_SOCKET|ERR_CONNECTION_(RESET|CLOSED)|ERR_EMPTY_RESPONSE/;
const ELSEWHERE_MS = 3_000;
