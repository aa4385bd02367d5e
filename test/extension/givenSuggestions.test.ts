import assert from "node:assert/strict";
import { test } from "node:test";
import type { Origin } from "../../src/completion/suggestion.ts";
import { ExperimentGate } from "../../src/extension/experimentGate.ts";
import { type Experiment, GivenSuggestions } from "../../src/extension/givenSuggestions.ts";

/** A window's suggestions in half-hours with and without. */
function window() {
  const now = { isOff: false, slotMs: 0 };
  const experiment: Experiment = {
    holdsBack: () => now.isOff,
    get slotMs() {
      return now.slotMs;
    },
    drawsSingly: false,
    draw: () => undefined,
  };
  const given = new GivenSuggestions(experiment);
  /** Whether it is shown; `wanted`: by the editor, when it comes. */
  const comes = (id: string, origin: Origin, rest: { isByHand?: boolean; isWanted?: boolean } = {}): boolean => {
    const { isByHand = false, isWanted = true } = rest;
    const coming = { ids: [id], origin, isByHand };
    const isShown = given.decide({ ...coming, mayDraw: isWanted }).heldBack === undefined;
    if (isShown && isWanted) given.returned(coming);
    return isShown;
  };
  const next = (isOff: boolean): void => {
    now.isOff = isOff;
    now.slotMs += 1_800_000;
  };
  return { comes, next, given };
}

test("what was given with suggestions does not come again from a cache in a half-hour without", () => {
  const { comes, next, given } = window();
  assert.equal(comes("a", "model"), true);
  next(true);
  assert.equal(comes("a", "cache"), false);
  assert.equal(given.isHeldBack("a"), true);
});

test("what is there when a half-hour without begins stays as long as it is typed along with, and does not come back", () => {
  const { comes, next } = window();
  assert.equal(comes("a", "model"), true);
  next(true);
  assert.equal(comes("a", "typed-through"), true);
  assert.equal(comes("a", "typed-through"), true);
  assert.equal(comes("a", "cache"), false);
  assert.equal(comes("a", "typed-through"), false, "it is not there any more");
});

test("what was asked for by hand in a half-hour without comes back within it", () => {
  const { comes, next } = window();
  next(true);
  assert.equal(comes("a", "model"), false);
  assert.equal(comes("a", "cache", { isByHand: true }), true);
  assert.equal(comes("a", "cache"), true);
  next(true);
  assert.equal(comes("a", "cache"), false);
});

test("what is given in a half-hour without belongs to it, whatever was given in the one before", () => {
  const { comes, next } = window();
  assert.equal(comes("a", "model"), true);
  next(true);
  assert.equal(comes("b", "model", { isByHand: true }), true);
  assert.equal(comes("b", "cache"), true);
});

test("what the editor did not want any more was not given", () => {
  const { comes, next } = window();
  comes("a", "model", { isWanted: false });
  next(true);
  assert.equal(comes("a", "typed-through"), false);
});

test("a half-hour in which suggestions are asked for by hand alone gets no part in the experiment", () => {
  const asked: number[] = [];
  const known: unknown = "running";
  const gate = new ExperimentGate({
    memory: { keys: () => [], get: <T>(_: string, fallback?: T) => (known ?? fallback) as T, update: async () => {} },
    nowMs: () => 1_800_000,
    counting: () => "counting",
    sha256: (text) => text,
    assign: ({ slotMs }) => {
      asked.push(slotMs);
      return Promise.resolve({ kind: "none", why: "not-yet" });
    },
    changed: () => {},
  });
  const given = new GivenSuggestions(gate);
  for (const origin of ["model", "cache"] as const) {
    const coming = { ids: ["a"], origin, isByHand: true };
    assert.equal(given.decide({ ...coming, mayDraw: true }).heldBack, undefined);
    given.returned(coming);
  }
  const goesOn = { ids: ["a"], origin: "typed-through", isByHand: false } as const;
  given.decide({ ...goesOn, mayDraw: true });
  given.returned(goesOn);
  assert.deepEqual(asked, []);
  gate.holdsBack();
  assert.deepEqual(asked, [1_800_000]);
});
