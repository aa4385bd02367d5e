/** From the bytes of a source file to its text. */

/** Why a file has no text. */
export type NoText = "binary" | "not-utf-8";

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

const LOOKED_AT_BYTES = 8_000;
