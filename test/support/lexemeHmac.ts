import { createHmac } from "node:crypto";

/** As the extension makes them, with a fixed secret. */
export const lexemeHmac = (text: string): number =>
  createHmac("sha256", "a secret for tests").update(text).digest().readUInt32LE(0);
