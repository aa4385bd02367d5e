/** Records as some days of work would make them, for what is measured and tested with many. */

import { type Random, seeded } from "../../bench/replay/random.ts";
import type { Check, LedgerRecord } from "../../src/productivity/records.ts";

const languages = ["typescript", "python", "go", "rust", "markdown"];
const checks: readonly (readonly [Check, number])[] = [
  ["30s", 30_000],
  ["2m", 120_000],
  ["5m", 300_000],
  ["10m", 600_000],
  ["15m", 900_000],
  ["24h", 86_400_000],
  ["commit", 3_600_000],
];

/** So many, of one session; the time goes on by itself. */
export function workedRecords(session: string, fromMs: number, seed: number, count: number): readonly LedgerRecord[] {
  const records: LedgerRecord[] = [];
  for (const record of endless(session, fromMs, seed)) {
    if (records.length >= count) break;
    records.push(record);
  }
  return records;
}

function* endless(session: string, fromMs: number, seed: number): Generator<LedgerRecord, never, undefined> {
  const random = seeded(seed);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value;
  const count = (most: number): number => Math.floor(random() * most);
  let atMs = fromMs;
  let made = 0;
  for (;;) {
    const file = hex(count(300));
    const placed = { session, file, project: hex(1_000 + (count(300) % 4)), language: pick(languages) };
    const model = pick(["embedded/smollm2-135m-instruct", "ollama/qwen2.5-coder:7b"]);
    for (let asked = 0; asked <= count(6); asked += 1) {
      atMs += 200 + count(2_000);
      yield { kind: "opportunity", atMs, ...placed, trigger: random() < 0.97 ? "automatic" : "manual" };
      const none = {
        kind: "response",
        atMs: atMs + 90,
        ...placed,
        afterMs: count(700),
        lines: 0,
        chars: 0,
        choices: 0,
        model,
      } as const;
      yield {
        ...none,
        run: undefined,
        outcome: pick(["cancelled", "dropped"]),
        reason: pick(["stale", "empty", "newer"]),
      };
    }
    yield* run(placed, model);
    yield { kind: "edit", atMs, ...placed, edit: `${session}:${(made += 1)}`, ...edits(random) };
    yield {
      kind: "typedSurvival",
      atMs: atMs + 600_000,
      session,
      edit: `${session}:${made}`,
      typedChars: 40,
      survivingChars: count(41),
      state: "counted",
    };
    if (random() < 0.3)
      yield {
        kind: "activity",
        atMs,
        session,
        project: placed.project,
        focusedMs: 60_000,
        active60Ms: 41_000,
        active120Ms: 52_000,
        active300Ms: 60_000,
      };
    if (random() < 0.05) yield { kind: "guard", atMs, ...placed, newErrors: 1 + count(4) };
    if (random() < 0.01) yield { kind: "commit", atMs, session, project: placed.project };
  }

  function* run(placed: Placed, model: string): Generator<LedgerRecord, void, undefined> {
    const id = `${session}:run${(made += 1)}`;
    const chars = 5 + count(200);
    atMs += 300;
    yield {
      kind: "response",
      atMs,
      ...placed,
      run: id,
      outcome: "returned",
      reason: "model",
      afterMs: count(900),
      chars,
      lines: 1,
      choices: 1,
      model,
    };
    if (random() < 0.6)
      yield { kind: "shown", atMs: atMs + 300, ...placed, run: id, thresholdMs: 300, evidence: "held" };
    const isShown = random() < 0.5;
    if (isShown) yield { kind: "shown", atMs: atMs + 750, ...placed, run: id, thresholdMs: 750, evidence: "held" };
    const isAccepted = isShown && random() < 0.4;
    if (isAccepted) {
      const accept = `${session}:accept${(made += 1)}`;
      yield {
        kind: "accept",
        atMs: atMs + 1_500,
        ...placed,
        accept,
        run: id,
        part: pick(["full", "full", "word", "line"]),
        evidence: "command",
        chars,
        lines: 1,
        carets: 1,
        afterMs: 1_500,
        model,
      };
      if (random() < 0.1) yield { kind: "regret", atMs: atMs + 4_000, session, accept, afterMs: 2_500 };
      let left = chars;
      for (const [check, afterMs] of checks) {
        left = Math.max(0, left - count(20));
        const state = random() < 0.05 ? "censored" : left / chars >= 0.67 ? "alive" : "dead";
        yield {
          kind: "survival",
          atMs: atMs + afterMs,
          session,
          accept,
          check,
          state,
          isRescued: false,
          insertedChars: chars,
          survivingChars: left,
          distance: undefined,
          reason: state === "censored" ? "not-found" : "",
          lateMs: count(900),
        };
      }
    }
    yield {
      kind: "end",
      atMs: atMs + 2_000,
      ...placed,
      run: id,
      outcome: isAccepted ? "accepted" : "ignored",
      reason: isAccepted ? "accepted" : "typing-disagreed",
      trigger: "automatic",
      lastedMs: 2_000,
      chars,
      typedChars: count(5),
      acceptedChars: isAccepted ? chars : 0,
      contaminated: "no",
      model,
    };
  }
}

interface Placed {
  readonly session: string;
  readonly file: string;
  readonly project: string;
  readonly language: string;
}

const editFields = [
  "typedChars",
  "aiChars",
  "deletedChars",
  "pasteChars",
  "longPasteChars",
  "bulkChars",
  "formatterChars",
  "diskChars",
  "ownChars",
  "otherChars",
  "undos",
  "redos",
  "changes",
] as const;

function edits(random: Random): Pick<LedgerRecord & { readonly kind: "edit" }, (typeof editFields)[number]> {
  const chars = (most: number): number => Math.floor(random() * most);
  return {
    typedChars: 40,
    aiChars: chars(60),
    deletedChars: chars(20),
    pasteChars: chars(2),
    longPasteChars: 0,
    bulkChars: 0,
    formatterChars: chars(2),
    diskChars: 0,
    ownChars: 0,
    otherChars: 0,
    undos: chars(2),
    redos: 0,
    changes: 40 + chars(20),
  };
}

/** Sixteen digits, as an HMAC has them. */
function hex(number: number): string {
  return (Math.imul(number + 1, 0x9e3779b1) >>> 0).toString(16).padStart(16, "5").slice(-16);
}
