import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { ExperimentGate } from "../../src/extension/experimentGate.ts";
import type { WorkedSlot } from "../../src/productivity/experiment/assigning.ts";
import type { ExperimentState } from "../../src/productivity/experiment/state.ts";
import { isHeldBackSingly } from "../../src/productivity/experiment/singleDraws.ts";
import type { SlotAnswer } from "../../src/productivity/ledger/experimentQuestions.ts";
import type { Failure } from "../../src/productivity/ledger/failure.ts";

const SLOT_MS = 1_800_000;
const NINE = Date.UTC(2026, 10, 30, 9);

interface Rig {
  readonly gate: ExperimentGate;
  readonly asked: WorkedSlot[];
  nowMs: number;
  counting: "off" | "starting" | "counting" | "stopped";
  /** The next answers, in their order; without one the ledger is silent. */
  readonly answers: (SlotAnswer | Failure)[];
  readonly memory: Map<string, unknown>;
  changes: number;
}

/** @param memory what the installation remembers; shared by its windows */
function windowWith(memory: Map<string, unknown>): Rig {
  const rig: Omit<Rig, "gate"> = { asked: [], nowMs: NINE, counting: "counting", answers: [], memory, changes: 0 };
  const gate = new ExperimentGate({
    memory: {
      keys: () => [...memory.keys()],
      get: <T>(key: string, fallback?: T) => (memory.get(key) ?? fallback) as T,
      update: async (key: string, value: unknown) => void memory.set(key, value),
    },
    nowMs: () => rig.nowMs,
    counting: () => rig.counting,
    assign: (slot) => {
      rig.asked.push(slot);
      const answer = rig.answers.shift();
      return answer ? Promise.resolve(answer) : new Promise(() => {});
    },
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    changed: () => (rig.changes += 1),
  });
  return Object.assign(rig, { gate });
}

const running = (): Rig => windowWith(new Map([["experiment.status", "running"]]));
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const none = (why: Extract<SlotAnswer, { kind: "none" }>["why"]): SlotAnswer => ({ kind: "none", why });
const state = (status: ExperimentState["status"]): ExperimentState => ({ status }) as ExperimentState;

function assigned(arm: "on" | "off", slotMs = NINE): SlotAnswer {
  const assignment = { slotMs, day: "2026-11-30", stratum: 0, position: 0, arm, zoneOffsetMinutes: 0 };
  return { kind: "assigned", experiment: "00", tier: 2, assignment };
}

test("without an experiment everything is shown and the ledger is never asked", async () => {
  const rig = windowWith(new Map());
  assert.equal(rig.gate.holdsBack(), false);
  rig.nowMs += SLOT_MS;
  assert.equal(rig.gate.holdsBack(), false);
  rig.gate.lookAgain();
  assert.deepEqual(rig.asked, []);
});

test("until the ledger has answered suggestions are held back in both arms; then only where it says so", async () => {
  for (const arm of ["on", "off"] as const) {
    const rig = running();
    rig.answers.push(assigned(arm));
    assert.equal(rig.gate.holdsBack(), true);
    await settled();
    assert.equal(rig.gate.holdsBack(), arm === "off");
    assert.equal(rig.asked.length, 1, "a half-hour is asked about once");
    assert.deepEqual(rig.asked[0]?.slotMs, NINE);
  }
});

test("the next half-hour has a part of its own, also after a sleep and where the clock was set back", async () => {
  const rig = running();
  rig.answers.push(assigned("off"), assigned("on"), assigned("off"), assigned("on"));
  rig.gate.holdsBack();
  await settled();
  rig.nowMs = NINE + SLOT_MS - 1;
  assert.equal(rig.gate.holdsBack(), true);
  assert.equal(rig.asked.length, 1);
  const parts: boolean[] = [];
  for (const nowMs of [NINE + SLOT_MS, NINE + 20 * SLOT_MS + 5, NINE - SLOT_MS]) {
    rig.nowMs = nowMs;
    rig.gate.holdsBack();
    await settled();
    parts.push(rig.gate.holdsBack());
  }
  assert.deepEqual(parts, [false, true, false]);
  assert.deepEqual(
    rig.asked.map(({ slotMs }) => slotMs - NINE),
    [0, SLOT_MS, 20 * SLOT_MS, -SLOT_MS],
  );
});

