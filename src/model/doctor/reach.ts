/** Asks a server the question that costs nothing, which models it has, and keeps the answer as it came. */

import { azureBaseUrl } from "../azure.ts";
import { errorCode } from "../errorCode.ts";
import { ollamaRoot } from "../ollamaServer.ts";
import type { Provider } from "../providers.ts";
import { readStart } from "../responseBody.ts";
import { addressBelow, headersFor } from "../sender.ts";
import { field, text } from "../jsonFields.ts";
import { TIMED_OUT, type Network } from "./network.ts";

/** A server as the settings have it, and the key that is stored for it. */
export interface CheckedServer {
  readonly provider: Provider;
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey: string | undefined;
}

export type Reached =
  | {
      readonly kind: "answered";
      readonly status: number;
      /** The parsed JSON; `undefined` where it is none. */
      readonly json: unknown;
      readonly isPage: boolean;
      /** The beginning. */
      readonly text: string;
      /** Of a redirect, without its query. */
      readonly target: string | undefined;
    }
  /** `words`: what the errors say, for telling what a code does not. */
  | { readonly kind: "failed"; readonly code: string | undefined; readonly words: string };

export function listAddress({ provider, baseUrl, model }: CheckedServer): string {
  switch (provider.protocol) {
    case "ollama":
      return addressBelow(ollamaRoot(baseUrl), "/api/tags");
    case "azure":
      return addressBelow(azureBaseUrl(baseUrl, model), "/models");
    default:
      return addressBelow(baseUrl, "/models");
  }
}

/** Follows no redirect. Rejects with the signal's reason only. */
export async function reach(
  { fetch }: Pick<Network, "fetch">,
  address: string,
  { provider, apiKey }: Pick<CheckedServer, "provider" | "apiKey">,
  limitMs: number,
  signal: AbortSignal,
): Promise<Reached> {
  signal.throwIfAborted();
  const late = AbortSignal.timeout(limitMs);
  const keyHeader = provider.protocol === "azure" ? "api-key" : "authorization";
  try {
    const headers = headersFor({ apiKey, keyHeader });
    const response = await fetch(address, { headers, redirect: "manual", signal: AbortSignal.any([signal, late]) });
    const { text: body } = await readStart(response, MOST_BYTES);
    const json = parsed(body);
    const target = URL.parse(response.headers.get("location") ?? "", address);
    return {
      kind: "answered",
      // A fetch that hides the status of a redirect still tells that it was one.
      status: response.type === "opaqueredirect" ? 302 : response.status,
      json,
      isPage: json === undefined && /^\s*<(!doctype|html|head|body|\?xml)/i.test(body),
      text: body.slice(0, TEXT_CHARS),
      target: target?.host ? `${target.origin}${target.pathname}` : undefined,
    };
  } catch (error) {
    signal.throwIfAborted();
    const code = late.aborted ? TIMED_OUT : (errorCode(error) ?? chromiumCode(error));
    return { kind: "failed", code, words: messages(error).join(" ") };
  }
}

/** `undefined` where it is no list of models. */
export function modelsIn(reached: Reached): readonly string[] | undefined {
  if (reached.kind === "failed" || reached.status !== 200) return undefined;
  const list = field(reached.json, "data") ?? field(reached.json, "models");
  // Ollama's is `null` while nothing is pulled.
  if (field(reached.json, "data") === null && list === undefined) return [];
  if (!Array.isArray(list)) return undefined;
  return (list as unknown[]).flatMap((each) => text(field(each, "id")) ?? text(field(each, "model")) ?? []);
}

/** With Electron's network stack the code stands in the message: `net::ERR_CONNECTION_REFUSED`. */
function chromiumCode(error: unknown): string | undefined {
  return /net::(ERR_[A-Z_]+)/.exec(messages(error).join(" "))?.[1];
}

function messages(error: unknown): readonly string[] {
  const found: string[] = [];
  for (let at = error; at instanceof Error && found.length < 5; at = at.cause) found.push(at.message);
  return found;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const TEXT_CHARS = 1_000;
const MOST_BYTES = 4 * 2 ** 20;
