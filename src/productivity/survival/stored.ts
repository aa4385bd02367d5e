/** What is kept of an accept beyond the window: figures and HMACs of lexemes, as JSON. About one kilobyte for a few lines of code. */

import { allChecks } from "./checks.ts";
import { type Anchor, byHandIn, survivingIn, type Tracked, trackedOf } from "./tracked.ts";

/** Of the form in which it is kept. Windows of different versions may share a ledger: each leaves what a later one has kept alone. */
export const storedVersion = 1;

export function storedOf({ atMs, checks, committedMs, parts }: Tracked): string {
  return JSON.stringify({
    version: storedVersion,
    atMs,
    checks: [...checks],
    committedMs,
    parts: parts.map((part) => ({
      insertedChars: part.insertedChars,
      leftChars: survivingIn(part),
      byHandChars: byHandIn(part),
      near: part.near,
      anchor: part.anchor,
    })),
  });
}

/** All its parts are lost: they have to be found. `undefined` for what another version has written. */
export function trackedFrom(accept: string, stored: string): Tracked | undefined {
  const value = objectFrom(parsed(stored));
  const { atMs, checks, committedMs, parts } = value ?? {};
  if (value?.["version"] !== storedVersion || !isNumber(atMs) || !Array.isArray(checks) || !Array.isArray(parts))
    return undefined;
  const known = parts.map(partFrom);
  const whole = known.filter((part) => part !== undefined);
  if (whole.length < known.length) return undefined;
  const tracked = trackedOf(accept, atMs, whole);
  for (const [index, part] of tracked.parts.entries()) {
    part.isLost = true;
    part.leftChars = whole[index]?.leftChars ?? 0;
    part.byHandChars = whole[index]?.byHandChars ?? 0;
  }
  for (const check of allChecks) if (!checks.includes(check)) tracked.checks.delete(check);
  tracked.committedMs = isNumber(committedMs) ? committedMs : undefined;
  return tracked;
}

function partFrom(value: unknown) {
  const { insertedChars, leftChars, byHandChars, near, anchor } = objectFrom(value) ?? {};
  if (!isNumber(insertedChars) || !isNumber(leftChars) || !isNumber(byHandChars) || !isNumber(near)) return undefined;
  return { insertedChars, leftChars, byHandChars, near, anchor: anchorFrom(anchor) };
}

function anchorFrom(value: unknown): Anchor | undefined {
  const { kept, before, after, lead, trail } = objectFrom(value) ?? {};
  const { head, tail, skipped } = objectFrom(kept) ?? {};
  if (!isHashes(head) || !isHashes(tail) || !isHashes(before) || !isHashes(after)) return undefined;
  if (!isNumber(skipped) || !isNumber(lead) || !isNumber(trail)) return undefined;
  return { kept: { head, tail, skipped }, before, after, lead, trail };
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
