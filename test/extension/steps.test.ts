import assert from "node:assert/strict";
import { test } from "node:test";
import { BACK, runSteps, type Step } from "../../src/extension/steps.ts";

/** Steps `a`, `b`, `c`, each answered by the next of `answers`; gives what was asked. */
async function asked(...answers: readonly ("next" | "back" | "again" | "end")[]): Promise<string> {
  const seen: string[] = [];
  const left = [...answers];
  const steps: Step[] = ["a", "b", "c"].map((name, index) => async () => {
    seen.push(name);
    const answer = left.shift() ?? "end";
    if (answer === "end") return undefined;
    if (answer === "back") return BACK;
    return steps[answer === "again" ? index : index + 1];
  });
  const [first] = steps;
  assert.ok(first);
  await runSteps(first);
  return seen.join("");
}

test("each question can go back to the one before it, and from there forth again", async () => {
  assert.equal(await asked("next", "next", "back", "back", "next", "next", "end"), "abcbabc");
});

test("a question that is asked again is gone back from once", async () => {
  assert.equal(await asked("next", "again", "again", "back", "end"), "abbba");
});

test("Escape ends it at any question, and back at the first one, too", async () => {
  assert.equal(await asked("next", "end", "next"), "ab");
  assert.equal(await asked("back", "next"), "a");
});
