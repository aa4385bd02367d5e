/** The bytes of a source file, and its text. */

import { constants, open } from "node:fs/promises";

/** Why a file has no text. */
export type NoText = "binary" | "not-utf-8";

/**
 * `undefined` for what can't be read, is longer, or is no file: whatever is there by now may be another thing than what was
 * looked at before. A link is not followed.
 */
export async function readBytes(path: string, mostBytes: number): Promise<Uint8Array | undefined> {
  const handle = await open(path, FLAGS).catch(() => undefined);
  if (!handle) return undefined;
  try {
    const stats = await handle.stat();
    return stats.isFile() && stats.size <= mostBytes ? await handle.readFile() : undefined;
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}

/** UTF-8 with or without its mark, and UTF-16 with one. A NUL byte in the first thousands is taken for no text. */
export function decode(bytes: Uint8Array): { readonly text: string } | { readonly reason: NoText } {
  const encoding = encodingByMark(bytes);
  if (encoding === undefined && bytes.subarray(0, LOOKED_AT_BYTES).includes(0)) return { reason: "binary" };
  try {
    return { text: new TextDecoder(encoding ?? "utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { reason: "not-utf-8" };
  }
}

function encodingByMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

/** A pipe would be waited for. Windows has neither pipes among its files nor these flags. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
const LOOKED_AT_BYTES = 8_000;
