/** A stored key that a check has found to have more in it than the key. */

import { readKey } from "../model/keyText.ts";
import type { Keys } from "./secrets.ts";

/** Stores the key without what stood around it, unless another one was entered since `stored` was read. */
export async function storeMended(keys: Keys, baseUrl: string, stored: string): Promise<void> {
  const read = readKey(stored);
  if (read.kind === "key" && (await keys.get(baseUrl)) === stored) await keys.store(baseUrl, read.key);
}

/** As what a stored key may be repeated: as it is kept, and as it is sent. The longest first. */
export function formsOf(stored: string): readonly string[] {
  const read = readKey(stored);
  const forms = [stored, stored.trim(), stored.replaceAll(/\s/g, ""), ...(read.kind === "key" ? [read.key] : [])];
  return [...new Set(forms)].filter((form) => form.trim() !== "").toSorted((one, other) => other.length - one.length);
}
