import assert from "node:assert/strict";
import { test } from "node:test";
import { DrawnSuggestions, SHOWN } from "../../src/extension/drawnSuggestions.ts";
import type { SingleDraw } from "../../src/productivity/editorEvents.ts";

/** Draws that go as they are given, and those that were made. */
function drawing(...shown: readonly boolean[]) {
  const drawn: SingleDraw[] = [];
  const rig = {
    drawn,
    drawsSingly: true,
    draw(): SingleDraw | undefined {
      const isShown = shown[drawn.length];
      if (!rig.drawsSingly || isShown === undefined) return undefined;
      const draw = { experiment: "e", draw: drawn.length, isShown };
      drawn.push(draw);
      return draw;
    },
  };
  return { rig, suggestions: new DrawnSuggestions(rig) };
}

test("a suggestion is drawn once: typed along with or back from a cache, it stays what it was drawn to be", () => {
  const { rig, suggestions } = drawing(false, true);
  const [heldBack, shown] = [{ heldBack: "singly", draw: undefined }, SHOWN] as const;
  assert.deepEqual(suggestions.decide(["a"], true), { ...heldBack, draw: rig.drawn[0] });
  assert.deepEqual(suggestions.decide(["b"], true), { ...shown, draw: rig.drawn[1] });
  for (let time = 0; time < 3; time += 1) {
    assert.deepEqual(suggestions.decide(["a", "alternative"], true), heldBack);
    assert.deepEqual(suggestions.decide(["b"], true), shown);
  }
  assert.deepEqual(suggestions.decide(["alternative"], true), heldBack);
  assert.equal(rig.drawn.length, 2);
});

test("what was asked for by hand and seen is never held back after that, drawn or not", () => {
  const { rig, suggestions } = drawing(false, false);
  suggestions.seen(["a"]);
  assert.deepEqual(suggestions.decide(["a"], true), SHOWN);
  assert.equal(rig.drawn.length, 0);
  assert.equal(suggestions.decide(["b"], true).heldBack, "singly");
  suggestions.seen(["b"]);
  assert.deepEqual(suggestions.decide(["b"], true), SHOWN);
});

test("what was seen while nothing was drawn is not held back when the draws begin, however much came between", () => {
  const { rig, suggestions } = drawing(false, false);
  rig.drawsSingly = false;
  suggestions.seen(["a"]);
  suggestions.seen(["b"]);
  rig.drawsSingly = true;
  assert.deepEqual(suggestions.decide(["a"], true), SHOWN);
  assert.equal(rig.drawn.length, 0);
  assert.equal(suggestions.decide(["c"], true).heldBack, "singly");
});

test("without such an experiment, or while it is paused, nothing is drawn and nothing held back", () => {
  const { rig, suggestions } = drawing(false, false);
  suggestions.decide(["a"], true);
  rig.drawsSingly = false;
  assert.deepEqual(suggestions.decide(["a"], true), SHOWN);
  assert.deepEqual(suggestions.decide(["b"], true), SHOWN);
  assert.equal(rig.drawn.length, 1);
});

test("what can't be counted, or is not wanted any more, is not drawn, and may be another time", () => {
  const { rig, suggestions } = drawing(false);
  assert.deepEqual(suggestions.decide(["a"], false), SHOWN);
  assert.equal(rig.drawn.length, 0);
  assert.equal(suggestions.decide(["a"], true).heldBack, "singly");
});

test("however many suggestions there were, it remembers the last ones", () => {
  const { rig, suggestions } = drawing(...Array.from({ length: 1_000 }, () => false));
  for (let index = 0; index < 600; index += 1) suggestions.decide([`${index}`], true);
  suggestions.decide(["599"], true);
  suggestions.decide(["150"], true);
  assert.equal(rig.drawn.length, 600);
  suggestions.decide(["0"], true);
  assert.equal(rig.drawn.length, 601);
  for (let index = 0; index < 600; index += 1) suggestions.seen([`${index}`]);
  suggestions.decide(["0"], true);
  assert.equal(rig.drawn.length, 602);
});
