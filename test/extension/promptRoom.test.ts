import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChatMessage } from "../../src/model/model.ts";
import { promptRoom } from "../../src/extension/promptRoom.ts";

const count = (text: string): number => text.length / 4;
const facts = { contextTokens: 8_000, answerTokens: 2_000, callsTools: true, count };
const instruction = { system: "Be brief.", examples: [{ role: "user", content: "x".repeat(400) }] } as const;
const weather = { name: "weather", description: "d".repeat(2_000), parameters: { type: "object" } } as const;
const tools = { definitions: async () => [weather] };

/** Calls of a tool, each with a result of so many tokens. */
function calls(number: number, tokens: number): readonly ChatMessage[] {
  return Array.from({ length: number }, (_, place): ChatMessage[] => {
    const id = `call${place}`;
    const toolCalls = [{ id, name: "read_file", arguments: JSON.stringify({ path: "p".repeat(80) }) }];
    const content = `${place}${"r".repeat(tokens * 4 - 1)}`;
    return [
      { role: "assistant", content: "", toolCalls },
      { role: "tool", content, toolCallId: id },
    ];
  }).flat();
}

test("what tools and examples take is not there for the question, also where the meter says what fits", async () => {
  const [without, withTools] = [
    await promptRoom(facts, instruction, undefined, []),
    await promptRoom(facts, instruction, tools, []),
  ];
  assert.deepEqual([without.tools, withTools.tools], [[], [weather]]);
  assert.ok(without.budget <= 8_000 - 2_000 - 100);
  assert.ok(withTools.budget <= without.budget - 500);
  assert.ok(withTools.system.length > without.system.length);
});

test("results of tools that are too long together leave room for the question, and the last one is kept longest", async () => {
  for (const [number, tokens] of [
    [2, 1_000],
    [8, 5_000],
    [3, 2_500],
    [1, 9_000],
  ] as const) {
    const { exchanged, budget, besideTokens } = await promptRoom(facts, instruction, tools, calls(number, tokens));
    const sent = exchanged.reduce(
      (sum, { content, toolCalls }) => sum + count(content + JSON.stringify(toolCalls ?? "")),
      0,
    );
    assert.ok(budget >= 1_500, `${number} of ${tokens}: ${budget}`);
    assert.ok(sent <= besideTokens && besideTokens + budget <= 6_000, `${number} of ${tokens}: ${sent}`);
    assert.equal(exchanged.length, number * 2);
    const results = exchanged.filter(({ role }) => role === "tool").map(({ content }) => content);
    assert.ok(results.every((content, place) => content.startsWith(`${place}rrr`)));
    assert.ok((results.at(-1) ?? "").length >= (results[0] ?? "").length);
  }
  const few = calls(2, 1_000);
  assert.deepEqual((await promptRoom(facts, instruction, tools, few)).exchanged, few);
});
