/** A file that was hashed once is not hashed at each start: a small file beside it says when and what. */

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rm, stat, writeFile } from "node:fs/promises";

interface Mark {
  readonly sha256: string;
  readonly size: number;
  readonly mtimeMs: number;
}

export async function sha256Of(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  const chunks = createReadStream(path, { highWaterMark: 1 << 20, ...(signal && { signal }) });
  for await (const chunk of chunks) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** Whether the file was found right and has not changed since. */
export async function isMarkedVerified(path: string, sha256: string): Promise<boolean> {
  try {
    const mark: unknown = JSON.parse(await readFile(markOf(path), "utf8"));
    const { size, mtimeMs } = await stat(path);
    return isMark(mark) && mark.size === size && mark.mtimeMs === mtimeMs && mark.sha256 === sha256;
  } catch {
    return false;
  }
}

/** Remembers that `content`, which is or will be renamed to `path`, has this digest. */
export async function markVerified(path: string, sha256: string, content = path): Promise<void> {
  const { size, mtimeMs } = await stat(content);
  const mark: Mark = { sha256, size, mtimeMs };
  await writeFile(markOf(path), `${JSON.stringify(mark)}\n`);
}

/** Together with the file. */
export async function removeMark(path: string): Promise<void> {
  await rm(markOf(path), { force: true });
}

function markOf(path: string): string {
  return `${path}.verified`;
}

function isMark(value: unknown): value is Mark {
  return (
    typeof value === "object" &&
    value !== null &&
    "sha256" in value &&
    "size" in value &&
    "mtimeMs" in value &&
    typeof value.sha256 === "string"
  );
}