test("a window that comes to the front after the half-hour that it knows asks nothing until somebody works", async () => {
  const rig = running();
  rig.answers.push({ reason: "locked", detail: "" });
  rig.gate.holdsBack();
  await settled();
  rig.nowMs += 4 * SLOT_MS + 300_000;
  rig.gate.lookAgain();
  assert.deepEqual(
    rig.asked.map(({ slotMs }) => slotMs),
    [NINE],
  );
});

test("a ledger that could not say is asked again after growing pauses, and what it says then holds", async () => {
  const rig = running();
  const locked: Failure = { reason: "locked", detail: "" };
  rig.answers.push(locked, locked, locked, assigned("off"));
  const askedAt: number[] = [];
  let isHeldBack = true;
  for (let seconds = 0; seconds < 60; seconds += 1) {
    rig.nowMs = NINE + seconds * 1_000;
    const before = rig.asked.length;
    isHeldBack = rig.gate.holdsBack();
    if (rig.asked.length > before) askedAt.push(seconds);
    await settled();
    if (seconds === 1) assert.equal(rig.gate.holdsBack(), false);
  }
  assert.deepEqual(askedAt, [0, 2, 6, 14]);
  assert.equal(isHeldBack, true);
});

test("a ledger that can't say any more what it said of this half-hour changes nothing", async () => {
  const rig = running();
  rig.answers.push(assigned("off"), { reason: "locked", detail: "" });
  rig.gate.holdsBack();
  await settled();
  rig.gate.lookAgain();
  await settled();
  assert.equal(rig.gate.holdsBack(), true);
});

test("an answer about the half-hour before changes nothing in this one", async () => {
  const rig = running();
  rig.answers.push(assigned("off"));
  rig.gate.holdsBack();
  rig.nowMs += SLOT_MS;
  rig.answers.push(assigned("on"));
  rig.gate.holdsBack();
  await settled();
  assert.equal(rig.gate.holdsBack(), false);
});

test("a ledger that does not answer takes suggestions away for two seconds", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const rig = running();
  rig.gate.holdsBack();
  context.mock.timers.tick(1_999);
  assert.equal(rig.gate.holdsBack(), true);
  context.mock.timers.tick(1);
  assert.equal(rig.gate.holdsBack(), false);
});

test("where nothing is counted suggestions are shown, and the ledger is not opened for it", async () => {
  const rig = running();
  rig.counting = "off";
  assert.equal(rig.gate.holdsBack(), false);
  assert.deepEqual(rig.asked, []);
  rig.counting = "counting";
  rig.answers.push(assigned("off"));
  rig.gate.holdsBack();
  await settled();
  assert.equal(rig.gate.holdsBack(), true);
  rig.counting = "stopped";
  assert.equal(rig.gate.holdsBack(), false);
});

test("what the ledger can't say is shown", async () => {
  const rig = running();
  rig.answers.push({ reason: "locked", detail: "" });
  rig.gate.holdsBack();
  await settled();
  assert.equal(rig.gate.holdsBack(), false);
  assert.equal(rig.gate.status, "running");
});

test("paused or stopped, suggestions come at once, and the window remembers it", async () => {
  for (const status of ["paused", "stopped"] as const) {
    const rig = running();
    rig.answers.push(assigned("off"));
    rig.gate.holdsBack();
    await settled();
    rig.gate.note(state(status));
    assert.equal(rig.gate.holdsBack(), false);
    assert.equal(rig.gate.status, status === "paused" ? "paused" : undefined);
    assert.equal(rig.memory.get("experiment.status"), rig.gate.status);
    assert.equal(rig.changes, 1);
  }
});

