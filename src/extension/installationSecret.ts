/**
 * The secret of this installation by which addresses become hashes: whoever reads the ledger can't try out names of files.
 *
 * It is a file of the user's beside the ledger's folder and not in VS Code's secret storage. That one is empty again at each start
 * in a browser, and on a desktop without a keyring, where its use also opens a dialogue; then nothing that was accepted before
 * would be found again, and two windows would have two secrets. It opens nothing: it only makes hashes worthless without it.
 */

import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createWhole } from "../model/createWhole.ts";
import { failureOf } from "../productivity/ledger/failure.ts";
import { SECRET_BYTES } from "../productivity/ledger/fileHmac.ts";
import { CountingError } from "./countingState.ts";

/**
 * Made where there is none yet. Windows that start at the same moment get the same.
 * @param folder of the extension's files, which need not exist
 * @throws {CountingError} where it can't be read or made
 */
export async function installationSecret(folder: string): Promise<Uint8Array> {
  const file = join(folder, FILE);
  try {
    await mkdir(folder, { recursive: true });
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const kept = await secretIn(file);
      if (typeof kept === "object") return kept;
      if (kept === "none") createWhole(file, `${randomBytes(SECRET_BYTES).toString("base64")}\n`);
      // Where files can't be made whole another window may be writing it. Else what it made hashes of is lost with it.
      else if (tries < MOST_TRIES / 2) await setTimeout(WRITTEN_WITHIN_MS);
      else await rm(file, { force: true });
    }
  } catch (error) {
    throw new CountingError(failureOf(error));
  }
  throw new CountingError({ reason: "unavailable", detail: "secret" });
}

async function secretIn(file: string): Promise<Uint8Array | "none" | "cut"> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return "none";
  const bytes = Buffer.from(text, "base64");
  return bytes.length === SECRET_BYTES ? bytes : "cut";
}

/** In the folder of the extension's files. */
const FILE = "ledger-secret";
const MOST_TRIES = 8;
const WRITTEN_WITHIN_MS = 50;
