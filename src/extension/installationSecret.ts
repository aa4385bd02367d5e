/** The secret of this installation by which addresses become hashes: whoever reads the ledger can't try out names of files. */

import { randomBytes } from "node:crypto";
import type * as vscode from "vscode";
import { SECRET_BYTES } from "../productivity/ledger/fileHmac.ts";
import { CountingError } from "./countingState.ts";

/** Made where there is none yet. @throws {CountingError} `no-secret` where the secret storage does not work */
export async function installationSecret(secrets: vscode.SecretStorage, settledMs = SETTLED_MS): Promise<Uint8Array> {
  try {
    const known = bytesOf(await secrets.get(NAME));
    if (known) return known;
    await secrets.store(NAME, randomBytes(SECRET_BYTES).toString("base64"));
    // Another window may be making one at the same moment: all go by the last one.
    await new Promise((wake) => setTimeout(wake, settledMs));
    const made = bytesOf(await secrets.get(NAME));
    if (made) return made;
  } catch (error) {
    throw new CountingError({ reason: "no-secret", detail: error instanceof Error ? error.name : "unknown" });
  }
  throw new CountingError({ reason: "no-secret", detail: "not kept" });
}

function bytesOf(text: string | undefined): Uint8Array | undefined {
  const bytes = Buffer.from(text ?? "", "base64");
  return bytes.length === SECRET_BYTES ? bytes : undefined;
}

const NAME = "ledger.secret";
const SETTLED_MS = 300;
