import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { EmbeddedModel } from "../../../src/model/embedded/embeddedModel.ts";
import { cutFor, Healing, TokenIndex } from "../../../src/model/embedded/healing.ts";
import type { Vocabulary } from "../../../src/model/embedded/tokenText.ts";
import type { ModelRequest } from "../../../src/model/model.ts";
import { hole, longCode, makeWindows, never, textOf } from "./support.ts";

const NORMAL = 4;
const CONTROL = 8;
const BYTE = 32;
const SENTENCE_PIECE = 1;
const BYTE_LEVEL = 2;

/** Tokens are named by how the vocabulary spells them. */
async function vocabularyOf(type: number, spellings: readonly string[]) {
  const attributes = (spelling: string) =>
    /^<0x..>$/u.test(spelling) ? BYTE : /^<\|.*\|>$/u.test(spelling) ? CONTROL : NORMAL;
  const vocabulary: Vocabulary = {
    type,
    spelling: (token) => spellings[token] ?? "",
    attributes: (token) => attributes(spellings[token] ?? ""),
    text: (token) => spellings[token] ?? "",
  };
  const index = await TokenIndex.build(vocabulary, spellings.length);
  const token = (spelling: string) => {
    const found = spellings.indexOf(spelling);
    assert.ok(found >= 0, `no token ${spelling}`);
    return found;
  };
  return {
    cut: (tokens: readonly string[], text: string) => {
      const cut = cutFor(index, vocabulary, Uint32Array.from(tokens, token), text);
      return cut && { kept: tokens.slice(0, cut.kept), rest: cut.rest };
    },
    healing: (rest: string) => {
      const healing = new Healing(index, vocabulary, rest);
      return {
        allowed: () => Array.from(healing.bias().tokenBiasKeys, (key) => spellings[key]),
        take: (spelling: string) => healing.take(token(spelling)),
        done: () => healing.done,
      };
    },
  };
}

const code = () =>
  vocabularyOf(BYTE_LEVEL, [
    "Ġcalculate",
    "To",
    "Total",
    "T",
    "o",
    "tal",
    "Ċ",
    "ĊĠĠĠ",
    "ĊĠĠĠĠĠĠĠ",
    "Ġ",
    "ĠĠ",
    "Ġreturn",
    ")",
    ":",
    "<|endoftext|>",
  ]);

test("a word that some token continues is cut off, one that none does stays", async () => {
  const { cut } = await code();
  assert.deepEqual(cut(["Ġcalculate", "To"], " calculateTo"), { kept: ["Ġcalculate"], rest: "To" });
  assert.equal(cut(["Ġcalculate", "Total", ")"], " calculateTotal)"), undefined);
});

test("the cut goes back over several tokens where a longer one spells them all", async () => {
  const { cut } = await code();
  assert.deepEqual(cut(["Ġcalculate", "T", "o"], " calculateTo"), { kept: ["Ġcalculate"], rest: "To" });
});

test("the indentation is cut off, with the line break that its tokens begin with", async () => {
  const { cut } = await code();
  assert.deepEqual(cut([":", "ĊĠĠĠ", "Ġ"], ":\n    "), { kept: [":"], rest: "\n    " });
  assert.deepEqual(cut([":", "Ċ", "ĊĠĠĠ"], ":\n\n   "), { kept: [":"], rest: "\n\n   " });
});

test("only tokens that repeat what was cut off can be chosen, until all of it is", async () => {
  const { healing } = await code();
  const indentation = healing("\n    ");
  assert.deepEqual(indentation.allowed(), ["Ċ", "ĊĠĠĠ", "ĊĠĠĠĠĠĠĠ"]);
  assert.deepEqual(indentation.take("ĊĠĠĠ"), { bytes: 4, whole: true });
  assert.deepEqual(indentation.allowed(), ["Ġcalculate", "Ġ", "ĠĠ", "Ġreturn"]);
  assert.equal(indentation.done(), false);
  assert.deepEqual(indentation.take("Ġreturn"), { bytes: 1, whole: false });
  assert.equal(indentation.done(), true);
});

test("a token that does not fit is refused", async () => {
  const word = (await code()).healing("To");
  assert.equal(word.take("tal"), undefined);
  assert.equal(word.take("<|endoftext|>"), undefined);
  assert.deepEqual(word.take("T"), { bytes: 1, whole: true });
});

