import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer, Question, Turn } from "../../src/chat/conversation.ts";
import { ChatPrompts } from "../../src/chat/prompt.ts";
import { meterWithoutRepeats, promptWithoutRepeats, withoutRepeats } from "../../src/chat/repeats.ts";

const FILE = "export const first = 1;\n".repeat(20);

function question(id: string, parent: string | undefined, ...texts: readonly string[]): Question {
  const pieces = texts.map((text) => ({
    kind: "file" as const,
    label: "a.ts",
    uri: "file:///a.ts",
    path: "a.ts",
    line: 0,
    text,
    tokens: 0,
    cut: false,
  }));
  return { role: "question", id, parent, at: 0, text: `question ${id}`, command: undefined, attachments: [], pieces };
}

function answer(id: string, parent: string): Answer {
  const figures = { promptTokens: undefined, outputTokens: undefined, turnsLeftOut: 0 };
  const state = { kind: "done" } as const;
  return {
    role: "answer",
    id,
    parent,
    at: 0,
    text: `answer ${id}`,
    model: "m",
    state,
    tools: [],
    pieces: [],
    ...figures,
  };
}

const branch: readonly Turn[] = [question("q1", undefined, FILE), answer("a1", "q1"), question("q2", "a1", FILE)];

function asked(turns: readonly Turn[], budget: number): string {
  const prompts = new ChatPrompts({ count: (text) => text.length / 4 });
  const { messages } = promptWithoutRepeats(prompts, { system: "", branch: turns, budget, sees: false });
  return messages.map(({ content }) => content).join("\n");
}

test("a file that is attached to each question and has not changed is sent once", () => {
  assert.equal(asked(branch, 4_000).split(FILE).length - 1, 1);
  assert.deepEqual([...withoutRepeats(branch).kept], ["q1"]);
});

test("a file that has changed is sent as it was and as it is", () => {
  const changed = FILE.replace("first", "second");
  const text = asked([...branch.slice(0, 2), question("q2", "a1", changed)], 4_000);
  assert.ok(text.includes(FILE) && text.includes(changed));
});

test("the meter says of what is repeated what the prompt does with it", () => {
  const prompts = new ChatPrompts({ count: (text) => text.length / 4 });
  const long = { ...question("q0", undefined), text: "words ".repeat(900) };
  const turns = [long, answer("a0", "q0"), question("q1", "a0", FILE), ...branch.slice(1)];
  for (let budget = 200; budget < 3_000; budget += 20) {
    const input = { system: "", branch: turns, budget, sees: false };
    const { left, tokens } = promptWithoutRepeats(prompts, input);
    const meter = meterWithoutRepeats(prompts, input);
    assert.deepEqual(meter.left, left, String(budget));
    assert.ok(tokens <= meter.used, String(budget));
  }
});

test("where the question that has the file does not fit any more, the new one has it", () => {
  const long = { ...question("q0", undefined), text: "words ".repeat(900) };
  const turns = [long, answer("a0", "q0"), question("q1", "a0", FILE), ...branch.slice(1)];
  for (const budget of [400, 700, 1_000, 2_000]) assert.ok(asked(turns, budget).includes(FILE), String(budget));
});
