import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const source = readFileSync(join(import.meta.dirname, "../../src/extension/experimentConsent.ts"), "utf8");

/** Of the English sentences of each version. A new text gets a new number and a new line here; old lines stay. */
const known: Readonly<Record<string, string>> = {
  "1": "b1b16611d5a85ced",
  "2": "66cb99e10ca20264",
  "3": "06cb54649a331a26",
  "4": "0d36fd2d3e678d67",
};

test("what somebody has agreed to is known by its version: a text that was changed has a new one", () => {
  const version = /CONSENT_VERSION = (\d+)/.exec(source)?.[1] ?? "";
  const sentences = [...source.matchAll(/"((?:[A-Z][^"\n]{20,}))"/g)].map(([, sentence = ""]) => sentence);
  assert.equal(sentences.length, 9);
  const hash = createHash("sha256").update(sentences.join("\n")).digest("hex").slice(0, 16);
  assert.equal(hash, known[version], sentences.join("\n"));
});

const chinese = (file: string): readonly string[] =>
  Object.values(JSON.parse(readFileSync(join(import.meta.dirname, "../..", file), "utf8")) as Record<string, string>);

test("in Chinese two half-hours are not two and a half: half-hours are named as stretches of time", () => {
  const texts = [...chinese("l10n/bundle.l10n.zh-cn.json"), ...chinese("package.nls.zh-cn.json")];
  assert.deepEqual(
    texts.filter((text) => /半小时(?!时段)|个半小时/.test(text)),
    [],
  );
});

test("a guess of 1.2 is asked for and told as 1.2 times as much, which nobody takes for 2.2", () => {
  const english = Object.keys(
    JSON.parse(readFileSync(join(import.meta.dirname, "../../l10n/bundle.l10n.zh-cn.json"), "utf8")) as object,
  );
  // What others say of others is told in their words.
  const own = english.filter((text) => !/^(Peng|METR)/.test(text));
  assert.deepEqual(
    own.filter((text) => /how much faster|times as fast/i.test(text)),
    [],
  );
  assert.ok(own.some((text) => text.startsWith("How many times as much do you think")));
});
