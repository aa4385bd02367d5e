/** Types the difference between two texts into the headless engine, and asks at each key as VS Code does. */

import type { Outcome } from "../../src/completion/suggestion.ts";
import { unixNewlines } from "../../src/text/lines.ts";
import type { Headless } from "../headless/client.ts";
import { guessIndentUnit } from "../headless/editorDocument.ts";
import type { Shown } from "../headless/ghostText.ts";
import { editsBetween } from "./edits.ts";
import type { Key } from "./key.ts";
import { seeded, type Random } from "./random.ts";
import { pauseBefore, type RhythmOptions } from "./rhythm.ts";
import { reusedShares, summarise, type ReplaySummary } from "./summary.ts";
import { Typing } from "./typing.ts";

export interface ReplayOptions {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly seed: number;
  readonly rhythm: RhythmOptions;
  /** Suggestions that are what comes next are taken from this length on; `undefined`: none are. */
  readonly acceptFromChars: number | undefined;
  /** How the scripted model answers; `undefined` where another model was set. */
  readonly scripted: ScriptedOptions | undefined;
  /** The session ends when so many keys were pressed. */
  readonly mostKeys: number;
}

interface ScriptedOptions {
  readonly afterMs: number;
  readonly pieceMs: number;
  /** The share of requests that it answers with what comes next; the others get a line from elsewhere in the file. */
  readonly right: number;
}

/** Time, real or not. */
export interface Pace {
  pass(ms: number): Promise<void>;
}

export interface ReplayResult {
  readonly summary: ReplaySummary;
  /** Of each key that made a request. */
  readonly reusedShares: readonly number[];
  /** A line for each key and each answer. */
  readonly trace: readonly string[];
}

/** @throws where the text that was typed is not `after`: a fault of the harness. */
export function replay(headless: Headless, pace: Pace, options: ReplayOptions): Promise<ReplayResult> {
  return new Replay(headless, pace, options).run();
}

class Replay {
  readonly #headless: Headless;
  readonly #pace: Pace;
  readonly #options: ReplayOptions;
  readonly #after: string;
  readonly #eol: string;
  readonly #rhythm: Random;
  readonly #luck: Random;
  #text: string;
  #caret = 0;
  #keys = 0;
  #typedChars = 0;
  readonly #accepted: string[] = [];
  readonly #followed: string[] = [];
  readonly #outcomes: Outcome[] = [];
  readonly #trace: string[] = [];
  #asked: { readonly id: string; settled: boolean } | undefined;
  /** The last key was an edit, and the editor has not asked since. */
  #mayAsk = false;

  constructor(headless: Headless, pace: Pace, options: ReplayOptions) {
    this.#headless = headless;
    this.#pace = pace;
    this.#options = options;
    this.#after = unixNewlines(options.after);
    this.#eol = options.before.includes("\r\n") ? "\r\n" : "\n";
    this.#rhythm = seeded(options.seed);
    this.#luck = seeded(options.seed + 1);
    this.#text = unixNewlines(options.before);
  }

