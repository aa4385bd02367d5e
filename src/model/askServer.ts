/** Questions to a server that are no requests for an answer: which models it has, what one can do. */

import { acceptedOf, failureOfConnection, failureOfRefusal, RefusedError } from "./httpFailure.ts";
import { ModelError } from "./model.ts";
import { readJson } from "./responseBody.ts";
import { addressBelow, headersFor, type SenderOptions } from "./sender.ts";
import { checkedAddress, checkedKey } from "./serverAddress.ts";

/** A server and how to talk to it, as the user set it up. */
export interface Server extends Omit<SenderOptions, "now"> {
  /** For the whole answer; of one that streams, until it begins and for each silence. */
  readonly timeLimitMs: number;
}

export interface Question {
  /** Sent with POST; without one it is a GET. */
  readonly body?: object;
  /** For the words of a failure. */
  readonly model?: string;
}

/**
 * What the server says at `path`.
 * @throws {ModelError}, and the signal's reason when it was aborted
 */
export async function askServer(
  server: Server,
  path: string,
  signal: AbortSignal,
  { body, model = "" }: Question = {},
): Promise<unknown> {
  signal.throwIfAborted();
  const late = AbortSignal.timeout(server.timeLimitMs);
  const { host } = checkedAddress(server.baseUrl);
  try {
    return await readJson(await post(server, path, AbortSignal.any([signal, late]), body));
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) throw new ModelError({ kind: "timed-out", host, limitMs: server.timeLimitMs }, { cause: error });
    throw failureOf(error, server, model);
  }
}

/** The response that begins the answer. Rejects as `fetch` does, and with `RefusedError`. */
export async function post(server: Server, path: string, signal: AbortSignal, body?: object): Promise<Response> {
  const { baseUrl, host } = checkedAddress(server.baseUrl);
  const headers = headersFor({ apiKey: checkedKey(server.apiKey, host), keyHeader: server.keyHeader });
  const init = { headers, redirect: "manual", signal } as const;
  const sent = body === undefined ? init : { ...init, method: "POST", body: JSON.stringify(body) };
  return acceptedOf(await server.fetch(addressBelow(baseUrl, path), sent), baseUrl, Date.now());
}

export function failureOf(error: unknown, { baseUrl, apiKey }: Server, model: string): ModelError {
  if (error instanceof ModelError) return error;
  const { host } = checkedAddress(baseUrl);
  if (error instanceof SyntaxError) return new ModelError({ kind: "bad-response", host }, { cause: error });
  if (error instanceof RefusedError) {
    const identity = { host, model, apiKey: apiKey?.trim() || undefined };
    return new ModelError(failureOfRefusal(error.refusal, identity), { cause: error });
  }
  return new ModelError(failureOfConnection(error, host, false), { cause: error });
}
