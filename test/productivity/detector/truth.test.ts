import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { ChangeOrigins } from "../../../src/productivity/activity/changeOrigin.ts";
import { ACTS, TruthfulWriter } from "../../support/truthfulWriter.ts";

const steps = fc.array(fc.tuple(fc.constantFrom(...ACTS), fc.nat(10_000)), {
  minLength: 1,
  maxLength: 60,
  size: "max",
});
type Steps = readonly (readonly [(typeof ACTS)[number], number])[];

/** A suggestion first, so that there is something to do. */
function written(steps: Steps, classifier?: ChangeOrigins): TruthfulWriter {
  const writer = new TruthfulWriter(classifier);
  for (const [kind, number] of steps) {
    writer.act(kind, number);
    if (number % 3 === 0) writer.act("suggest", number);
  }
  writer.end();
  return writer;
}

function holds(check: (writer: TruthfulWriter) => void, classifier?: () => ChangeOrigins): void {
  fc.assert(
    fc.property(steps, (steps) => check(written([["suggest", steps.length], ...steps], classifier?.()))),
    { numRuns: 1_000 },
  );
}

test("whatever somebody does, no accept is missed and none invented, and each is what it was", () => {
  holds(({ editor, accepts, regrets }) => {
    assert.deepEqual(editor.accepts, accepts);
    assert.equal(editor.of("regret").length, regrets);
  });
});

test("that holds also where changes are told apart by their shape alone", () => {
  holds(
    ({ editor, accepts, outcomes }) => {
      assert.deepEqual(editor.accepts, accepts);
      const through = [...outcomes.values()].filter((outcome) => outcome === "typed-through");
      assert.equal(editor.of("end").filter(({ reason }) => reason === "typed-through").length, through.length);
    },
    () => new ChangeOrigins(),
  );
});

test("whatever somebody does, each change is attributed once, in order, and the model's are those that were accepted", () => {
  holds(({ editor, accepted }) => {
    assert.deepEqual(
      editor.attributed.map(({ change }) => change),
      editor.changes,
    );
    const ai = editor.attributed.filter(({ origin }) => origin.kind === "ai");
    assert.deepEqual(new Set(ai.map(({ change }) => change)), accepted);
    assert.deepEqual(
      ai.map(({ origin }) => (origin.kind === "ai" ? origin.accept : "")),
      editor.of("accept").map(({ accept }) => accept),
    );
  });
});

test("whatever somebody does, each suggestion begins and ends once, as what it was", () => {
  holds(({ editor, given, outcomes }) => {
    const ends = editor.of("end");
    assert.equal(ends.length, given.length);
    assert.equal(new Set(ends.map(({ run }) => run)).size, ends.length);
    const truth = (outcome: string) => [...outcomes.values()].filter((one) => one === outcome).length;
    const ended = (reason: string) => ends.filter((end) => end.reason === reason).length;
    assert.equal(ended("accepted"), truth("accepted"));
    assert.equal(ended("typed-through"), truth("typed-through"));
    assert.equal(ended("escape"), truth("rejected"));
    for (const { chars, typedChars, acceptedChars } of ends) assert.ok(typedChars + acceptedChars <= chars);
  });
});

test("whatever somebody does, a threshold is passed once a run, and by every run that was accepted", () => {
  holds(({ editor }) => {
    const shown = editor.of("shown").map(({ run, thresholdMs }) => `${run} ${thresholdMs}`);
    assert.equal(new Set(shown).size, shown.length);
    for (const { run } of editor.of("accept")) {
      assert.ok(shown.includes(`${run} 300`) && shown.includes(`${run} 750`));
    }
  });
});
