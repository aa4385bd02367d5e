/** How a caret becomes a request: how much of the file each format gets to see, and how the answer is tied to the caret. */

import { layOut } from "../context/layout.ts";
import type { Piece } from "../context/pieces.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import { estimateTokens, otherWeights, tailOfWeight } from "../context/tokens.ts";
import type { FileWindow, WindowBudget } from "../context/window.ts";
import type { ModelRequest, Prompt } from "../model/model.ts";
import type { PromptOverride } from "../model/prompts/promptInUse.ts";
import { formatHole, type FormatName } from "../model/templates.ts";
import { isBlank, lineBefore, restOfLine, unixNewlines } from "../text/lines.ts";
import type { Reserved } from "./contextFit.ts";
import { promptFileStretch, provenanceOf } from "./provenance.ts";
import type { StopRules } from "./stream.ts";

export interface Question {
  readonly request: ModelRequest;
  /** See `StopRules`. */
  readonly mustStartWith: string;
  /** Characters of the file in the prompt. */
  readonly chars: number;
}

/**
 * The small local model was taught with prefixes of 300 to 1,600 characters and suffixes of 0 to 600, and reads some
 * 900 characters a second on two cores: what it has not read before has to be short.
 */
const smallWindow = { freshPrefixChars: 700, mostPrefixChars: 1_500, suffixChars: 300 };
/**
 * llama.cpp's server cuts the start off a prefix of more than 1,536 tokens and the end off a suffix of more than 510, as
 * it is mostly started, and a start that moves with each key has everything read again. In 19 of 20 files of code so
 * many characters are fewer, counted with a vocabulary of 49,152 tokens.
 */
const infillWindow = { freshPrefixChars: 2_000, mostPrefixChars: 4_000, suffixChars: 1_200 };
const largeWindow = { freshPrefixChars: 3_000, mostPrefixChars: 6_000, suffixChars: 1_500 };

/**
 * What a format is shown where nothing is known of the model's rate, and where its context has room for it. `growth`
 * multiplies it, except for the small models, which were not taught with more, and where a server cuts it.
 */
export function budgetOf(format: FormatName, growth = 1): WindowBudget {
  const { freshPrefixChars, mostPrefixChars, suffixChars } = windowOf(format);
  const times = windowOf(format) === largeWindow ? growth : 1;
  return {
    freshPrefixChars: freshPrefixChars * times,
    mostPrefixChars: mostPrefixChars * times,
    suffixChars: suffixChars * times,
    mostSuffixChars: suffixChars * times,
    otherWeight: otherWeightOf(format),
  };
}

/**
 * The longest that pieces and window may get together, in characters. The small models were taught with nothing beside
 * the window, and read slowly.
 */
export function mostPieceChars(format: FormatName): number {
  return isForSmall(format) ? 0 : MOST_PROMPT_CHARS;
}

function windowOf(format: FormatName): Pick<WindowBudget, "freshPrefixChars" | "mostPrefixChars" | "suffixChars"> {
  if (isForSmall(format)) return smallWindow;
  return format === "infill" ? infillWindow : largeWindow;
}

function isForSmall(format: FormatName): boolean {
  return format === "smollm2-fim" || format === "continuation" || format === "dolly";
}

/** Where the vocabulary of a format's models is not known to be large, it is taken to be small. */
export function otherWeightOf(format: FormatName): number {
  const isLarge = format === "qwen2.5-coder" || format === "codegemma" || format === "chat-hole";
  return isLarge ? otherWeights.largeVocabulary : otherWeights.smallVocabulary;
}

/** What the model's context has to hold beside the window, whatever the caret's place in the file. */
export function reservedFor(
  format: FormatName,
  cursor: CursorSnapshot,
  override: PromptOverride | undefined,
): Reserved {
  const { path, languageId } = cursor;
  // With a suffix, since one format says more where there is one.
  const { prompt } = formatHole(format, { path, languageId, prefix: "", suffix: "}" }, override?.prompt);
  const text = textsOf(prompt);
  const template = estimateTokens(text.join(""), otherWeightOf(format)) + text.length * TOKENS_PER_PART;
  return { template: Math.ceil(template), answer: BLOCK_TOKENS };
}

function textsOf(prompt: Prompt): readonly string[] {
  switch (prompt.kind) {
    case "raw":
      return prompt.parts.map(({ text }) => text);
    case "chat":
      return prompt.messages.map(({ content }) => content);
    case "hole":
    case "infill":
      return [];
  }
}

export interface Asking {
  readonly format: FormatName;
  readonly shape: StopRules["shape"];
  /** The model obeys `ModelRequest.heal`. */
  readonly heals: boolean;
  /** An answer in another format had nothing in it. */
  readonly second: boolean;
  /** For a model that chats. */
  readonly override?: PromptOverride | undefined;
}

export function askAbout(
  cursor: CursorSnapshot,
  window: FileWindow,
  pieces: readonly Piece[],
  { format, shape, heals, second, override }: Asking,
): Question {
  const prefix = unixNewlines(window.prefix);
  const suffix = unixNewlines(window.suffix);
  // A prompt that ends in white space ends where tokens do not, and a model that only continues writes nonsense there
  // unless it heals the cut (1 of 120 lines right after the indentation, 24 healed; measured with the small model).
  const shown = format === "continuation" && !heals ? prefix.replace(/[ \t]+$/, "") : prefix;
  const { path, languageId } = cursor;
  const hole = { path, languageId, prefix: shown, suffix, neighbours: layOut(pieces) };
  const { prompt, stop } = formatHole(format, hole, override?.prompt);
  const maxTokens = shape === "line" ? LINE_TOKENS : BLOCK_TOKENS;
  const purpose = second ? "continuation" : "suggestion";
  const after = format === "continuation" ? "" : suffix;
  const ofCaret = provenanceOf(cursor, window, pieces, { before: shown, after }, otherWeightOf(format));
  const ofFile = override && promptFileStretch(prompt, override, cursor, otherWeightOf(format));
  const provenance = ofFile ? { ...ofCaret, stretches: [ofFile, ...ofCaret.stretches] } : ofCaret;
  return {
    request: { prompt, purpose, maxTokens, temperature: 0, stop, heal: heals, provenance },
    mustStartWith: prefix.slice(shown.length),
    chars: shown.length + after.length,
  };
}

/**
 * The format to ask in once more after an answer without a suggestion in it. The adapter of the small model often writes nothing where a
 * whole body is missing, at the start of an empty line; plainly continued, the same model writes something there.
 */
export function secondFormat(format: FormatName, cursor: CursorSnapshot, answer: string): FormatName | undefined {
  const onEmptyLine = isBlank(lineBefore(cursor.prefix)) && isBlank(restOfLine(cursor.suffix));
  return format === "smollm2-fim" && onEmptyLine && isBlank(answer) ? "continuation" : undefined;
}

/** The window for that second question, of which nothing has been read yet. */
export function secondWindow(window: FileWindow): FileWindow {
  const tail = tailOfWeight(window.prefix, SECOND_PREFIX_CHARS, otherWeights.smallVocabulary);
  const lineStart = tail.length === window.prefix.length ? 0 : tail.indexOf("\n") + 1;
  const prefix = tail.slice(lineStart);
  return { ...window, start: window.start + window.prefix.length - prefix.length, prefix };
}

const SECOND_PREFIX_CHARS = 500;
const MOST_PROMPT_CHARS = 15_800;
/** What a chat template puts around a message; more than what joins the parts of a raw prompt. */
const TOKENS_PER_PART = 8;
const LINE_TOKENS = 96;
const BLOCK_TOKENS = 192;
