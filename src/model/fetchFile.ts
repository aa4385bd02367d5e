/**
 * One file over HTTP into `<target>.part`: taken up where it stopped, given up where nothing comes.
 * The caller knows the digest and checks what comes out, so a part from another source is continued too.
 */

import { open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { SourceError } from "./downloadError.ts";
import { errorCode } from "./errorCode.ts";

export interface FetchLimits {
  /** From the request to the answer's headers, redirects included. */
  readonly connectMs: number;
  /** Between two pieces of the body. */
  readonly silenceMs: number;
  /** How often in a row a connection may break with nothing gained. */
  readonly barrenTries: number;
  /** Before the connection is taken up again. */
  readonly pauseMs: number;
}

export const fetchLimits: FetchLimits = { connectMs: 6_000, silenceMs: 30_000, barrenTries: 2, pauseMs: 500 };

export interface FetchFileOptions {
  readonly url: string;
  readonly partPath: string;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal | undefined;
  readonly limits: FetchLimits;
  readonly onProgress: (receivedBytes: number, totalBytes: number | undefined) => void;
}

/** What is known of a part: a server says with its tag whether it still has the same file. */
interface PartNote {
  readonly url: string;
  readonly etag: string | undefined;
}

/**
 * Rejects with `SourceError` when this source fails, with the signal's reason when aborted,
 * and with the file system's own error when the part can't be written. The part stays for the next time.
 */
export async function fetchFile(options: FetchFileOptions): Promise<{ readonly resumed: boolean }> {
  const { partPath, signal, limits } = options;
  let resumed = false;
  for (let barren = 0; ;) {
    const before = await sizeOf(partPath);
    try {
      resumed = (await fetchOnce(options, before)) || resumed;
      return { resumed };
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof SourceError) || !["interrupted", "timed-out"].includes(error.reason)) throw error;
      const gained = (await sizeOf(partPath)) > before;
      barren = gained ? 0 : barren + 1;
      // A source that never answered is not asked again: the next one may.
      if (barren >= limits.barrenTries || (!gained && error.reason === "timed-out")) throw error;
      await sleep(limits.pauseMs, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
    }
  }
}

/** Returns whether a part was continued. */
async function fetchOnce(options: FetchFileOptions, have: number): Promise<boolean> {
  const { url, partPath, signal, limits } = options;
  const note = have > 0 ? await readNote(partPath) : undefined;
  const etag = note?.url === url ? note.etag : undefined;
  const canResume = have > 0;

  const silence = new AbortController();
  const bothSignals = AbortSignal.any([silence.signal, ...(signal ? [signal] : [])]);
  const timer = setTimeout(() => silence.abort(), limits.connectMs);
  try {
    const headers: Record<string, string> = { "accept-encoding": "identity" };
    if (canResume) headers["range"] = `bytes=${have}-`;
    if (canResume && etag !== undefined) headers["if-range"] = etag;
    const response = await connect(options, headers, bothSignals, silence.signal);
    clearTimeout(timer);
    // The part is complete, or longer than the file: the digest will tell, or the next try starts anew.
    if (response.status === 416 && canResume) {
      await response.body?.cancel();
      if (rangeTotal(response) === have) return true;
      await rm(partPath, { force: true });
      throw new SourceError("interrupted");
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new SourceError(
        response.status === 404 ? "not-found" : "refused",
        response.status === 404 ? undefined : String(response.status),
      );
    }
    const start = response.status === 206 ? rangeStart(response) : 0;
    if (start !== 0 && start !== have) throw new SourceError("interrupted", "another range");
    const total = totalOf(response, start);
    await writeNote(partPath, { url, etag: strongTag(response) });
    await writeBody(response, { ...options, start, total, silence });
    return start > 0;
  } finally {
    clearTimeout(timer);
    // Lets go of the connection also where writing failed.
    silence.abort();
  }
}

async function connect(
  { url, fetch }: FetchFileOptions,
  headers: Record<string, string>,
  signal: AbortSignal,
  silence: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(url, { headers, signal });
  } catch (error) {
    if (silence.aborted) throw new SourceError("timed-out", undefined, { cause: error });
    throw new SourceError("unreachable", errorCode(error), { cause: error });
  }
}

interface Body extends FetchFileOptions {
  readonly start: number;
  readonly total: number | undefined;
  readonly silence: AbortController;
}

async function writeBody(response: Response, body: Body): Promise<void> {
  const { partPath, start, total, silence, limits, onProgress } = body;
  const file = await open(partPath, start > 0 ? "r+" : "w");
  let written = start;
  let timer: NodeJS.Timeout | undefined;
  try {
    const reader = response.body?.getReader();
    if (!reader) throw new SourceError("interrupted");
    onProgress(written, total);
    for (;;) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), limits.silenceMs);
      const piece = await reader.read().catch((error: unknown) => {
        throw new SourceError(silence.signal.aborted ? "timed-out" : "interrupted", errorCode(error), { cause: error });
      });
      if (piece.done) break;
      await file.write(piece.value, 0, piece.value.length, written);
      written += piece.value.length;
      onProgress(written, total);
    }
    await file.truncate(written);
    await file.sync();
  } finally {
    clearTimeout(timer);
    await file.close();
  }
  if (total !== undefined && written < total) throw new SourceError("interrupted");
}

function rangeStart(response: Response): number {
  return Number(/^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1] ?? Number.NaN);
}

function rangeTotal(response: Response): number | undefined {
  const total = /\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1];
  return total === undefined ? undefined : Number(total);
}

function totalOf(response: Response, start: number): number | undefined {
  const length = response.headers.get("content-length");
  // A body that was decoded on the way has another length than the header says.
  if (length === null || response.headers.get("content-encoding")) return rangeTotal(response);
  return rangeTotal(response) ?? start + Number(length);
}

function strongTag(response: Response): string | undefined {
  const etag = response.headers.get("etag");
  return etag === null || etag.startsWith("W/") ? undefined : etag;
}

async function readNote(partPath: string): Promise<PartNote | undefined> {
  try {
    const note: unknown = JSON.parse(await readFile(`${partPath}.json`, "utf8"));
    if (typeof note !== "object" || note === null || !("url" in note) || typeof note.url !== "string") return undefined;
    return { url: note.url, etag: "etag" in note && typeof note.etag === "string" ? note.etag : undefined };
  } catch {
    return undefined;
  }
}

async function writeNote(partPath: string, note: PartNote): Promise<void> {
  await writeFile(`${partPath}.json`, JSON.stringify(note));
}

/** Removes what a download left that did not end well. */
export async function removePart(partPath: string): Promise<void> {
  await Promise.all([rm(partPath, { force: true }), rm(`${partPath}.json`, { force: true })]);
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
