import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { type Thread, withTurn } from "../../src/chat/conversation.ts";
import { parseFailure } from "../../src/chat/storedFailure.ts";
import { parseTurn } from "../../src/chat/storedTurns.ts";
import { atRest, canWait, changesBetween, linesOf, readThread } from "../../src/chat/threadLines.ts";
import { spoilt } from "../support/spoilt.ts";
import { answer, conversation, picture, piece, question } from "../support/threads.ts";

function read(text: string, id = "t"): Thread {
  const result = readThread(text, id);
  assert.ok(result.kind === "thread");
  return result.thread;
}

const full: Thread = {
  ...withTurn(
    withTurn(
      conversation("t", 1),
      question("q", "a0", {
        command: "explain",
        attachments: [
          picture(8),
          { id: "s", kind: "selection", label: "a.ts:1-2", uri: "file:///a.ts", line: 0, endLine: 2, text: "x" },
        ],
        pieces: [piece("let a = 1;\n\ud800", { uri: undefined, path: undefined, line: undefined, cut: true })],
      }),
      6_000,
    ),
    answer("a", "q", {
      state: { kind: "failed", failure: { kind: "rate-limited", host: "h", retryAfterMs: 5 } },
      tools: [{ id: "1", name: "read", arguments: "{}", state: "done", result: "r" }],
      promptTokens: 7,
      turnsLeftOut: 2,
    }),
    7_000,
  ),
  draft: "and\u2028then",
  model: "openai/gpt",
  attachments: [{ id: "f", kind: "file", label: "b.ts", uri: "file:///b.ts" }],
};

test("a thread is read as it was written, with everything in it", () => {
  assert.deepEqual(read(linesOf(full)), full);
});

test("what is added to a file makes the same thread as writing it anew", () => {
  const states: Thread[] = [conversation("t", 2)];
  const next = (change: (thread: Thread) => Thread): void => void states.push(change(states.at(-1) ?? full));
  next((thread) => withTurn(thread, question("q", "a1"), 9));
  for (const text of ["", "Ja", "Ja 😀".slice(0, 4), "Ja 😀 more", "Ja 😀 more and more"])
    next((thread) =>
      withTurn(thread, answer("a", "q", { text, state: { kind: "running" }, tools: none, pieces: none }), 10),
    );
  next((thread) => withTurn(thread, answer("a", "q", { text: "Ja 😀 more and more." }), 11));
  next((thread) => ({ ...thread, title: "Other", isNamed: true, tip: "a0", draft: "d" }));
  next((thread) => ({ ...thread, attachments: [picture(4)] }));
  let file = "";
  for (const [index, state] of states.entries()) {
    file += index === 0 ? linesOf(state) : changesBetween(states[index - 1], state);
    assert.deepEqual(read(file), state);
  }
});

const none: readonly never[] = [];

test("text that arrives is added without what has arrived already", () => {
  const running = { state: { kind: "running" }, tools: none, pieces: none } as const;
  const before = withTurn(conversation("t", 1), answer("a", "q0", { ...running, text: "long ".repeat(1_000) }), 9);
  const after = withTurn(before, answer("a", "q0", { ...running, text: `${"long ".repeat(1_000)}end` }), 9);
  assert.equal(changesBetween(before, after), `{"more":"a","at":5000,"text":"end"}\n`);
  assert.ok(canWait(before, after) && canWait(after, { ...after, draft: "x" }));
  assert.ok(!canWait(after, withTurn(after, answer("a", "q0"), 9)), "an answer that has ended does not wait");
  assert.ok(!canWait(undefined, after));
  const tool = { id: "1", name: "read", arguments: "{}", state: "running", result: "" } as const;
  const calling = withTurn(after, answer("a", "q0", { ...running, tools: [tool] }), 9);
  assert.ok(canWait(after, calling));
  assert.deepEqual(read(linesOf(before) + changesBetween(before, calling)), calling);
});