test("a character that is cut in its middle is healed by its bytes", async () => {
  const { cut, healing } = await vocabularyOf(BYTE_LEVEL, ["caf", "Ã", "©", "Ã©e", "Ã©"]);
  const tail = cut(["caf", "Ã©"], "café");
  assert.deepEqual(tail, { kept: ["caf"], rest: "\u00c3\u00a9" });
  const word = healing("\u00c3\u00a9");
  assert.deepEqual(word.allowed(), ["Ã", "Ã©e", "Ã©"]);
  assert.deepEqual(word.take("Ã"), { bytes: 1, whole: true });
  assert.deepEqual(word.allowed(), ["©"]);
});

test("a SentencePiece vocabulary's own space in front of a text is cut off with it, and written again", async () => {
  const { cut, healing } = await vocabularyOf(SENTENCE_PIECE, ["\u2581re", "turn", "\u2581return", "<0x0A>", "<0x20>"]);
  assert.deepEqual(cut(["\u2581re"], "re"), { kept: [], rest: " re" });
  assert.deepEqual(healing(" re").allowed(), ["\u2581re", "\u2581return", "<0x20>"]);
  assert.deepEqual(healing(" re").take("\u2581return"), { bytes: 3, whole: false });
});

test("text that a vocabulary changes is left as it is", async () => {
  const { cut } = await vocabularyOf(0, ["hello", "hello world"]);
  assert.equal(cut(["hello"], "Hello"), undefined);
});

let windows: Awaited<ReturnType<typeof makeWindows>>;
let model: EmbeddedModel;
before(async () => {
  windows = await makeWindows();
  model = windows.open();
});
after(() => windows.end());

/** With the purpose of a chat the model is asked without its adapter, which was taught with cuts inside tokens. */
function continuation(prefix: string, changes: Partial<ModelRequest> = {}): ModelRequest {
  const prompt = { kind: "raw", parts: [{ text: prefix, special: false }] } as const;
  return { ...hole(""), prompt, purpose: "chat", ...changes };
}

test("in the middle of a word the answer is what the model writes for the word from its start", async () => {
  const start = "function calculateTotal(items) {\n  return items.length;\n}\n\nconst result = calculate";
  const word = await textOf(model.stream(continuation(start, { maxTokens: 12 }), never));
  assert.match(word, /^To/u);
  const healed = await textOf(model.stream(continuation(`${start}To`, { maxTokens: 12, heal: true }), never));
  assert.equal(`To${healed}`, word);
});

test("after the indentation the answer is what the model writes for the line from its start", async () => {
  const opening = `${longCode(6)}\ndef add_6(a, b):`;
  const line = await textOf(model.stream(continuation(opening, { stop: ["\n\n"] }), never));
  assert.equal(line, "\n    return a + b + 6");
  const healed = await textOf(model.stream(continuation(`${opening}\n    `, { stop: ["\n\n"], heal: true }), never));
  assert.equal(healed, "return a + b + 6");
});

test("what only repeats the prompt is not counted as the answer", async () => {
  const opening = `${longCode(6)}\ndef add_6(a, b):\n    `;
  const stream = model.stream(continuation(opening, { maxTokens: 1, heal: true }), never);
  assert.equal(await textOf(stream), "return");
  assert.equal(stream.usage.outputTokens, 1);
});

test("typing on with healed prompts reuses all but the last tokens", async () => {
  const start = `${longCode(20)}\ndef subtract(a, b):\n    `;
  await textOf(model.stream(continuation(start, { heal: true }), never));
  for (const typed of ["r", "re", "ret", "return", "return ", "return a"]) {
    const stream = model.stream(continuation(start + typed, { heal: true, maxTokens: 4 }), never);
    await textOf(stream);
    const { promptTokens = 0, cachedTokens = 0 } = stream.usage;
    assert.ok(promptTokens > 200);
    assert.ok(cachedTokens >= promptTokens - 4, `${cachedTokens} of ${promptTokens} after ${JSON.stringify(typed)}`);
  }
});

test("a healed answer also continues the text where chance decides", async () => {
  const request = continuation(`${longCode(6)}\ndef add_6(a, b):\n    retur`, {
    temperature: 1,
    maxTokens: 2,
    heal: true,
  });
  for (let i = 0; i < 5; i++) assert.match(await textOf(model.stream(request, never)), /^n/u);
});

test("a prompt with nothing in front of what would be cut off is asked as it is", async () => {
  assert.notEqual(await textOf(model.stream(continuation("    ", { maxTokens: 4, heal: true }), never)), "");
});
