import assert from "node:assert/strict";
import { test } from "node:test";
import { CompletionEngine } from "../../src/completion/engine.ts";
import { partsBehind, type PromptPart, type PromptParts } from "../../src/completion/promptParts.ts";
import { type Asked, RequestMemory } from "../../src/completion/requestMemory.ts";
import type { Offered } from "../../src/completion/suggestion.ts";
import type { Piece } from "../../src/context/pieces.ts";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";
import type { FormatName } from "../../src/model/templates.ts";
import { at } from "../support/carets.ts";
import { FakeClock } from "../support/fakeClock.ts";
import { alwaysSays } from "../support/scriptedModel.ts";

/** `id` is its text as well. */
function piece(id: string, path: string, value = 0.5, source: Piece["source"] = "definitions"): Piece {
  return { id, source, path, line: 3, text: id, value, reason: { kind: "used", name: "a" } };
}

interface Options {
  readonly format?: FormatName;
  readonly heals?: boolean;
  readonly pieces?: readonly Piece[];
}

/** An engine whose requests are remembered, in front of a model that always says the same. */
function bench(answer: string, { format = "qwen2.5-coder", heals = false, pieces = [] }: Options = {}) {
  const memory = new RequestMemory(20);
  const model = alwaysSays(answer);
  const engine = new CompletionEngine({
    backend: () => ({ model, format, heals }),
    clock: new FakeClock(),
    options: () => ({ delay: { rate: 0, minMs: 0, maxMs: 0 }, alternatives: 1 }),
    pieces: { pieces: () => Promise.resolve(pieces) },
    onAsked: (id, asked) => memory.put(id, asked),
  });
  const offer = async (cursor: CursorSnapshot): Promise<Offered> => {
    const outcome = await engine.complete(cursor, "automatic", new AbortController().signal);
    assert.equal(outcome.kind, "offered");
    const [first] = outcome.kind === "offered" ? outcome.suggestions : [];
    assert.ok(first);
    return first;
  };
  const asked = (id: string): Asked => {
    const found = memory.find(id);
    assert.ok(found);
    return found;
  };
  return { asked, model, offer };
}

async function explain(cursor: CursorSnapshot, answer = "a + b;", options: Options = {}) {
  const { asked, model, offer } = bench(answer, options);
  const offered = await offer(cursor);
  const parts = partsBehind(asked(offered.id), cursor, offered);
  assert.ok(parts);
  return { ...parts, sent: model.streams.map(({ prompt }) => prompt) };
}

function textWithout({ requestWithout }: Pick<PromptParts, "requestWithout">, part?: PromptPart): string {
  const { prompt } = requestWithout(part);
  return prompt.kind === "raw" ? prompt.parts.map(({ text }) => text).join("") : "";
}

const lines = (count: number, name: string): string =>
  Array.from({ length: count }, (_, index) => `const ${name}${index} = ${index};\n`).join("");

test("with every part in it the prompt is the one that was sent", async () => {
  const cursor = at(`${lines(40, "far")}const sum = ║\nlog(sum);\n`);
  const pieces = [piece("function a(): number", "lib/a.ts"), piece("function b(): number", "lib/b.ts")];
  for (const format of ["qwen2.5-coder", "smollm2-fim", "starcoder2", "continuation"] as const) {
    const { sent, ...parts } = await explain(cursor, "a + b;", { format, pieces, heals: true });
    const expected = format === "smollm2-fim" || format === "continuation" ? 3 : 5;
    assert.ok(parts.parts.length >= expected - 1, format);
    assert.equal(textWithout(parts), sent[0], format);
  }
});

test("each part's text stands in the prompt, and not in the prompt without it, which has all the others", async () => {
  const cursor = at(`${lines(60, "far")}${lines(8, "near")}const sum = ║\nlog(sum);\n`);
  const pieces = [piece("function a(): number", "lib/a.ts"), piece("function b(): number", "lib/b.ts")];
  const explained = await explain(cursor, "a + b;", { pieces });
  assert.deepEqual(
    explained.parts.map(({ source }) => source),
    ["definitions", "definitions", "after", "before", "before"],
  );
  const whole = textWithout(explained);
  for (const part of explained.parts) {
    const text = textWithout(explained, part);
    assert.ok(whole.includes(part.text) && !text.includes(part.text), part.text);
    for (const other of explained.parts) assert.ok(other === part || text.includes(other.text), other.text);
    assert.ok(part.tokens > 0);
  }
});

