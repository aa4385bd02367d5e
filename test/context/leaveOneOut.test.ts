import assert from "node:assert/strict";
import { test } from "node:test";
import { leaveOneOut, type LeftOut } from "../../src/context/leaveOneOut.ts";

const never = new AbortController().signal;

/** What each part is worth to the text, in nats. */
const worth: Readonly<Record<string, number>> = { first: 4, second: -1, third: 0.4, fourth: -0.4, fifth: 0.5 };
const parts = Object.keys(worth);

function question() {
  const asked: string[] = [];
  return {
    asked,
    parts,
    promptWithout: (part: string | undefined) => parts.filter((other) => other !== part),
    score: async (prompt: readonly string[]) => {
      asked.push(parts.filter((part) => !prompt.includes(part)).join() || "none");
      return { logProbability: prompt.reduce((sum, part) => sum + (worth[part] ?? 0), -10), tokens: 7 };
    },
  };
}

test("a part that helped has a positive fall, one that harmed a negative one, and little is told as no difference", async () => {
  const { whole, effects } = await leaveOneOut(question(), never, () => undefined);
  assert.deepEqual(whole, { logProbability: -6.5, tokens: 7 });
  assert.deepEqual(
    effects.map(({ part, fallNats, isDifference }) => [part, Math.round(fallNats * 10) / 10, isDifference]),
    [
      ["first", 4, true],
      ["second", -1, true],
      ["third", 0.4, false],
      ["fourth", -0.4, false],
      ["fifth", 0.5, true],
    ],
  );
});

test("the last part is left out first, and what is known is told after each score", async () => {
  const asking = question();
  const told: LeftOut<string>[] = [];
  const result = await leaveOneOut(asking, never, (known) => told.push(known));
  assert.deepEqual(asking.asked, ["none", "fifth", "fourth", "third", "second", "first"]);
  assert.deepEqual(
    told.map(({ done, total, effects }) => [done, total, effects.map(({ part }) => part).join()]),
    [
      [1, 6, ""],
      [2, 6, "fifth"],
      [3, 6, "fourth,fifth"],
      [4, 6, "third,fourth,fifth"],
      [5, 6, "second,third,fourth,fifth"],
      [6, 6, "first,second,third,fourth,fifth"],
    ],
  );
  assert.equal(told.at(-1), result);
});

test("after an abort nothing more is scored or told", async () => {
  const asking = question();
  const controller = new AbortController();
  const reason = new Error("the view was closed");
  const told: number[] = [];
  const score = async (prompt: readonly string[]) => {
    if (asking.asked.length === 2) controller.abort(reason);
    return asking.score(prompt);
  };
  const running = leaveOneOut({ ...asking, score }, controller.signal, ({ done }) => told.push(done));
  await assert.rejects(running, reason);
  assert.equal(asking.asked.length, 3);
  assert.deepEqual(told, [1, 2]);
});

test("a model that fails ends it with its failure", async () => {
  const failure = new Error("the server is gone");
  const score = () => Promise.reject(failure);
  await assert.rejects(
    leaveOneOut({ ...question(), score }, never, () => undefined),
    failure,
  );
});

test("of a prompt without parts only the whole is scored", async () => {
  const asking = { ...question(), parts: [] };
  const { effects, done, total } = await leaveOneOut(asking, never, () => undefined);
  assert.deepEqual([effects, done, total, asking.asked], [[], 1, 1, ["none"]]);
});
