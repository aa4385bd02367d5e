import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const source = readFileSync(join(import.meta.dirname, "../../src/extension/experimentConsent.ts"), "utf8");

/** Of the sentences of each version. A new text gets a new number and a new line here; old lines stay. */
const known: Readonly<Record<string, Hashes>> = {
  "1": { english: "b1b16611d5a85ced" },
  "2": { english: "66cb99e10ca20264" },
  "3": { english: "06cb54649a331a26" },
  "4": { english: "0d36fd2d3e678d67", chinese: "af781ec833150207" },
  "5": { english: "0d36fd2d3e678d67", chinese: "da0106e4666b49cb" },
};

interface Hashes {
  readonly english: string;
  /** Not known of those that were before it was held, too. */
  readonly chinese?: string;
}

const bundle = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../l10n/bundle.l10n.zh-cn.json"), "utf8"),
) as Readonly<Record<string, string>>;

test("what somebody has agreed to is known by its version: a text that was changed in either language has a new one", () => {
  const version = /CONSENT_VERSION = (\d+)/.exec(source)?.[1] ?? "";
  const sentences = [...source.matchAll(/"((?:[A-Z][^"\n]{20,}))"/g)].map(([, sentence = ""]) => sentence);
  assert.equal(sentences.length, 9);
  const translated = sentences.map((sentence) => bundle[sentence] ?? assert.fail(sentence));
  const hashOf = (texts: readonly string[]): string =>
    createHash("sha256").update(texts.join("\n")).digest("hex").slice(0, 16);
  const hashes: Hashes = { english: hashOf(sentences), chinese: hashOf(translated) };
  assert.deepEqual(hashes, known[version], [...sentences, ...translated].join("\n"));
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

test("in Chinese each thing has one name, and figures are written in one way", () => {
  const texts = [...chinese("l10n/bundle.l10n.zh-cn.json"), ...chinese("package.nls.zh-cn.json")];
  const found = (what: RegExp): readonly string[] => texts.filter((text) => what.test(text));
  // What is counted is no statistics; suggestions are put off, and experiments are paused; a per cent stands at its figure.
  for (const what of [/统计/, /暂停建议|建议已暂停/, /[\d}] %/, /半小时/, /阶梯|反向赌注/])
    assert.deepEqual(found(what), []);
  // What is measured is characters, not what somebody has got done.
  const own = found(/产出/).filter((text) => !/说法|已发表/.test(text));
  assert.deepEqual(own, []);
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
