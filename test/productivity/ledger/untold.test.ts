/** All that somebody can read while a group of half-hours goes on, held to be the same whatever was drawn for them. */

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { planOf } from "../../../src/productivity/experiment/plan.ts";
import { offPosition } from "../../../src/productivity/experiment/schedule.ts";
import { SLOT_MS } from "../../../src/productivity/experiment/slots.ts";
import { copilotLines } from "../../../src/productivity/export/copilot.ts";
import { csvFiles } from "../../../src/productivity/export/csvTables.ts";
import { metricsOf } from "../../../src/productivity/export/metrics.ts";
import { blindedAt } from "../../../src/productivity/ledger/blinding.ts";
import { sha256 } from "../../../src/productivity/ledger/experimentRecords.ts";
import { assignSlot, changeExperiment, startExperiment } from "../../../src/productivity/ledger/experiments.ts";
import { MANIFEST_FILE } from "../../../src/productivity/ledger/exportManifest.ts";
import { exportLedger } from "../../../src/productivity/ledger/exporting.ts";
import { lastEvents } from "../../../src/productivity/ledger/lastEvents.ts";
import { teamBlocksOf } from "../../../src/productivity/ledger/teamBlocks.ts";
import type { LedgerRecord } from "../../../src/productivity/records.ts";
import { reportWords } from "../../../src/productivity/report/words.ts";
import { figuresOf } from "../../../src/report/ledgerFigures.ts";
import { EXPERIMENT, slotAt, startWish } from "../../support/experimentRig.ts";
import { batchOf, ledgerFolder, NOON_MS, openStore } from "../../support/ledgerRig.ts";
import { english } from "../../support/reports.ts";

const placed = { session: "5e551000000000a1", file: "f", project: "p", language: "go" } as const;

/** A seed that has the half-hour at that place of the first group without suggestions. */
function seedWith(off: number, k: number): string {
  for (let index = 0; ; index += 1) {
    const seed = index.toString(16).padStart(64, "0");
    if (offPosition(seed, 0, k, sha256) === off) return seed;
  }
}

const answer = {
  kind: "response",
  ...placed,
  run: undefined,
  reason: "model",
  afterMs: 300,
  chars: 5,
  lines: 1,
} as const;

/** What the counting writes of a suggestion that is held back there: it was asked for, and with a draw something comes of it. */
function heldBack(atMs: number, by: "half-hour" | "draw", afterMs = 300): readonly LedgerRecord[] {
  const asked = { kind: "opportunity", ...placed, atMs, trigger: "automatic" } as const;
  const outcome = by === "draw" ? "held-back-singly" : "held-back";
  const answered = { ...answer, atMs: atMs + 300, afterMs, outcome, choices: 1, model: "m" } as const;
  const stamped = { atMs: atMs + 300, session: placed.session, experiment: EXPERIMENT };
  const trial = { isShown: false, isAsked: false, state: "reached", reason: "", activeMs: 5_000 } as const;
  return by === "half-hour"
    ? [asked, answered]
    : [asked, answered, { kind: "trial", ...stamped, draw: atMs, ...trial, survivingChars: 40 }];
}

/** All that come by themselves in a half-hour without, and one with. Times are rounded one by one. */
const heldBackIn = (slotMs: number, isOff: boolean): readonly LedgerRecord[] =>
  isOff
    ? [299, 300, 301].flatMap((afterMs, at) => heldBack(slotMs + 400_000 + at * 5_000, "half-hour", afterMs))
    : heldBack(slotMs + 400_000, "draw");

/** What is in any half-hour. */
function worked(slotMs: number): readonly LedgerRecord[] {
  const asked = { kind: "opportunity", ...placed, atMs: slotMs + 500_000, trigger: "automatic" } as const;
  return [
    ...Array.from({ length: 29 }, (_, minute): LedgerRecord => {
      const times = { focusedMs: 60_000, active60Ms: 60_000, active120Ms: 60_000, active300Ms: 60_000 };
      return { kind: "activity", atMs: slotMs + minute * 60_000, session: placed.session, project: "p", ...times };
    }),
    asked,
    { ...answer, atMs: asked.atMs + 300, outcome: "cancelled", reason: "", choices: 0, model: "" },
    { kind: "guard", ...placed, atMs: slotMs + 600_000, newErrors: 2 },
  ];
}

