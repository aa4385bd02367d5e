/**
 * The secret of this installation by which addresses become hashes: whoever reads the ledger can't try out names of files.
 *
 * It is a file of the user's beside the ledger's folder and not in VS Code's secret storage. That one is empty again at each start
 * in a browser, and on a desktop without a keyring, where its use also opens a dialogue; then nothing that was accepted before
 * would be found again, and two windows would have two secrets. It opens nothing: it only makes hashes worthless without it.
 */

import { randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createWhole } from "../model/createWhole.ts";
import { failureOf } from "../productivity/ledger/failure.ts";
import { SECRET_BYTES } from "../productivity/ledger/fileHmac.ts";
import { CountingError } from "./countingState.ts";

/**
 * Made where there is none yet. Windows that start at the same moment get the same. What a file had that was cut is lost, with all
 * that it has made hashes of; it stays as it is, and another one beside it takes its place: of one that is neither changed nor
 * removed no two windows can have different contents.
 *
 * @param folder of the extension's files, which need not exist
 * @throws {CountingError} where it can't be read or made
 */
export async function installationSecret(folder: string): Promise<Uint8Array> {
  let file = join(folder, FILE);
  try {
    await mkdir(folder, { recursive: true });
    for (let number = 1; number <= MOST_FILES; number += 1) {
      file = join(folder, number === 1 ? FILE : `${FILE}-${number}`);
      const found = await secretAt(file);
      if (found) return found;
    }
  } catch (error) {
    throw new CountingError({ ...failureOf(error), secret: file });
  }
  throw new CountingError({ reason: "unavailable", detail: "secret", secret: file });
}

/** `undefined` where the file is cut. */
async function secretAt(file: string): Promise<Uint8Array | undefined> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const kept = await secretIn(file);
    if (typeof kept === "object") return kept;
    // What is made is read back: another window may have been faster.
    if (kept === "none") createWhole(file, `${randomBytes(SECRET_BYTES).toString("base64")}\n`);
    // Where files can't be made whole another window may be writing it.
    else if (tries < MOST_TRIES) await setTimeout(WRITTEN_WITHIN_MS);
  }
  return undefined;
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
const MOST_FILES = 5;
const MOST_TRIES = 5;
const WRITTEN_WITHIN_MS = 50;
