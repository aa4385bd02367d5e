import assert from "node:assert/strict";
import { test } from "node:test";
import { ReportAnswers } from "../../src/extension/reportAnswers.ts";
import type { Failure } from "../../src/productivity/ledger/failure.ts";

/** Each reading waits until it is told what it finds. */
function rig() {
  const waiting: ((answer: Failure | Error) => void)[] = [];
  let readings = 0;
  const answers = new ReportAnswers({
    model: () =>
      new Promise((resolve, reject) => {
        readings += 1;
        waiting.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
      }),
    projectNames: async () => ({}),
  });
  return { answers, readings: () => readings, answer: (answer: Failure | Error) => waiting.shift()?.(answer) };
}

const found = (detail: string): Failure => ({ reason: "locked", detail });
const answered = (detail: string) => ({ model: found(detail), names: {} });

test("however often a report is asked for, the ledger is read once at a time", async () => {
  const { answers, readings, answer } = rig();
  const asked = Array.from({ length: 6 }, () => answers.next());
  assert.equal(readings(), 1);
  answer(found("one"));
  assert.deepEqual(
    await Promise.all(asked),
    Array.from(asked, () => answered("one")),
  );
  const later = answers.next();
  assert.equal(readings(), 2);
  answer(found("two"));
  assert.deepEqual(await later, answered("two"));
});

test("after all that was counted was deleted it is read once more, and once for all who wait", async () => {
  const { answers, readings, answer } = rig();
  const before = answers.next();
  answers.expire();
  const after = [answers.next(), answers.next()];
  answers.expire();
  after.push(answers.next());
  assert.equal(readings(), 1);
  answer(found("old"));
  assert.deepEqual(await before, answered("old"));
  await Promise.resolve();
  assert.equal(readings(), 2);
  answer(found("new"));
  assert.deepEqual(
    await Promise.all(after),
    Array.from(after, () => answered("new")),
  );
  assert.equal(readings(), 2);
});

test("where a reading fails whoever waits hears why, and the next one is another", async () => {
  const { answers, answer } = rig();
  const failed = answers.next();
  answer(new Error("EACCES: permission denied"));
  assert.deepEqual(await failed, { broken: "EACCES: permission denied" });
  const next = answers.next();
  answer(found("one"));
  assert.deepEqual(await next, answered("one"));
});