/** In the half-hour with that number, with the one that was drawn to be without. */
function inGroup(
  context: TestContext,
  { k, now, off }: { readonly k: 2 | 5; readonly now: number; readonly off: number },
) {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const plan = planOf({ tier: 3, k, mostStrata: 500, pairwiseVersion: "1" });
  startExperiment(store, startWish({ plan, seed: seedWith(off, k) }), { session: "one", nowMs: NOON_MS - 1 });
  const records: LedgerRecord[] = [];
  for (let index = 0; index <= now; index += 1) {
    const { slotMs } = slotAt(index);
    assignSlot(store, slotAt(index), { session: "one", nowMs: slotMs });
    records.push(...worked(slotMs), ...heldBackIn(slotMs, index === off));
  }
  store.append(batchOf(records), NOON_MS);
  let exports = 0;
  /** All that can be read then. Seed and commitment differ. */
  const read = (nowMs: number) => {
    const figures = figuresOf(store.database, { nowMs }, true);
    const target = join(folder, `${(exports += 1)}`);
    mkdirSync(target);
    const exported = exportLedger(store.database, { folder: target, format: "jsonl", nowMs });
    assert.ok(exported.kind === "exported");
    const blinded = blindedAt(store.database, nowMs);
    const all = {
      model: figures.model,
      words: reportWords(figures.model, english),
      csv: csvFiles(figures),
      metrics: metricsOf(figures),
      copilot: copilotLines(figures),
      team: teamBlocksOf(store.database, { nowMs }),
      shown: lastEvents(store.database, 1_000, undefined).flatMap((record) => blinded(record) ?? []),
      files: exported.files
        .filter((file) => file !== MANIFEST_FILE)
        .map((file) => readFileSync(join(target, file), "utf8")),
    };
    return JSON.stringify(all).replaceAll(/[0-9a-f]{64}/g, "hash");
  };
  const stop = (nowMs: number) =>
    changeExperiment(store, { kind: "stop", withdrawsConsent: false }, { session: "one", nowMs });
  return { read, stop, figures: (nowMs: number) => figuresOf(store.database, { nowMs }, true) };
}

for (const [k, now] of [
  [2, 0],
  [2, 1],
  [5, 2],
] as const)
  test(`in half-hour ${now + 1} of a group of ${k} nothing that can be read tells which of them is without`, (context) => {
    const nowMs = slotAt(now).slotMs + 29 * 60_000;
    const [first, ...others] = Array.from({ length: k }, (_, off) => inGroup(context, { k, now, off }).read(nowMs));
    for (const reading of others) assert.equal(reading, first);
  });

test("once the group is over, or the experiment has ended, all of it is told", (context) => {
  const full = inGroup(context, { k: 2, now: 1, off: 1 });
  const endMs = NOON_MS + 2 * SLOT_MS;
  const { model, blocks } = full.figures(endMs);
  assert.deepEqual(model.methods.experiment?.drawn, { on: 1, off: 1 });
  assert.deepEqual([model.funnel.heldBack, model.funnel.stages[0]?.atLeast], [4, 6]);
  assert.deepEqual(
    blocks.map(({ arm, heldBack }) => [arm, heldBack]),
    [
      ["on", 1],
      ["off", 3],
    ],
  );
  assert.equal(model.singles?.heldBack.drawn, 0, "the record of it is not as drawn");
  assert.equal(model.singles.notAsDrawn, 1);
  assert.notEqual(full.read(endMs), inGroup(context, { k: 2, now: 1, off: 0 }).read(endMs));

  const stopped = inGroup(context, { k: 5, now: 2, off: 1 });
  const nowMs = slotAt(2).slotMs + 600_000;
  assert.deepEqual([stopped.figures(nowMs).blocks, stopped.figures(nowMs).model.funnel.heldBack], [[], 0]);
  stopped.stop(nowMs);
  const after = stopped.figures(nowMs);
  assert.deepEqual([after.blocks.map(({ arm }) => arm).join(), after.model.funnel.heldBack], ["on,off,on", 5]);
  for (const kind of ["assign", "trial", "held-back", "held-back-singly"])
    assert.match(stopped.read(nowMs), new RegExp(`"${kind}\\b`));
});
