/** How a request goes to a server, and its answer comes back: what all who send have in common. */

export interface SenderOptions {
  /** May have a query. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  /** The header that the key is sent in; `authorization` (as a bearer token) when left out. */
  readonly keyHeader?: KeyHeader | undefined;
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export type KeyHeader = "authorization" | "api-key";

export interface Events {
  /** Throws `RefusedError` for an event that is an error, `SyntaxError` for one that is not JSON. */
  readonly body: AsyncIterable<unknown>;
  /** How the body ended. `hasMark`: with the protocol's own end mark. */
  end(): { readonly bytes: number; readonly hasMark: boolean };
  /** Reads on to the end of a body of which nothing more is wanted, so that the connection can be used again. */
  drain(): Promise<void>;
}

/** Rejects with `RefusedError` when the server refuses, and with what `fetch` says when it can't be reached. */
export type Sender<Fields> = (fields: Fields, signal: AbortSignal) => Promise<Events>;

export const END_MARK = "[DONE]";

/** What a request needs. The client would add the platform, versions, retry counts and headers from the environment. */
export function headersFor({
  apiKey,
  keyHeader = "authorization",
}: Pick<SenderOptions, "apiKey" | "keyHeader">): Readonly<Record<string, string>> {
  const key = apiKey === undefined ? {} : { [keyHeader]: keyHeader === "authorization" ? `Bearer ${apiKey}` : apiKey };
  return { accept: "application/json", "content-type": "application/json", "user-agent": "pairwise", ...key };
}

/** The address of `path`, which starts with a slash, below the server's; the query stays at the end. */
export function addressBelow(baseUrl: string, path: string): string {
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/\/+$/, "") + path;
  return url.href;
}
