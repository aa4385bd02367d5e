/** What a source itself says a file's SHA-256 is, for models of which the catalogue knows none. */

import { SourceError } from "./downloadError.ts";
import { errorCode } from "./errorCode.ts";
import type { Source } from "./sources.ts";

/**
 * Hugging Face and its mirrors say it in `X-Linked-ETag` of the answer that redirects to the content; ModelScope in its
 * list of files. Rejects with `SourceError`; `no-digest` when the answer has none.
 */
export async function declaredDigest(
  source: Source & { readonly kind: "http" },
  fetch: typeof globalThis.fetch,
  signal: AbortSignal | undefined,
  limitMs: number,
): Promise<string> {
  const limit = AbortSignal.timeout(limitMs);
  const signals = AbortSignal.any([limit, ...(signal ? [signal] : [])]);
  try {
    const digest =
      source.digest.kind === "header"
        ? await fromHeader(source.url, fetch, signals)
        : await fromList(source.digest.url, source.path, fetch, signals);
    if (digest === undefined) throw new SourceError("no-digest");
    return digest;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SourceError) throw error;
    throw limit.aborted
      ? new SourceError("timed-out", undefined, { cause: error })
      : new SourceError("unreachable", errorCode(error), { cause: error });
  }
}

async function fromHeader(url: string, fetch: typeof globalThis.fetch, signal: AbortSignal) {
  const response = await fetch(url, { method: "HEAD", redirect: "manual", signal });
  refuseUnless(response.ok || (response.status >= 300 && response.status < 400), response.status);
  return asDigest(response.headers.get("x-linked-etag") ?? response.headers.get("etag"));
}

async function fromList(url: string, path: string, fetch: typeof globalThis.fetch, signal: AbortSignal) {
  const response = await fetch(url, { signal });
  refuseUnless(response.ok, response.status);
  const body: unknown = await response.json().catch(() => undefined);
  const files = field(field(body, "Data"), "Files");
  const file = Array.isArray(files) ? files.find((entry) => field(entry, "Path") === path) : undefined;
  return asDigest(field(file, "Sha256"));
}

function refuseUnless(accepted: boolean, status: number): void {
  if (accepted) return;
  throw status === 404 ? new SourceError("not-found") : new SourceError("refused", String(status));
}

function asDigest(value: unknown): string | undefined {
  return typeof value === "string" ? /^"?([0-9a-f]{64})"?$/i.exec(value)?.[1]?.toLowerCase() : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
