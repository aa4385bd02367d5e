import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { isInnerPath } from "../../src/extension/innerPath.ts";
import { estimatedTokens, promptAsText, promptBlocks, promptShares } from "../../src/extension/sentPrompt.ts";
import type { Prompt } from "../../src/model/model.ts";
import type { Provenance, Stretch } from "../../src/model/provenance.ts";
import { RequestLog, type SentRequest } from "../../src/model/requestLog.ts";

function sent(prompt: Prompt, provenance?: Partial<Provenance>, promptTokens?: number): SentRequest {
  const log = new RequestLog(() => 0);
  const recording = log.begin(
    {
      purpose: "suggestion",
      model: "m",
      endPoint: { kind: "embedded" },
      prompt,
      maxTokens: 9,
      temperature: 0,
      stop: [],
    },
    { stretches: [], redactions: [], ...provenance },
  );
  recording.end(
    { kind: "answered", leftEarly: false },
    { promptTokens, cachedTokens: undefined, outputTokens: undefined, firstTokenMs: undefined },
  );
  return log.requests[0]!;
}
const stretch = (source: string, text: string, tokens = 1): Stretch => ({
  source,
  text,
  path: undefined,
  line: undefined,
  tokens,
});
const special = (text: string) => ({ text, special: true });
const plain = (text: string) => ({ text, special: false });
const shown = (request: SentRequest) =>
  promptBlocks(request, String).map(({ segments }) =>
    segments.map(({ kind, text }) => (kind === "caret" ? "║" : `${kind} ${text}`)),
  );

test("control tokens are set off, the caret is marked, and replaced secrets are seen", () => {
  const prompt: Prompt = { kind: "raw", parts: [special("<PRE>"), plain("k = KEY_1 "), special("<SUF>"), plain(";")] };
  const request = sent(prompt, {
    stretches: [stretch("before", "k = KEY_1 "), stretch("after", ";")],
    redactions: [{ placeholder: "KEY_1", rule: "key", count: 1 }],
  });
  assert.deepEqual(shown(request), [
    ["special <PRE>", "text k = ", "secret KEY_1", "text  ", "║", "special <SUF>", "text ;"],
  ]);
  assert.deepEqual(
    promptBlocks(request, String)[0]?.segments.map((segment) => segment.stretch),
    [-1, 0, 0, 0, -1, -1, 1],
  );
});

test("in a prompt with a hole the caret is between its two sides, once", () => {
  assert.deepEqual(shown(sent({ kind: "hole", prefix: "a(", suffix: ")" })), [["text a(", "║", "text )"]]);
  assert.deepEqual(shown(sent({ kind: "hole", prefix: "", suffix: ")" })), [["║", "text )"]]);
});

test("the messages of a chat are apart, each with who says it", () => {
  const prompt: Prompt = {
    kind: "chat",
    messages: [
      { role: "system", content: "Fill <HOLE>." },
      { role: "user", content: "let a = <HOLE>;" },
    ],
  };
  const request = sent(prompt, { stretches: [stretch("before", "let a = "), stretch("after", ";")] });
  assert.deepEqual(
    promptBlocks(request, String).map(({ role }) => role),
    ["system", "user"],
  );
  assert.deepEqual(shown(request), [["text Fill <HOLE>."], ["text let a = ", "║", "text <HOLE>", "text ;"]]);
  assert.equal(promptAsText(request, String), "[system]\nFill <HOLE>.\n\n[user]\nlet a = <HOLE>;");
});

test("whatever the prompt and its stretches are, what is shown is what was sent", () => {
  const word = fc.stringMatching(/^[ab<\n]{0,6}$/);
  const parts = fc.array(fc.record({ text: word, special: fc.boolean() }), { maxLength: 6 });
  const stretches = fc.array(fc.tuple(fc.constantFrom("before", "after", "map"), word), { maxLength: 4 });
  fc.assert(
    fc.property(parts, stretches, word, (texts, named, placeholder) => {
      const prompt: Prompt = { kind: "raw", parts: texts };
      const request = sent(prompt, {
        stretches: named.map(([source, text]) => stretch(source, text)),
        redactions: [{ placeholder, rule: "key", count: 1 }],
      });
      const segments = promptBlocks(request, String).flatMap((block) => block.segments);
      const all = texts.map(({ text }) => text).join("");
      assert.equal(segments.map(({ text }) => text).join(""), all);
      assert.equal(promptAsText(request, String), all);
      assert.ok(segments.filter(({ kind }) => kind === "caret").length <= 1);
      for (const [index, { range }] of request.stretches.entries()) {
        const tinted = segments.filter((segment) => segment.stretch === index).map(({ text }) => text);
        assert.equal(tinted.join(""), range ? all.slice(range.start, range.end) : "");
      }
    }),
  );
});

test("the shares of the sources add up to what the model has counted, and the rest is the format's", () => {
  const prompt: Prompt = {
    kind: "raw",
    parts: [special("<PRE>"), plain("aaaa"), plain("bbbb"), special("<SUF>"), plain("cc")],
  };
  const stretches = [stretch("before", "bbbb", 2), stretch("map", "aaaa", 1), stretch("after", "cc", 1)];
  const request = sent(prompt, { stretches }, 100);
  const shares = promptShares(request);
  assert.deepEqual(
    shares.map(({ source }) => source),
    ["map", "before", "after", "format"],
  );
  assert.equal(
    shares.reduce((sum, { tokens }) => sum + tokens, 0),
    100,
  );
  assert.ok(shares[1]!.tokens > shares[0]!.tokens);
  const uncounted = sent(prompt, { stretches });
  assert.equal(
    promptShares(uncounted).reduce((sum, { tokens }) => sum + tokens, 0),
    estimatedTokens(uncounted),
  );
});

test("where nothing is known of what a prompt is made of, nothing is said of it", () => {
  const request = sent({ kind: "raw", parts: [plain("a".repeat(33))] }, {}, 12);
  assert.deepEqual(promptShares(request), []);
  assert.equal(estimatedTokens(request), 10);
});

test("only paths that stay inside of a folder lead to a file", () => {
  for (const path of ["a.ts", "src/a.ts", "..a/b..", "数据/购物车.ts", ".env", "a b/c"])
    assert.ok(isInnerPath(path), path);
  for (const path of [
    "",
    "..",
    ".",
    "../a",
    "a/../b",
    "a/..",
    "/a",
    "a//b",
    "a/",
    "C:/a",
    "c:a",
    "..\\a",
    "a/.. /b",
    "a\0",
  ])
    assert.ok(!isInnerPath(path), JSON.stringify(path));
});