test("what another window has paused is known when this one comes to the front", async () => {
  const rig = running();
  rig.answers.push(assigned("off"), none("paused"));
  rig.gate.holdsBack();
  await settled();
  rig.gate.lookAgain();
  assert.equal(rig.gate.holdsBack(), true, "as before, until the ledger says otherwise");
  await settled();
  assert.equal(rig.gate.holdsBack(), false);
  assert.equal(rig.gate.status, "paused");
});

test("an experiment that another window began is noticed with the next half-hour, in which it begins", async () => {
  const memory = new Map<string, unknown>();
  const rig = windowWith(memory);
  rig.gate.holdsBack();
  memory.set("experiment.status", "running");
  assert.equal(rig.gate.holdsBack(), false);
  rig.nowMs += SLOT_MS;
  rig.answers.push(assigned("off"));
  rig.gate.holdsBack();
  await settled();
  assert.equal(rig.gate.holdsBack(), true);
  assert.equal(rig.gate.status, "running");
});

test("in the half-hour in which it was begun or resumed nothing is held back, and it goes on", async () => {
  const rig = windowWith(new Map());
  rig.answers.push(none("not-yet"), assigned("off"));
  rig.gate.note(state("running"));
  rig.gate.holdsBack();
  await settled();
  assert.equal(rig.gate.holdsBack(), false);
  rig.nowMs += SLOT_MS;
  rig.gate.holdsBack();
  await settled();
  assert.equal(rig.gate.holdsBack(), true);
});

test("an experiment that is complete, or was deleted with the ledger, is over for the next window, too", async () => {
  for (const why of ["completed", "no-experiment", "changed"] as const) {
    const rig = running();
    rig.answers.push(none(why));
    rig.gate.holdsBack();
    await settled();
    assert.equal(rig.gate.holdsBack(), false);
    assert.equal(windowWith(rig.memory).gate.status, undefined);
  }
  const rig = running();
  rig.answers.push(assigned("off"));
  rig.gate.holdsBack();
  await settled();
  rig.gate.forget();
  assert.equal(rig.gate.holdsBack(), false);
  assert.equal(windowWith(rig.memory).gate.status, undefined);
});

test("single suggestions are drawn in half-hours with suggestions alone, each draw once in the session, by the ledger's key", async () => {
  const singles = { key: "c0ffee", oneIn: 5 };
  const withSingles = (slotMs: number): SlotAnswer => ({ ...assigned("on", slotMs), singles }) as SlotAnswer;
  const rig = running();
  rig.answers.push(withSingles(NINE), assigned("off", NINE + SLOT_MS), withSingles(NINE + 2 * SLOT_MS));
  rig.gate.holdsBack();
  assert.equal(rig.gate.draw(), undefined, "the ledger has not answered");
  await settled();
  assert.equal(rig.gate.drawsSingly, true);
  const first = Array.from({ length: 40 }, () => rig.gate.draw());
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const shown = (draw: number) => !isHeldBackSingly({ ...singles, draw }, sha256);
  assert.deepEqual(
    first,
    Array.from({ length: 40 }, (_, draw) => ({ experiment: "00", draw, isShown: shown(draw) })),
  );
  assert.ok(first.some((draw) => !draw?.isShown) && first.some((draw) => draw?.isShown));
  rig.nowMs += SLOT_MS;
  rig.gate.holdsBack();
  await settled();
  assert.deepEqual([rig.gate.holdsBack(), rig.gate.drawsSingly, rig.gate.draw()], [true, false, undefined]);
  rig.nowMs += SLOT_MS;
  rig.gate.holdsBack();
  await settled();
  assert.equal(rig.gate.draw()?.draw, 40);
  rig.counting = "stopped";
  assert.equal(rig.gate.draw(), undefined, "what is not counted is not drawn");
  rig.counting = "counting";
  rig.gate.note(state("paused"));
  assert.equal(rig.gate.draw(), undefined);
});

test("an experiment of half-hours alone draws no single suggestion", async () => {
  const rig = running();
  rig.answers.push(assigned("on"));
  rig.gate.holdsBack();
  await settled();
  assert.deepEqual([rig.gate.holdsBack(), rig.gate.drawsSingly, rig.gate.draw()], [false, false, undefined]);
});
