/** What a window could not write before it ended: beside the ledger, for the next one that opens it. */

import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Batch, PendingChange } from "./batches.ts";
import { failureOf } from "./failure.ts";
import { schemaVersion } from "./schema.ts";
import type { LedgerStore } from "./store.ts";

/** What the names of these files begin with. */
export const leftPrefix = "ledger-left-";
const ENDING = ".jsonl";
const UNREADABLE = ".unreadable";

interface Head {
  /** Of the ledger that it was meant for: what a later version has left waits for that one. */
  readonly schema: number;
  /** Of the window, which has ended. */
  readonly session: string;
}

/** Some milliseconds, at the end of a window. False where that can't be written either: then it is lost, and nothing can tell. */
export function leaveBehind(folder: string, session: string, batches: readonly Batch[]): boolean {
  const head: Head = { schema: schemaVersion, session };
  const [first] = batches;
  if (!first) return true;
  const file = join(folder, `${leftPrefix}${first.writer}${ENDING}`);
  const text = [head, ...batches].map((each) => `${JSON.stringify(each)}\n`).join("");
  try {
    // Under its name once it is whole: another window may look at this moment.
    writeFileSync(`${file}.part`, text, { mode: 0o600 });
    renameSync(`${file}.part`, file);
    return true;
  } catch {
    // A part of it that can't be removed now goes when everything is deleted.
    return false;
  }
}

/**
 * Writes what windows have left. What of it was written after all, or is taken up by two windows at once, is there once: each
 * batch has its writer and number.
 *
 * @param gap what can't be read: records that are none, or `undefined` of an unknown number
 * @throws where it can't be written: then it is still there
 */
export function takeUp(
  folder: string,
  store: LedgerStore,
  nowMs: number,
  gap: (lost: number | undefined) => void,
): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(leftPrefix) || !name.endsWith(ENDING)) continue;
    const text = textOf(join(folder, name));
    // Another window has just taken it up, or it can't be read now.
    if (text === undefined) continue;
    if (text === "unreadable") {
      if (isSetAside(join(folder, name))) gap(undefined);
      continue;
    }
    const [first, ...lines] = text.content.trimEnd().split("\n").map(parsed);
    if (!isHead(first)) gap(undefined);
    else {
      if (first.schema > schemaVersion) continue;
      const batches = lines.filter(isBatch);
      const unfit = store.appendLeft(first.session, batches, nowMs);
      if (batches.length < lines.length) gap(undefined);
      else if (unfit > 0) gap(unfit);
    }
    // What can't be removed is written once all the same.
    removed(join(folder, name));
  }
}

function textOf(file: string): { readonly content: string } | "unreadable" | undefined {
  try {
    return { content: readFileSync(file, "utf8") };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || failureOf(error).reason === "locked" ? undefined : "unreadable";
  }
}

/** One that can't be read, such as a folder of that name, must not keep anything from being counted, now or later. */
function isSetAside(file: string): boolean {
  try {
    renameSync(file, `${file}${UNREADABLE}`);
    return true;
  } catch {
    return false;
  }
}

function removed(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    return;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

type Parsed<Type> = { readonly [Field in keyof Type]?: unknown };

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

function isHead(value: unknown): value is Head {
  if (!isObject(value)) return false;
  const { schema, session } = value as Parsed<Head>;
  return Number.isSafeInteger(schema) && typeof session === "string";
}

/** The fields of its records are looked at when they are written. */
function isBatch(value: unknown): value is Batch {
  if (!isObject(value)) return false;
  const { writer, number, records, pending, deletions } = value as Parsed<Batch>;
  if (typeof writer !== "string" || !Number.isSafeInteger(number) || !Number.isSafeInteger(deletions)) return false;
  return Array.isArray(records) && records.every(isObject) && Array.isArray(pending) && pending.every(isChange);
}

function isChange(value: unknown): value is PendingChange {
  if (!isObject(value)) return false;
  const { kind, accept, pending, sinceMs } = value as Readonly<Record<string, unknown>>;
  if (kind === "remove") return typeof accept === "string";
  if (kind === "put" ? typeof sinceMs !== "number" : kind !== "renew" && kind !== "leave") return false;
  if (!isObject(pending)) return false;
  const { accept: of, file, dueMs, value: text } = pending as Readonly<Record<string, unknown>>;
  return [of, file, text].every((each) => typeof each === "string") && typeof dueMs === "number";
}
