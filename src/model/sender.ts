/** How a request goes to a server that speaks like OpenAI, and its answer comes back: what all who send have in common. */

import type { Fields } from "./openAiRequest.ts";

export interface SenderOptions {
  /** May have a query. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Events {
  /** Throws `RefusedError` for an event that is an error, `SyntaxError` for one that is not JSON. */
  readonly body: AsyncIterable<unknown>;
  /** How the body ended. */
  end(): { readonly bytes: number; readonly hasMark: boolean };
  /** Reads on to the end of a body of which nothing more is wanted, so that the connection can be used again. */
  drain(): Promise<void>;
}

/** Rejects with `RefusedError` when the server refuses, and with what `fetch` says when it can't be reached. */
export type Sender = (fields: Fields, signal: AbortSignal) => Promise<Events>;

export const END_MARK = "[DONE]";

/** What a request needs. The client would add the platform, versions, retry counts and headers from the environment. */
export function headersFor(apiKey: string | undefined): Readonly<Record<string, string>> {
  const authorization = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  return { accept: "application/json", "content-type": "application/json", "user-agent": "pairwise", ...authorization };
}

/** The address of `path`, which starts with a slash, below the server's; the query stays at the end. */
export function addressBelow(baseUrl: string, path: string): string {
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/\/+$/, "") + path;
  return url.href;
}
