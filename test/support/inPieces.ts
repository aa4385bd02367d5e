import type { ServerResponse } from "node:http";

/** Sends a body cut at every `size` bytes, as a network may, also in the middle of a character. */
export async function sendInPieces(response: ServerResponse, body: string, size: number): Promise<void> {
  const bytes = Buffer.from(body);
  response.socket?.setNoDelay();
  for (let at = 0; at < bytes.length; at += size) {
    response.write(bytes.subarray(at, at + size));
    await new Promise(setImmediate);
  }
}
