import assert from "node:assert/strict";
import { test } from "node:test";
import { type Decided, SHOWN } from "../../src/extension/drawnSuggestions.ts";
import { GivenSuggestions } from "../../src/extension/givenSuggestions.ts";

/** Every draw is one to hold back. */
function rig(part: "on" | "off" | "no-experiment" | "half-hours-alone" = "on") {
  const experiment = {
    part,
    slotMs: 0,
    draws: 0,
    holdsBack: () => experiment.part === "off",
    get drawsSingly(): boolean {
      return experiment.part === "on";
    },
    draw: () => ({ experiment: "e", draw: experiment.draws++, isShown: false }),
  };
  const given = new GivenSuggestions(experiment);
  return {
    experiment,
    holding: {
      isHeldBack: (id: string) => given.isHeldBack(id),
      /** As the editor's provider does. */
      decide(ids: readonly string[], { isByHand, isCounted, isCancelled }: typeof byItself): Decided {
        const coming = { ids, origin: "model", isByHand } as const;
        const decided = given.decide({ ...coming, mayDraw: isCounted && !isCancelled });
        if (decided.heldBack === undefined && !isCancelled) given.returned(coming);
        return decided;
      },
    },
  };
}

const byItself = { isByHand: false, isCounted: true, isCancelled: false };
const byHand = { ...byItself, isByHand: true };
const singly = { heldBack: "singly", draw: undefined };

test("without an experiment, and without the choice of single suggestions, none is drawn and none held back", () => {
  for (const part of ["no-experiment", "half-hours-alone"] as const) {
    const { experiment, holding } = rig(part);
    for (const id of ["a", "b", "a"]) assert.deepEqual(holding.decide([id], byItself), SHOWN);
    assert.equal(experiment.draws, 0);
  }
});

test("what is asked for by hand is never held back, and after that neither is it when it comes by itself", () => {
  const { experiment, holding } = rig();
  assert.deepEqual(holding.decide(["a"], byHand), SHOWN);
  assert.equal(experiment.draws, 0);
  assert.equal(holding.decide(["b"], byItself).heldBack, "singly");
  assert.equal(holding.isHeldBack("b"), true);
  assert.deepEqual(holding.decide(["b"], byHand), SHOWN);
  assert.equal(holding.isHeldBack("b"), false);
  for (const id of ["c", "b", "d", "a"])
    assert.equal(holding.decide([id], byItself).heldBack, "ab".includes(id) ? undefined : "singly", id);
});

test("what is on the screen when the draws begin stays there, and is not drawn", () => {
  const { experiment, holding } = rig("no-experiment");
  holding.decide(["a"], byItself);
  experiment.part = "on";
  assert.deepEqual(holding.decide(["a"], byItself), SHOWN);
  assert.equal(experiment.draws, 0);
  assert.equal(holding.decide(["b"], byItself).heldBack, "singly");
  assert.deepEqual(holding.decide(["a"], byItself), SHOWN, "it was seen");
});

test("one that the editor did not wait for is drawn when it comes again, once", () => {
  const { experiment, holding } = rig();
  assert.deepEqual(holding.decide(["a"], { ...byItself, isCancelled: true }), SHOWN);
  assert.equal(holding.decide(["a"], byItself).draw?.draw, 0);
  assert.deepEqual(holding.decide(["a"], byItself), singly);
  assert.deepEqual(holding.decide(["a"], { ...byItself, isCancelled: true }), singly);
  assert.equal(experiment.draws, 1);
});

test("in a half-hour without suggestions all are held back by it, and nothing is drawn", () => {
  const { experiment, holding } = rig("off");
  assert.deepEqual(holding.decide(["a"], byItself), { heldBack: "half-hour", draw: undefined });
  assert.deepEqual(holding.decide(["b"], byHand), SHOWN);
  assert.equal(experiment.draws, 0);
  experiment.part = "on";
  assert.deepEqual(holding.decide(["b"], byItself), SHOWN);
  assert.equal(holding.decide(["a"], byItself).draw?.draw, 0);
});

test("what was seen in a half-hour without suggestions, or by itself before one, is not held back in a later one", () => {
  const { experiment, holding } = rig("off");
  assert.deepEqual(holding.decide(["a"], byHand), SHOWN);
  experiment.part = "no-experiment";
  assert.deepEqual(holding.decide(["b"], byItself), SHOWN);
  assert.deepEqual(holding.decide(["c"], { ...byItself, isCounted: false }), SHOWN);
  experiment.part = "on";
  experiment.slotMs = 1_800_000;
  for (const id of ["a", "b", "c"]) assert.deepEqual(holding.decide([id], byItself), SHOWN, id);
  assert.equal(experiment.draws, 0);
});

test("in a document of which nothing is counted all are shown", () => {
  const { experiment, holding } = rig();
  assert.deepEqual(holding.decide(["a"], { ...byItself, isCounted: false }), SHOWN);
  assert.equal(experiment.draws, 0);
});
