import assert from "node:assert/strict";
import { test } from "node:test";
import { LoopGuard } from "../../../src/model/embedded/loopGuard.ts";

/** What is not to come next, after each of the tokens. */
function unwanted(tokens: readonly number[], guard = new LoopGuard()): readonly (number | undefined)[] {
  return tokens.map((token) => guard.push(token, ""));
}

const times = (tokens: readonly number[], count: number): readonly number[] =>
  Array.from({ length: count }, () => tokens).flat();
const sentence = Array.from({ length: 30 }, (_, at) => 100 + at);

test("a phrase that comes again and again is not gone on with", () => {
  const said = unwanted([1, 2, 3, ...times([7, 8, 9], 9)]);
  assert.deepEqual(
    said.slice(0, 29).filter((token) => token !== undefined),
    [],
  );
  // 24 tokens beside the first three: the next one of the loop is the 7.
  assert.equal(said.at(-1), 7);
});

test("a whole sentence may come three times, and not a fourth", () => {
  const said = unwanted(times(sentence, 3));
  assert.equal(
    said.findIndex((token) => token !== undefined),
    89,
  );
  assert.equal(said.at(-1), 100);
});

test("a line of dashes, a table's head and lines of code that begin alike are no loops", () => {
  for (const tokens of [
    times([5], 24),
    times([5, 6], 12),
    [...Array(40).keys()].flatMap((at) => [1, 2, 3, 1_000 + at]),
  ])
    assert.deepEqual(
      unwanted(tokens).filter((token) => token !== undefined),
      [],
    );
});

test("an answer ends where a fourth loop begins, in code, too", () => {
  const guard = new LoopGuard();
  guard.push(0, "```ts\n");
  for (const word of [1, 2, 3]) {
    unwanted([...times([word, 50], 20), 900 + word], guard);
    assert.equal(guard.isOver, false);
  }
  unwanted(times([4, 50], 20), guard);
  assert.equal(guard.isOver, true);
});

/** A word is a token; gives how many words were said before the answer was over. */
function said(text: string): number {
  const words = text.match(/\S+\s*|\s+/g) ?? [];
  const tokens = new Map<string, number>();
  const guard = new LoopGuard();
  for (const [at, word] of words.entries()) {
    if (guard.isOver) return at;
    tokens.set(word, tokens.get(word) ?? tokens.size);
    guard.push(tokens.get(word) ?? 0, word);
  }
  return words.length;
}

const circles = Array.from(
  { length: 40 },
  (_, at) =>
    `The function is a simple example of a function that takes a cart${at % 2 === 0 ? "" : " and one more item"} and returns a new cart. `,
).join("");

test("an answer that says the same in circles ends with a sentence", () => {
  const words = circles.match(/\S+\s*/g) ?? [];
  const count = said(circles);
  assert.ok(count > 100 && count < 250, String(count));
  assert.match(words[count - 1] ?? "", /\.\s*$/);
});

test("a text that says something new goes on, and so does code that is shown again", () => {
  const prose = Array.from(
    { length: 60 },
    (_, at) => `Step ${at} reads file${at} and then writes line${at * 7} of it. `,
  ).join("");
  assert.equal(said(prose), prose.match(/\S+\s*/g)?.length);
  const block = `\`\`\`ts\n${Array.from({ length: 30 }, (_, at) => `const value${at} = read(${at});\n`).join("")}\`\`\`\n`;
  const twice = `So it was:\n\n${block}\nAnd so it is now:\n\n${block}\nThat is all there is to it.`;
  assert.equal(said(twice), twice.match(/\S+\s*/g)?.length);
});