  async run(): Promise<ReplayResult> {
    const { path, before, mostKeys } = this.#options;
    const indentUnit = guessIndentUnit(this.#text.trim() === "" ? this.#after : this.#text);
    await this.#headless.send({ do: "settings", prompts: false });
    await this.#headless.send({ do: "requests" });
    await this.#headless.send({ do: "open", path, text: before, indentUnit });
    await this.#headless.send({ do: "rest" });
    for (const edit of editsBetween(this.#text, this.#after)) {
      if (this.#keys < mostKeys) await this.#typeIn(new Typing(this.#text, this.#caret, edit, indentUnit));
    }
    if (this.#keys < mostKeys) await this.#checkText();
    await this.#pace.pass(SETTLE_MS);
    const { requests } = await this.#headless.send({ do: "requests" });
    const { counters } = await this.#headless.send({ do: "stats" });
    await this.#headless.send({ do: "close", path });
    const pressed = {
      keys: this.#keys,
      typedChars: this.#typedChars,
      accepted: this.#accepted,
      followed: this.#followed,
    };
    return {
      summary: summarise(pressed, this.#outcomes, requests, counters.openStreams),
      reusedShares: reusedShares(requests),
      trace: this.#trace,
    };
  }

  async #typeIn(typing: Typing): Promise<void> {
    for (let wish = typing.next(); wish !== undefined; wish = typing.next()) {
      await this.#waitAndAsk(typing, wish);
      this.#keys += 1;
      if (this.#asked?.settled === false) await this.#headless.send({ do: "cancel", ask: this.#asked.id });
      // The suggestion may have come while the hand was on its way.
      const shown = await this.#acceptable(typing);
      if (shown) await this.#accept(typing, shown);
      else await this.#press(typing, wish);
      this.#text = typing.text;
      this.#caret = typing.caret;
      if (this.#keys >= this.#options.mostKeys) return;
    }
  }

  async #acceptable(typing: Typing): Promise<Shown | undefined> {
    const { acceptFromChars } = this.#options;
    if (acceptFromChars === undefined) return undefined;
    const { suggestion } = await this.#headless.send({ do: "shown" });
    if (suggestion === null || suggestion.insertText.length < acceptFromChars) return undefined;
    return typing.agrees(suggestion.insertText, suggestion.replaceAfter) ? suggestion : undefined;
  }

  /** The pause before a key, with the editor's own call in it where the pause is long enough for one. */
  async #waitAndAsk(typing: Typing, key: Key): Promise<void> {
    const pauseMs = pauseBefore(key, this.#text[this.#caret - 1] ?? "", this.#options.rhythm, this.#rhythm);
    await this.#pace.pass(Math.min(pauseMs, EDITOR_DELAY_MS));
    if (pauseMs <= EDITOR_DELAY_MS) return;
    if (this.#mayAsk) await this.#ask(typing);
    await this.#pace.pass(pauseMs - EDITOR_DELAY_MS);
  }

  async #ask(typing: Typing): Promise<void> {
    this.#mayAsk = false;
    await this.#tellScripted(typing);
    const asked = { id: this.#keyId, settled: false };
    this.#asked = asked;
    void this.#observe(asked);
  }

  /** Nobody waits for it: typing goes on. */
  async #observe(asked: { readonly id: string; settled: boolean }): Promise<void> {
    const { outcome } = await this.#headless.send({ do: "ask" }, asked.id);
    asked.settled = true;
    this.#outcomes.push(outcome);
    this.#trace.push(`  ${asked.id}: ${describe(outcome)}`);
  }

  /** The id of the ask that comes after the last key. */
  get #keyId(): string {
    return `k${this.#keys}`;
  }

  async #tellScripted(typing: Typing): Promise<void> {
    const { scripted } = this.#options;
    if (scripted === undefined) return;
    const lines = this.#after.split("\n");
    const other = lines[Math.floor(this.#luck() * lines.length)]?.trim() ?? "";
    const text = this.#luck() < scripted.right ? typing.truth : `${other}\n`;
    await this.#headless.send({ do: "answer", text, afterMs: scripted.afterMs, pieceMs: scripted.pieceMs });
  }

  async #press(typing: Typing, key: Key): Promise<void> {
    this.#trace.push(`${this.#keyId} ${key.kind === "char" ? JSON.stringify(key.char) : key.kind}`);
    const textBefore = typing.text;
    const { changes, caret, inserted = "" } = typing.press(key);
    this.#typedChars += inserted.length;
    this.#mayAsk = changes.length > 0;
    const caretInDocument = this.#documentOffset(typing.text, caret);
    if (changes.length === 0) {
      await this.#headless.send({ do: "caret", offset: caretInDocument });
      await this.#headless.send({ do: "rest" });
      return;
    }
    const { followed } = await this.#headless.send({
      do: "change",
      changes: changes.map(({ offset, length, text }) => {
        const start = this.#documentOffset(textBefore, offset);
        const end = this.#documentOffset(textBefore, offset + length);
        return { offset: start, length: end - start, text: text.replaceAll("\n", this.#eol) };
      }),
      caret: caretInDocument,
    });
    if (followed) this.#followed.push(this.#keyId);
  }

  async #accept(typing: Typing, { insertText, replaceAfter }: Shown): Promise<void> {
    this.#trace.push(`${this.#keyId} accept ${JSON.stringify(insertText)}`);
    typing.accept(insertText, replaceAfter);
    this.#accepted.push(insertText);
    this.#mayAsk = true;
    // The engine may ask ahead at once.
    await this.#tellScripted(typing);
    await this.#headless.send({ do: "accept" });
  }

  /** Line breaks count as the document has them. */
  #documentOffset(text: string, offset: number): number {
    return this.#eol === "\n" ? offset : offset + text.slice(0, offset).split("\n").length - 1;
  }

  async #checkText(): Promise<void> {
    const { text } = await this.#headless.send({ do: "text" });
    if (unixNewlines(text) !== this.#after || this.#text !== this.#after) {
      throw new Error(`what was typed into ${this.#options.path} is not its new text`);
    }
  }
}

function describe(outcome: Outcome): string {
  if (outcome.kind === "offered") return `${outcome.origin} ${JSON.stringify(outcome.suggestions[0]?.insertText)}`;
  if (outcome.kind === "broken") return `broken: ${String(outcome.error)}`;
  if (outcome.kind === "failed") return `failed: ${outcome.failure.kind}`;
  return outcome.kind === "dropped" ? `dropped: ${outcome.reason}` : outcome.kind;
}

/** How long VS Code waits after a key before it asks. */
const EDITOR_DELAY_MS = 50;
/** After the last key. A stream that is still open then was left behind. */
const SETTLE_MS = 3_000;
