import assert from "node:assert/strict";
import { test } from "node:test";
import type { Origin } from "../../src/completion/suggestion.ts";
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

test("what the editor did not want any more was not given", () => {
  const { comes, next } = window();
  comes("a", "model", { isWanted: false });
  next(true);
  assert.equal(comes("a", "typed-through"), false);
});
