import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import {
  type FromWhyPage,
  parseFromWhyPage,
  parseToWhyPage,
  type ToWhyPage,
  type WhyContent,
  type WhyProgress,
  whyStringNames,
  type WhyStrings,
} from "../../src/extension/whyProtocol.ts";
import { spoilt } from "../support/spoilt.ts";

const id = 2;
const fromPage: readonly FromWhyPage[] = [
  { type: "ready" },
  { type: "cancel", id },
  { type: "again", id },
  { type: "showSent", id },
  { type: "openSuggestion", id },
  { type: "open", id, part: 1, member: 0 },
];

const content: WhyContent = {
  id,
  code: "a + b;",
  about: ["a.ts:3", "shown"],
  canOpen: true,
  parts: [
    {
      source: "definitions",
      sourceWords: "Definitions",
      place: "b.ts:1",
      canOpen: true,
      tokens: "about 9 tokens",
      reason: "b is used near the caret",
      preview: "function b(): number",
      members: [{ place: "b.ts:1", canOpen: true, preview: "function b(): number", reason: "used" }],
    },
  ],
  note: "",
  meaning: "Each part was left out in turn.",
  hasRecord: true,
};
const progress: WhyProgress = {
  id,
  state: "scoring",
  words: "1 of 4",
  sureness: "3 tokens",
  effects: [{ part: 0, fallNats: -2.5, isDifference: true, words: "12 times more likely", details: "Without it" }],
};
const strings = Object.fromEntries(whyStringNames.map((name) => [name, name])) as WhyStrings;
const toPage: readonly ToWhyPage[] = [
  { type: "strings", strings },
  { type: "content", content },
  { type: "progress", progress },
];

test("each message is taken by the side that it is for, and by no other", () => {
  for (const message of fromPage) {
    assert.deepEqual(parseFromWhyPage(message), message);
    assert.equal(parseToWhyPage(message), undefined);
  }
  for (const message of toPage) {
    assert.deepEqual(parseToWhyPage(message), message);
    assert.equal(parseFromWhyPage(message), undefined);
  }
});

test("a message with one value of the wrong type is refused", () => {
  for (const message of fromPage)
    for (const wrong of spoilt(message)) assert.equal(parseFromWhyPage(wrong), undefined, JSON.stringify(wrong));
  for (const message of toPage)
    for (const wrong of spoilt(message)) assert.equal(parseToWhyPage(wrong), undefined, JSON.stringify(wrong));
});

test("a message that lacks something is refused", () => {
  for (const message of [...fromPage, ...toPage])
    for (const name of Object.keys(message)) {
      const rest = Object.fromEntries(Object.entries(message).filter(([key]) => key !== name));
      assert.equal(parseFromWhyPage(rest), undefined, JSON.stringify(rest));
      assert.equal(parseToWhyPage(rest), undefined, JSON.stringify(rest));
    }
});

test("the page can't smuggle in a path or a command beside what it may say", () => {
  const open = { type: "open", id, part: 0, member: 0 };
  assert.deepEqual(parseFromWhyPage({ ...open, path: "/etc/passwd", command: "x" }), open);
});

test("an effect that is no number is refused, also one that would have no end", () => {
  for (const fallNats of [Number.NaN, Infinity, "2", null]) {
    const effects = [{ ...progress.effects[0], fallNats }];
    assert.equal(parseToWhyPage({ type: "progress", progress: { ...progress, effects } }), undefined);
  }
});

test("garbage never throws, and what is taken of it is a message", () => {
  const garbage = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
    fc.record(
      {
        type: fc.constantFrom(...[...fromPage, ...toPage].map(({ type }) => type)),
        id: fc.anything(),
        part: fc.anything(),
        member: fc.anything(),
        content: fc.anything(),
        progress: fc.anything(),
      },
      { requiredKeys: ["type"] },
    ),
  );
  fc.assert(
    fc.property(garbage, (message) => {
      const heard = parseFromWhyPage(message);
      if (heard && "id" in heard) assert.ok(Number.isSafeInteger(heard.id) && heard.id >= 0);
      if (heard?.type === "open") assert.ok(Number.isSafeInteger(heard.part) && Number.isSafeInteger(heard.member));
      assert.equal(parseToWhyPage(message), undefined);
    }),
    { numRuns: 2_000 },
  );
});
