import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { mock, test, type TestContext } from "node:test";
import { FileStates } from "../../src/extension/fileStates.ts";

const FILE = "file:///zoo/wombats.ts";

/** A file system that answers when it is let. */
function asking() {
  const answers: PromiseWithResolvers<boolean>[] = [];
  const known: string[] = [];
  const clock = { nowMs: 1_000 };
  const states = new FileStates({
    nowMs: () => clock.nowMs,
    isOnDisk: (uri) => {
      if (uri.startsWith("untitled:")) return undefined;
      const answer = Promise.withResolvers<boolean>();
      answers.push(answer);
      return answer.promise;
    },
    known: (uri) => known.push(uri),
  });
  return { states, answers, known, clock };
}

test("what was never a file is there", () => {
  const { states, answers } = asking();
  assert.equal(states.of("untitled:Untitled-1"), "there");
  assert.equal(answers.length, 0);
});

test("the file system is asked once for the checks of one moment, and again for those of a later one", async () => {
  const { states, answers, known, clock } = asking();
  assert.deepEqual([states.of(FILE), states.of(FILE)], ["asking", "asking"]);
  answers[0]?.resolve(false);
  await setImmediate();
  assert.deepEqual(known, [FILE]);
  assert.deepEqual([states.of(FILE), answers.length], ["gone", 1]);
  clock.nowMs += 2_001;
  assert.equal(states.of(FILE), "asking");
  answers[1]?.resolve(true);
  await setImmediate();
  assert.equal(states.of(FILE), "there");
});

test("a file system that fails takes no file away", async () => {
  const { states, answers } = asking();
  states.of(FILE);
  answers[0]?.reject(new Error("no connection"));
  await setImmediate();
  assert.equal(states.of(FILE), "there");
});

test("a file system that does not answer takes no file away, and is waited for no longer than five seconds", async (context: TestContext) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  context.after(() => mock.timers.reset());
  const { states, known } = asking();
  states.of(FILE);
  mock.timers.tick(4_999);
  await setImmediate();
  assert.deepEqual(known, []);
  mock.timers.tick(1);
  await setImmediate();
  assert.deepEqual([known, states.of(FILE)], [[FILE], "there"]);
});

test("it remembers the last files alone", async () => {
  const { states, answers } = asking();
  for (let at = 0; at <= 500; at += 1) states.of(`file:///zoo/${at}.ts`);
  for (const answer of answers) answer.resolve(true);
  await setImmediate();
  assert.deepEqual(
    ["1", "500", "0"].map((at) => states.of(`file:///zoo/${at}.ts`)),
    ["there", "there", "asking"],
  );
});