test("the nearest lines are never left out, and the small model's window has parts all the same", async () => {
  const near = "  const shipping = 5;\n  const tax = 2;\n  let total = 0;\n  total += shipping;\n  total += ";
  const cursor = at(`${lines(60, "far")}${near}║\n}\n`);
  const explained = await explain(cursor, "tax;", { format: "smollm2-fim", heals: true });
  assert.deepEqual(
    explained.parts.map(({ source }) => source),
    ["after", "before", "before"],
  );
  for (const part of explained.parts) assert.ok(textWithout(explained, part).endsWith(near));
});

test("a part of the lines above tells how far above the caret it begins", async () => {
  const cursor = at(`${lines(10, "far")}${lines(9, "near")}const sum = ║`);
  const [part] = (await explain(cursor)).parts;
  assert.ok(part?.source === "before");
  assert.equal(part.linesAbove, 19);
  assert.ok(part.text.startsWith("const far0 = 0;\n") && part.text.endsWith(";\n"));
});

test("a cut between two portions is made at a blank line", async () => {
  const cursor = at(`${lines(14, "one")}\n${lines(18, "two")}${lines(12, "near")}const sum = ║`);
  const { parts } = await explain(cursor);
  assert.equal(parts.length, 2);
  assert.ok(parts[1]?.text.startsWith("const two0"), parts[1]?.text);
});

test("pieces of one file and source are one part, and of very many files those worth least are", async () => {
  const two = [piece("a1", "a.ts"), piece("b1", "b.ts"), piece("a2", "a.ts"), piece("a3", "a.ts", 0.5, "similar")];
  const { parts } = await explain(at("const sum = ║"), "a + b;", { pieces: two });
  const ids = (part: PromptPart): string => ("pieces" in part ? part.pieces.map(({ id }) => id).join(" ") : "");
  assert.deepEqual(parts.map(ids).toSorted(), ["a1 a2", "a3", "b1"]);
  const many = Array.from({ length: 30 }, (_, index) => piece(`p${index}`, `${index}.ts`, index / 100));
  const grouped = (await explain(at("const sum = ║"), "a + b;", { pieces: many })).parts;
  assert.equal(grouped.length, 12);
  assert.ok(grouped.map(ids).includes("p29"));
  assert.equal(grouped.flatMap((part) => ("pieces" in part ? part.pieces : [])).length, 30);
});

test("what was typed since the request belongs to the prompt, and the rest is what is scored", async () => {
  const { asked, model, offer } = bench("return total;");
  const first = await offer(at("function sum() {\n  ║\n}\n"));
  const cursor = at("function sum() {\n  return ║\n}\n");
  const rest = await offer(cursor);
  assert.deepEqual([rest.id, rest.insertText, model.streams.length], [first.id, "total;", 1]);
  const parts = partsBehind(asked(rest.id), cursor, rest);
  assert.ok(parts);
  assert.equal(parts.continuation, "total;");
  assert.match(textWithout(parts), /function sum\(\) \{\n {2}return <\|fim_suffix\|>/);
});

test("an item of the suggest widget is text before the suggestion, which the model did not write", async () => {
  const cursor = at("con║\n", { selectedCompletion: { text: "console", replaces: 3 } });
  const explained = await explain(cursor, ".log(1);");
  assert.equal(explained.continuation, ".log(1);");
  assert.match(textWithout(explained), /console<\|fim_suffix\|>/);
});

test("white space that the prompt left out is scored with the suggestion", async () => {
  const { continuation, ...parts } = await explain(at("def f():\n    ║"), "    return 1", { format: "continuation" });
  assert.equal(continuation, "    return 1");
  assert.equal(textWithout(parts), "def f():\n");
});

test("a suggestion that was for another place is not explained", async () => {
  const { asked, offer } = bench("a + b;");
  const offered = await offer(at("const sum = ║\n"));
  assert.equal(partsBehind(asked(offered.id), at("something else ║"), offered), undefined);
});

test("Windows line ends are no difference", async () => {
  const unix = `${lines(30, "far")}const sum = ║\nlog(sum);\n`;
  const explained = await explain(at(unix.replaceAll("\n", "\r\n")));
  assert.deepEqual(
    explained.parts.map(({ text }) => text),
    (await explain(at(unix))).parts.map(({ text }) => text),
  );
  assert.equal(textWithout(explained), explained.sent[0]);
});

test("only the last requests are remembered, and those longest whose suggestions are seen again", async () => {
  const memory = new RequestMemory(2);
  const asked = {} as Asked;
  memory.put("s1", asked);
  memory.put("s2", asked);
  assert.equal(memory.find("s1"), asked);
  memory.put("s3", asked);
  assert.deepEqual([memory.find("s1"), memory.find("s2"), memory.find("s3")], [asked, undefined, asked]);
  memory.clear();
  assert.equal(memory.find("s1"), undefined);
});
