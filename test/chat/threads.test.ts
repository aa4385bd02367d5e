import assert from "node:assert/strict";
import { test } from "node:test";
import { branchOf, emptyThread, type Question, type Thread } from "../../src/chat/conversation.ts";
import { answered, asked, askedAnew, branchUpTo, named, placesOf, switched } from "../../src/chat/threads.ts";
import { answer, picture, question } from "../support/threads.ts";

function shown(thread: Thread): string {
  return branchOf(thread)
    .map(({ id }) => id)
    .join(" ");
}

function ask(id: string, text = `What is ${id} about?`): Omit<Question, "parent"> {
  const { parent: _, ...rest } = question(id, undefined, { text });
  return rest;
}

const fresh = { ...emptyThread("t", 1), draft: "What", attachments: [picture(4)] };
const two = answered(
  asked(answered(asked(fresh, ask("q1"), 2), answer("a1", "q1"), 3), ask("q2"), 4),
  answer("a2", "q2"),
  5,
);

test("a question takes the draft and what was attached, and the first one gives the title", () => {
  assert.equal(shown(two), "q1 a1 q2 a2");
  assert.deepEqual([two.draft, two.attachments, two.title, two.changedAt], ["", [], "What is q1 about?", 5]);
});

test("an answer given again stands beside the first one, and both can be looked at", () => {
  const again = answered(two, answer("b2", "q2"), 6);
  assert.equal(shown(again), "q1 a1 q2 b2");
  assert.deepEqual(placesOf(again).get("b2"), { branch: 2, branches: 2 });
  assert.deepEqual(placesOf(again).get("q2"), { branch: 1, branches: 1 });
  const back = switched(again, "b2", -1);
  assert.equal(shown(back), "q1 a1 q2 a2");
  assert.equal(shown(switched(back, "a2", 1)), "q1 a1 q2 b2");
  assert.equal(switched(again, "b2", 1), again);
  assert.equal(switched(again, "none", 1), again);
});

test("an answer that goes on is the same answer, also when another branch was looked at meanwhile", () => {
  const grown = answered(
    switched(answered(two, answer("b2", "q2"), 6), "b2", -1),
    answer("b2", "q2", { text: "More" }),
    7,
  );
  assert.equal(shown(grown), "q1 a1 q2 b2");
});

test("a question that is edited begins another branch, and the old one stays", () => {
  const anew = answered(askedAnew(two, "q1", ask("r1"), 6), answer("c1", "r1"), 7);
  assert.equal(shown(anew), "r1 c1");
  assert.equal(anew.title, "What is r1 about?");
  assert.equal(shown(switched(anew, "r1", -1)), "q1 a1 q2 a2", "with what followed it");
  assert.equal(switched(anew, "r1", -1).title, "What is q1 about?");
  assert.equal(switched(named(anew, "Carts", 8), "r1", -1).title, "Carts");
  assert.equal(shown(askedAnew(two, "q2", ask("r2"), 6)), "q1 a1 r2");
  assert.equal(askedAnew(two, "a1", ask("x"), 6), two);
});

test("a name that the user gave stays, and without one the first question is the title again", () => {
  const mine = named(two, "  Carts ", 8);
  assert.deepEqual([mine.title, mine.isNamed], ["Carts", true]);
  assert.equal(askedAnew(mine, "q1", ask("r1"), 9).title, "Carts");
  assert.deepEqual([named(mine, " ", 9).title, named(mine, " ", 9).isNamed], ["What is q1 about?", false]);
});

test("what an answer is about is the branch up to its question, whatever is shown", () => {
  const anew = askedAnew(two, "q1", ask("r1"), 6);
  assert.deepEqual(
    branchUpTo(anew, "q2").map(({ id }) => id),
    ["q1", "a1", "q2"],
  );
});
