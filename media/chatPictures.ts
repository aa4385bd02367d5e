/** Pictures that are pasted, dropped or picked: made small enough to be sent, and without what a camera writes into them. */

import type { FromChatPage } from "../src/extension/chatProtocol.ts";
import type { Picture } from "../src/chat/conversation.ts";

/** The long side, in pixels: beyond it the models scale a picture down themselves. */
const MOST_PIXELS = 1_568;
/** Of base64, as the extension takes it. */
const MOST_CHARS = 8_000_000;

export function isPicture({ type }: File): boolean {
  return /^image\/(?:png|jpeg|webp|gif|bmp)$/.test(type);
}

/** As if it had been dropped. */
export function pictureFile(name: string, { mediaType, base64 }: Picture): File {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return new File([bytes], name, { type: mediaType });
}

/** `undefined` where it can't be read or is too large even then. */
export async function pictureMessage(file: File, thread: string): Promise<FromChatPage | undefined> {
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, MOST_PIXELS / Math.max(bitmap.width, bitmap.height));
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(bitmap.width * scale)),
      Math.max(1, Math.round(bitmap.height * scale)),
    );
    const context = canvas.getContext("2d");
    if (!context) return undefined;
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    // A photograph stays one; a screenshot keeps its sharp edges where that is not too much.
    const types = file.type === "image/jpeg" ? ["image/jpeg"] : ["image/png", "image/jpeg"];
    for (const type of types) {
      const picture = await encoded(canvas, type);
      if (picture) return { type: "picture", thread, name: file.name || "picture.png", picture };
    }
  } catch {
    // It is no picture, or one that the browser does not know.
  }
  return undefined;
}

async function encoded(canvas: OffscreenCanvas, type: string): Promise<Picture | undefined> {
  const blob = await canvas.convertToBlob({ type, quality: 0.92 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = "";
  // A call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  const base64 = btoa(binary);
  if (base64 === "" || base64.length > MOST_CHARS) return undefined;
  return { mediaType: type === "image/jpeg" ? "image/jpeg" : "image/png", base64 };
}
