import assert from "node:assert/strict";
import { test } from "node:test";
import { TextAssembler, type Vocabulary } from "../../../src/model/embedded/tokenText.ts";

const NORMAL = 4;
const CONTROL = 8;
const USER_DEFINED = 16;
const BYTE = 32;

function vocabulary(type: number, tokens: readonly (readonly [spelling: string, attributes: number])[]): Vocabulary {
  return {
    type,
    spelling: (token) => tokens[token]?.[0] ?? "",
    attributes: (token) => tokens[token]?.[1] ?? 0,
    text: (token) => tokens[token]?.[0] ?? "",
  };
}

function assemble(words: Vocabulary, tokens: readonly number[]): readonly string[] {
  const assembler = new TextAssembler(words);
  return [...tokens.map((token) => assembler.push(token)), assembler.end()];
}

test("a character that two tokens share appears once it is whole", () => {
  // The bytes of "é" are c3 a9, which GPT-2's alphabet spells "Ã" and "©".
  const words = vocabulary(2, [
    ["cafÃ", NORMAL],
    ["©Ġau", NORMAL],
  ]);
  assert.deepEqual(assemble(words, [0, 1]), ["caf", "é au", ""]);
});

test("a SentencePiece vocabulary's byte tokens make a character, and its spaces are spaces", () => {
  const words = vocabulary(1, [
    ["\u2581x", NORMAL],
    ["<0xE2>", BYTE],
    ["<0x82>", BYTE],
    ["<0xAC>", BYTE],
  ]);
  assert.deepEqual(assemble(words, [0, 1, 2, 3]), [" x", "", "", "€", ""]);
});

test("half a character at the end of an answer is one replacement character", () => {
  assert.deepEqual(assemble(vocabulary(1, [["<0xE2>", BYTE]]), [0]), ["", "\uFFFD"]);
});

test("control tokens show nothing, and tokens that a model's maker added show as they are spelt", () => {
  const words = vocabulary(2, [
    ["<|endoftext|>", CONTROL],
    ["Ġ<think>", USER_DEFINED],
  ]);
  assert.deepEqual(assemble(words, [0, 1]), ["", "Ġ<think>", ""]);
});