test("of a file cut at any byte everything is there whose line had ended", () => {
  const states = [conversation("t", 1), conversation("t", 2), full];
  const bytes = Buffer.from(states.map((state) => linesOf(state)).join(""));
  const lines = bytes.toString().split("\n");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: bytes.length }), (at) => {
      const text = bytes.subarray(0, at).toString();
      const whole = text.slice(0, text.lastIndexOf("\n") + 1);
      const result = readThread(text, "t");
      if (whole === "") return assert.equal(result.kind, "broken");
      assert.ok(result.kind === "thread");
      assert.equal(result.broken, 0);
      assert.deepEqual(result.thread, read(whole));
      const turns = lines.slice(0, whole.split("\n").length - 1).filter((line) => line.startsWith('{"turn"'));
      assert.equal(result.thread.turns.size, new Set(turns.map((line) => JSON.parse(line).turn.id)).size);
    }),
    { numRuns: 400 },
  );
});

test("whatever stands in a file, reading it ends, and gives only what is of the right shape", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.json())), (lines) => {
      const result = readThread([linesOf(conversation("t", 1)).trimEnd(), ...lines, ""].join("\n"), "t");
      assert.ok(result.kind === "thread" && result.thread.turns.size >= 2);
    }),
  );
  for (const turn of full.turns.values())
    for (const wrong of spoilt(JSON.parse(JSON.stringify(turn)))) {
      const parsed = parseTurn(wrong);
      if (parsed) assert.deepEqual(parseTurn(JSON.parse(JSON.stringify(parsed))), parsed);
    }
  assert.equal(parseTurn({ ...answer("a", "q"), state: { kind: "new" } }), undefined);
});

test("a line in the middle that nobody understands is passed over and counted", () => {
  const lines = linesOf(conversation("t", 2)).split("\n");
  const result = readThread([...lines.slice(0, 2), "{]", '{"turn":{"id":"x"}}', ...lines.slice(2)].join("\n"), "t");
  assert.ok(result.kind === "thread");
  assert.equal(result.broken, 2);
  assert.equal(result.thread.turns.size, 4);
});

test("text that does not go on where the turn ends is not taken for its end", () => {
  const lines = [
    linesOf(conversation("t", 1)),
    '{"more":"a0","at":3,"text":"x"}\n',
    '{"more":"none","at":0,"text":"x"}\n',
  ];
  const result = readThread(lines.join(""), "t");
  assert.ok(result.kind === "thread" && result.broken === 2);
  assert.deepEqual(result.thread, conversation("t", 1));
});

test("a file of a later version, and one that is none, are told apart", () => {
  assert.deepEqual(readThread('{"format":2,"what":"ever"}\n', "t"), { kind: "newer" });
  for (const text of ["", "{}\n", "PNG\n", '{"format":1,"id":"other","createdAt":1}\n', "\n\n"])
    assert.deepEqual(readThread(text, "t"), { kind: "broken" });
});

test("an answer that was being written when the window died has stopped, with what had arrived", () => {
  const tools = [{ id: "1", name: "read", arguments: "{}", state: "waiting", result: "" }] as const;
  const running = withTurn(
    conversation("t", 1),
    answer("a", "q0", { text: "Half", state: { kind: "running" }, tools }),
    9,
  );
  const turn = atRest(read(linesOf(running))).turns.get("a");
  assert.ok(turn?.role === "answer");
  assert.deepEqual([turn.state, turn.text, turn.tools[0]?.state], [{ kind: "stopped" }, "Half", "failed"]);
});

test("of a failure of an unknown kind only that there was one is left", () => {
  assert.equal(parseFailure({ kind: "of-tomorrow" }), undefined);
  assert.equal(parseFailure({ kind: "server-error", host: "h" }), undefined);
  assert.deepEqual(parseFailure({ kind: "key-missing", host: "h" }), { kind: "key-missing", host: "h" });
});
