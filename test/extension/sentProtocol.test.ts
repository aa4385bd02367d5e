import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import {
  type FromPage,
  parseFromPage,
  parseToPage,
  type SentContent,
  type SentProgress,
  type SentRow,
  type Strings,
  stringNames,
  type ToPage,
} from "../../src/extension/sentProtocol.ts";
import { spoilt } from "../support/spoilt.ts";

const id = 3;
const fromPage: readonly FromPage[] = [
  { type: "ready" },
  { type: "purge" },
  { type: "suggest" },
  { type: "pause", paused: true },
  { type: "select", id },
  { type: "copy", id },
  { type: "save", id },
  { type: "open", id, stretch: 0 },
];

const row: SentRow = {
  id,
  startedAt: 1_700_000_000_000,
  purpose: "Suggestion",
  model: "small",
  figures: "12 tokens",
  state: "running",
  stateWords: "Running",
};
const figure = { label: "Prompt", value: "12 tokens", note: "" };
const content: SentContent = {
  id,
  startedAt: 1,
  purpose: "Suggestion",
  endPoint: "On this machine: small",
  pieces: [
    {
      stretch: 0,
      source: "definitions",
      sourceWords: "Definitions",
      place: "a.ts:3",
      canOpen: true,
      isInPrompt: true,
      reason: "used",
    },
  ],
  redactions: ["1 secret replaced"],
  blocks: [{ role: "", segments: [{ kind: "text", text: "a", stretch: -1 }] }],
  parameters: [figure],
};
const progress: SentProgress = {
  id,
  state: "answered",
  stateWords: "Answered",
  figures: [figure],
  shares: [{ source: "before", label: "Before the caret", tokens: 12, words: "about 12 tokens" }],
  pieceTokens: ["about 12 tokens"],
  answer: "b",
  noAnswer: "",
};
const strings = Object.fromEntries(stringNames.map((name) => [name, name])) as Strings;
const toPage: readonly ToPage[] = [
  { type: "strings", strings },
  { type: "list", rows: [row], paused: false, canSuggest: true },
  { type: "content", content },
  { type: "progress", progress },
  { type: "done", what: "copied" },
  { type: "reveal", id },
];

test("each message is taken by the side that it is for, and by no other", () => {
  for (const message of fromPage) {
    assert.deepEqual(parseFromPage(message), message);
    assert.equal(parseToPage(message), undefined);
  }
  for (const message of toPage) {
    assert.deepEqual(parseToPage(message), message);
    assert.equal(parseFromPage(message), undefined);
  }
});

test("a message with one value of the wrong type is refused", () => {
  for (const message of fromPage)
    for (const wrong of spoilt(message)) assert.equal(parseFromPage(wrong), undefined, JSON.stringify(wrong));
  for (const message of toPage)
    for (const wrong of spoilt(message)) assert.equal(parseToPage(wrong), undefined, JSON.stringify(wrong));
});

test("a message that lacks something is refused", () => {
  for (const message of [...fromPage, ...toPage])
    for (const name of Object.keys(message)) {
      const rest = Object.fromEntries(Object.entries(message).filter(([key]) => key !== name));
      assert.equal(parseFromPage(rest), undefined, JSON.stringify(rest));
      assert.equal(parseToPage(rest), undefined, JSON.stringify(rest));
    }
});

test("the page can't smuggle in a path or a command beside what it may say", () => {
  assert.deepEqual(parseFromPage({ type: "open", id, stretch: 0, path: "/etc/passwd", command: "x" }), {
    type: "open",
    id,
    stretch: 0,
  });
});

test("numbers that are no numbers of requests are refused", () => {
  for (const wrong of [-1, 0.5, Number.NaN, Infinity, 2 ** 60, "3", null, [3], { valueOf: () => 3 }])
    for (const type of ["select", "copy", "save", "open"])
      assert.equal(parseFromPage({ type, id: wrong, stretch: 0 }), undefined);
});

test("a source, state or kind that the page does not know is refused", () => {
  const rows = [{ ...row, state: "constructor" }];
  assert.equal(parseToPage({ type: "list", rows, paused: false, canSuggest: true }), undefined);
  const shares = [{ ...progress.shares[0], source: "__proto__" }];
  assert.equal(parseToPage({ type: "progress", progress: { ...progress, shares } }), undefined);
  const blocks = [{ role: "", segments: [{ kind: "html", text: "<b>", stretch: -1 }] }];
  assert.equal(parseToPage({ type: "content", content: { ...content, blocks } }), undefined);
});

test("garbage never throws, and what is taken of it is a message", () => {
  const types = [...fromPage, ...toPage].map(({ type }) => type);
  const garbage = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
    fc.record(
      { type: fc.constantFrom(...types), id: fc.anything(), stretch: fc.anything(), paused: fc.anything() },
      { requiredKeys: ["type"] },
    ),
    fc.record({
      type: fc.constantFrom(...types),
      rows: fc.anything(),
      content: fc.anything(),
      progress: fc.anything(),
      strings: fc.anything(),
      what: fc.anything(),
    }),
  );
  fc.assert(
    fc.property(garbage, (message) => {
      const heard = parseFromPage(message);
      if (heard && "id" in heard) assert.ok(Number.isSafeInteger(heard.id) && heard.id >= 0);
      if (heard && "stretch" in heard) assert.ok(Number.isSafeInteger(heard.stretch) && heard.stretch >= 0);
      if (heard?.type === "pause") assert.equal(typeof heard.paused, "boolean");
      const told = parseToPage(message);
      if (told?.type === "list") for (const { purpose } of told.rows) assert.equal(typeof purpose, "string");
      else if (told?.type === "reveal") assert.ok(Number.isSafeInteger(told.id) && told.id >= 0);
      else if (told) assert.equal(told.type, "done");
    }),
    { numRuns: 2_000 },
  );
});
