/** What nothing is written over: the files that are read, and those that belong to them. */

import { statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { realPath } from "./outputs.ts";

export type OwnFile = "read" | "belongs";

/**
 * Of a ledger that also means its log and journal, its lock, what windows have left or moved aside, and the secret of the
 * installation, which is in the folder above; of exported files the other parts. Whether they are there or not: one that somebody
 * makes in the place of a log is taken for it.
 *
 * @param files that are read
 * @param path that would be written
 */
export function ownFileAt(files: readonly string[], path: string): OwnFile | undefined {
  const target = realPath(path);
  const inputs = files.map(realPath);
  if (inputs.some((input) => isSameFile(input, target))) return "read";
  return inputs.some((input) => belongsTo(input, target)) ? "belongs" : undefined;
}

function belongsTo(input: string, target: string): boolean {
  const folder = dirname(input);
  const name = basename(target).toLowerCase();
  if (isIn(folder, target) && (OWN.test(name) || ends.some((end) => name === `${basename(input)}${end}`.toLowerCase())))
    return true;
  if ([folder, dirname(folder)].some((each) => isIn(each, target)) && SECRET.test(name)) return true;
  // By a second name, which a hard link is.
  return [
    ...ends.map((end) => `${input}${end}`),
    ...[folder, dirname(folder)].map((each) => join(each, "ledger-secret")),
  ].some((own) => isSameFile(own, target));
}

const ends = ["-wal", "-shm", "-journal"] as const;
const OWN =
  /^(ledger\.db|ledger\.db-(wal|shm|journal)|ledger\.lock|ledger-(clock|left|damaged)-.*|pairwise-ledger-.*)$/;
const SECRET = /^ledger-secret(-\d+)?$/;

const isIn = (folder: string, target: string): boolean => dirname(target).toLowerCase() === folder.toLowerCase();

function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  const [first, second] = [one, other].map((file) => statSync(file, { bigint: true, throwIfNoEntry: false }));
  return (
    first !== undefined &&
    second !== undefined &&
    first.ino !== 0n &&
    first.dev === second.dev &&
    first.ino === second.ino
  );
}
