/**
 * Whether an input method is in the middle of a character, told from the document's changes alone: an editor has no
 * event for it. VS Code puts what is being composed into the document and replaces it whole at every key (`n`, `ni`,
 * `ni h`, `你好`), and at the end once more by the same text where that is left as it was.
 */

export interface TextChange {
  /** Of the document. */
  readonly uri: string;
  /** In UTF-16 code units, as are all lengths. */
  readonly offset: number;
  readonly replacedLength: number;
  readonly text: string;
}

/** What the last change has put where. */
interface Written {
  readonly uri: string;
  readonly offset: number;
  readonly text: string;
  readonly composing: boolean;
  /** Sounds have been part of it, from which Japanese and Taiwanese input methods make ideographs that are not final yet. */
  readonly fromSounds: boolean;
}

/** Follows one place at a time: where the last change was. Each change costs the same. */
export class CompositionDetector {
  #last: Written | undefined;
  #composedAt = Number.NEGATIVE_INFINITY;

  /** `nowMs` is monotonic. */
  changed(change: TextChange, nowMs: number): void {
    const before = this.#last;
    const goesOn = before !== undefined && replacesExactly(change, before);
    const { uri, offset, text } = change;
    const fromSounds = SOUND.test(text) || (goesOn && before.fromSounds);
    // Two letters side by side: the input method is not in use any more.
    if (before !== undefined && isTypedOn(change, before)) this.#composedAt = Number.NEGATIVE_INFINITY;
    const composing = goesOn ? isStep(before, text) : this.#isFirstStep(change, nowMs);
    this.#last = { uri, offset, text, composing, fromSounds };
    if (goesOn && (composing || before.composing)) this.#composedAt = nowMs;
  }

  /** What has happened to the document was not typed. */
  reset(): void {
    this.#last = undefined;
  }

  /** True for a caret in or at the end of what is being composed. */
  isComposing(uri: string, caret: number): boolean {
    const last = this.#last;
    if (!last?.composing || last.uri !== uri) return false;
    return caret >= last.offset && caret <= last.offset + last.text.length;
  }

  /** A letter looks like any other; from somebody who has just composed, it is taken for the start of the next one. */
  #isFirstStep({ text, replacedLength }: TextChange, nowMs: number): boolean {
    if (ONE_SOUND.test(text)) return true;
    return replacedLength === 0 && ONE_LATIN_LETTER.test(text) && nowMs - this.#composedAt < AGAIN_WITHIN_MS;
  }
}

function replacesExactly(change: TextChange, before: Written): boolean {
  return (
    before.text !== "" &&
    change.uri === before.uri &&
    change.offset === before.offset &&
    change.replacedLength === before.text.length
  );
}

function isTypedOn(change: TextChange, before: Written): boolean {
  const isAtEnd = change.uri === before.uri && change.offset === before.offset + before.text.length;
  return isAtEnd && change.replacedLength === 0 && ONE_LATIN_LETTER.test(before.text) && LATIN.test(change.text);
}

/** Whether a text that replaces the one before, and nothing else, is one more step of a composition and not its end. */
function isStep(before: Written, text: string): boolean {
  if (text === "" || text === before.text) return false;
  // A dead key, such as ^ before o, is no letter.
  if (!FIRST_LETTER.test(before.text)) return false;
  if (LATIN.test(before.text)) {
    if (IDEOGRAPHS.test(text)) return before.fromSounds;
    if (LATIN.test(text)) return before.composing || isLongerBySound(before.text, text);
    // Half of a text converted, or the first kana. Anything else comes from a list of suggestions.
    return (before.composing || OTHER_LETTER.test(text)) && !CODE.test(text);
  }
  return true;
}

/** Tells `n` and `ni` from `c` and the `console` that somebody picks from a list. */
function isLongerBySound(before: string, text: string): boolean {
  return text.startsWith(before) && text.length - before.length <= MOST_LETTERS_A_KEY;
}

/** Scripts that are typed by sound and in no other way. */
const SOUND = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}]/u;
const ONE_SOUND = /^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}]$/u;
const ONE_LATIN_LETTER = /^\p{Script=Latin}$/u;
const FIRST_LETTER = /^\p{L}/u;
/** Pinyin as it is shown has spaces, apostrophes and tones. */
const LATIN = /^[\p{Script=Latin}\p{M}\d' ]+$/u;
/** Ideographs, and the punctuation and full-width signs that go with them. */
const IDEOGRAPHS = /^[\p{Script=Han}\u3000-\u303f\uff00-\uffef\u2018-\u201d\u2026\u2014]+$/u;
const OTHER_LETTER = /(?!\p{Script=Latin})\p{L}/u;
/** What no input method shows among the letters that it has not converted yet. */
const CODE = /[\n(){}[\]_;=<>."]/;
const AGAIN_WITHIN_MS = 20_000;
/** In schemes with a key for a whole final, `zh` becomes `zhuang` at one. */
const MOST_LETTERS_A_KEY = 4;
