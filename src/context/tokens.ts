/**
 * How long a text is for a model, estimated without the model's vocabulary. Code is mostly ASCII, and a character
 * outside of it can cost as much as five of its own: a window of so many characters says little about its tokens.
 */

import { headOf, tailOf } from "../text/offsets.ts";

/** SmolLM2's vocabulary (49,152 tokens) makes 3.1 to 3.5 of TypeScript, Python and JSON; of digits alone 1. Measured. */
export const ASCII_CHARS_PER_TOKEN = 3.3;

/** What a character outside of ASCII counts for, in characters of ASCII. Chinese is the measure; other scripts cost less. */
export const otherWeights = {
  /** 1.6 to 1.7 tokens a character, measured with SmolLM2's vocabulary. Russian is 0.8. */
  smallVocabulary: 1.6 * ASCII_CHARS_PER_TOKEN,
  /** 0.7 tokens a character, with vocabularies such as Qwen's (151,936 tokens). */
  largeVocabulary: 0.7 * ASCII_CHARS_PER_TOKEN,
} as const;

/** The number of ASCII characters that make as many tokens. Never less than the text's length. */
export function weightOf(text: string, otherWeight: number): number {
  let weight = 0;
  for (let index = 0; index < text.length; index += 1) weight += weightAt(text, index, otherWeight);
  return weight;
}

export function estimateTokens(text: string, otherWeight: number): number {
  return weightOf(text, otherWeight) / ASCII_CHARS_PER_TOKEN;
}

/** The start of `text`, at most as heavy as `most`. It looks at no more than that of the text. */
export function headOfWeight(text: string, most: number, otherWeight: number): string {
  let weight = 0;
  let length = 0;
  while (length < text.length && (weight += weightAt(text, length, otherWeight)) <= most) length += 1;
  return headOf(text, length);
}

/** The end of `text`, at most as heavy as `most`. It looks at no more than that of the text. */
export function tailOfWeight(text: string, most: number, otherWeight: number): string {
  let weight = 0;
  let length = 0;
  while (length < text.length && (weight += weightAt(text, text.length - 1 - length, otherWeight)) <= most) length += 1;
  return tailOf(text, length);
}

function weightAt(text: string, index: number, otherWeight: number): number {
  return text.charCodeAt(index) < 128 ? 1 : otherWeight;
}
