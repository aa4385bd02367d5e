/** What is kept of an accept beyond the window: figures and HMACs of lexemes, as JSON. About one kilobyte for a few lines of code. */

import type { Check } from "../records.ts";
import { allChecks } from "./checks.ts";
import type { KeptLexemes } from "./lexemes.ts";
import { type Anchor, byHandIn, survivingIn, type Tracked, trackedOf } from "./tracked.ts";

/** Of the form in which it is kept. Windows of different versions may share a ledger: each leaves what a later one has kept alone. */
export const storedVersion = 1;

export function storedOf({ atMs, salt, checks, committedMs, deadMs, parts }: Tracked): string {
  // At many carets it is the same text, mostly.
  const kept = [...new Set(parts.flatMap(({ anchor }) => anchor?.kept ?? []))];
  return JSON.stringify({
    version: storedVersion,
    atMs,
    salt,
    kept,
    checks: [...checks],
    committedMs,
    deadMs,
    parts: parts.map((part) => ({
      insertedChars: part.insertedChars,
      leftChars: survivingIn(part),
      byHandChars: byHandIn(part),
      near: part.near,
      anchor: part.anchor && { ...part.anchor, kept: kept.indexOf(part.anchor.kept) },
    })),
  });
}

/** All its parts are lost: they have to be found. `undefined` for what another version has written. */
export function trackedFrom(accept: string, stored: string): Tracked | undefined {
  const value = objectFrom(parsed(stored));
  const { atMs, salt, checks, kept, committedMs, deadMs, parts } = value ?? {};
  if (value?.["version"] !== storedVersion || !isNumber(atMs) || typeof salt !== "string") return undefined;
  if (!Array.isArray(checks) || !Array.isArray(kept) || !Array.isArray(parts)) return undefined;
  const lexemes = kept.map(keptFrom);
  const known = parts.map((part) => partFrom(part, lexemes));
  const whole = known.filter((part) => part !== undefined);
  if (whole.length < known.length) return undefined;
  const tracked = trackedOf({ accept, atMs, salt }, whole);
  for (const [index, part] of tracked.parts.entries()) {
    part.isLost = true;
    part.leftChars = whole[index]?.leftChars ?? 0;
    part.byHandChars = whole[index]?.byHandChars ?? 0;
  }
  for (const check of allChecks) if (!checks.includes(check)) tracked.checks.delete(check);
  tracked.committedMs = isNumber(committedMs) ? committedMs : undefined;
  tracked.deadMs = isNumber(deadMs) ? deadMs : undefined;
  return tracked;
}

/** Which checks of a kept accept were not made, as far as it can be read; else all. What was said before stands. */
export function checksIn(stored: string): readonly Check[] {
  const { checks } = objectFrom(parsed(stored)) ?? {};
  return allChecks.filter((check) => !Array.isArray(checks) || checks.includes(check));
}

function partFrom(value: unknown, lexemes: readonly (KeptLexemes | undefined)[]) {
  const { insertedChars, leftChars, byHandChars, near, anchor } = objectFrom(value) ?? {};
  if (!isNumber(insertedChars) || !isNumber(leftChars) || !isNumber(byHandChars) || !isNumber(near)) return undefined;
  return { insertedChars, leftChars, byHandChars, near, anchor: anchorFrom(anchor, lexemes) };
}

function anchorFrom(value: unknown, lexemes: readonly (KeptLexemes | undefined)[]): Anchor | undefined {
  const { kept, before, after, lead, trail } = objectFrom(value) ?? {};
  const own = isNumber(kept) ? lexemes[kept] : undefined;
  if (!own || !isHashes(before) || !isHashes(after) || !isNumber(lead) || !isNumber(trail)) return undefined;
  return { kept: own, before, after, lead, trail };
}

function keptFrom(value: unknown): KeptLexemes | undefined {
  const { head, tail, skipped } = objectFrom(value) ?? {};
  return isHashes(head) && isHashes(tail) && isNumber(skipped) ? { head, tail, skipped } : undefined;
}

function objectFrom(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isHashes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(isNumber);
}
