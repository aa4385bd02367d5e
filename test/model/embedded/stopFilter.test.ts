import assert from "node:assert/strict";
import { test } from "node:test";
import { StopFilter } from "../../../src/model/embedded/stopFilter.ts";

function shown(stops: readonly string[], pieces: readonly string[]): { text: string; stopped: boolean } {
  const filter = new StopFilter(stops);
  const text = pieces.map((piece) => filter.push(piece)).join("") + filter.end();
  return { text, stopped: filter.stopped };
}

test("a stop string never shows, wherever the tokens cut it", () => {
  const answer = "return 1;\n```\nThat was it.";
  for (let first = 0; first <= answer.length; first++) {
    for (let second = first; second <= answer.length; second++) {
      const pieces = [answer.slice(0, first), answer.slice(first, second), answer.slice(second)];
      assert.deepEqual(shown(["\n```", "### End"], pieces), { text: "return 1;", stopped: true }, String(pieces));
    }
  }
});

test("what only begins like a stop string is shown in the end", () => {
  assert.deepEqual(shown(["\n\n\n"], ["a\n", "\n", "b", "\n\n"]), { text: "a\n\nb\n\n", stopped: false });
});

test("of two stop strings in one piece the first in the text counts", () => {
  assert.equal(shown(["END", "STOP"], ["one STOP two END"]).text, "one ");
});

test("text that cannot be a stop string is not held back", () => {
  const filter = new StopFilter(["\n\n"]);
  assert.equal(filter.push("const a"), "const a");
  assert.equal(filter.push(" = 1;\n"), " = 1;");
});

test("with no stop strings, or empty ones, all text is shown", () => {
  assert.deepEqual(shown([], ["a", "b"]), { text: "ab", stopped: false });
  assert.deepEqual(shown([""], ["a", "b"]), { text: "ab", stopped: false });
});
