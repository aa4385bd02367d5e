/**
 * Cuts an answer into its top-level blocks while it is still being written, so that only the last one is parsed anew.
 * A block that something follows never changes again, since Markdown's block structure is decided line by line.
 */

import type { Env, MarkdownIt, Token } from "markdown-it";
import { headOf } from "../src/text/offsets.ts";
import { containersAround, continued, opened, unindented } from "./chatContainers.ts";

interface PlaceInAnswer {
  /** From 0, in the answer. */
  readonly line: number;
}

/** Tokens of markdown-it; their lines count from `line`. */
export interface MarkdownPart extends PlaceInAnswer {
  readonly kind: "markdown";
  readonly tokens: readonly Token[];
  readonly env: Env;
  readonly isDone: boolean;
}

/** Text to be shown as it is, more of which may follow: of a code block, or of a line that is too long to be parsed. */
export interface TextPart extends PlaceInAnswer {
  readonly kind: "code" | "plain";
  readonly info: string;
  /** What has come since the last part of the same block. */
  readonly added: string;
  readonly isDone: boolean;
  /** By its own end; else more of it may be missing. */
  readonly isClosed: boolean;
}

export type AnswerPart = MarkdownPart | TextPart;

/** Characters that are parsed at once; a longer block is shown in several pieces. */
const MOST_PARSED = 10_000;
const FIRST_PARSED = 2_000;

interface OpenText {
  readonly kind: "code" | "plain";
  readonly line: number;
  readonly info: string;
  /** Of a code block: what ends it, and by how much its lines are indented like the fence. */
  readonly fence: RegExp | undefined;
  readonly indent: number;
  /** What is around it. */
  readonly containers: ReturnType<typeof containersAround>;
  isMidLine: boolean;
}

export class AnswerBlocks {
  readonly #parser: MarkdownIt;
  /** What is not shown, or may still change. */
  #rest = "";
  #line = 0;
  /** A carriage return at the end, which may be half of a line break. */
  #held = "";
  #hasEnded = false;
  #open: OpenText | undefined;
  #window = FIRST_PARSED;
  /** Of definitions such as `[1]: address`, the first one counts. */
  #references: Env["references"] = {};
  #isFresh = false;

  constructor(parser: MarkdownIt) {
    this.#parser = parser;
  }

  append(text: string): void {
    const whole = this.#held + text;
    this.#held = whole.endsWith("\r") ? "\r" : "";
    this.#rest += (this.#held === "" ? whole : whole.slice(0, -1))
      .replaceAll(/\r\n?/g, "\n")
      .replaceAll("\0", "\uFFFD");
    this.#isFresh ||= text !== "";
  }

  /** Nothing more comes. */
  end(): void {
    if (this.#held !== "") this.#rest += "\n";
    this.#held = "";
    this.#hasEnded = true;
    this.#isFresh = true;
  }

  /** The next piece of work, short enough for a frame; nothing where all that has come is shown. */
  next(): readonly AnswerPart[] {
    if (!this.#isFresh) return [];
    return this.#open ? this.#nextText(this.#open) : this.#nextMarkdown();
  }

  #nextMarkdown(): readonly AnswerPart[] {
    const isAll = this.#rest.length <= this.#window;
    const limited = isAll ? this.#rest : this.#rest.slice(0, this.#window);
    const lastLine = limited.lastIndexOf("\n") + 1;
    if (!isAll && lastLine === 0) {
      if (this.#grow()) return this.#nextMarkdown();
      return this.#nextText(this.#opened({ kind: "plain", info: "", fence: undefined, indent: 0, containers: [] }));
    }
    const text = isAll ? limited : limited.slice(0, lastLine);
    const env: Env = { references: { ...this.#references } };
    const tokens = this.#parser.parse(text, env);
    const isOver = isAll && this.#hasEnded;
    if (isOver) return [this.#done(tokens, env, text, countLines(text))];

    const wholeLines = countLines(text.slice(0, lastLine));
    const starts = tokens.flatMap((token, at) =>
      token.level === 0 && token.nesting >= 0 && token.map ? [{ at, token, line: token.map[0] }] : [],
    );
    // What begins on a line that is whole begins there for good. A table is one by its second line.
    const isSettled = (line: number, { type, info }: Token): boolean =>
      line < wholeLines - (type === "table_open" || info.includes("|") ? 1 : 0);
    const last = starts.findLast(({ line, token }, index) => index === 0 || isSettled(line, token));
    const opensFence = last?.token.type === "fence" && isSettled(last.line, last.token);
    if (isAll && !last) {
      this.#isFresh = false;
      return [];
    }
    if (!isAll && (!last || (last.at === 0 && !opensFence))) {
      return this.#grow() ? this.#nextMarkdown() : this.#cut(tokens, env, text, wholeLines);
    }
    this.#window = FIRST_PARSED;
    if (!last) return [];
    const from = this.#line;
    const before = text.slice(0, indexOfLine(text, last.line));
    const done = last.at > 0 ? [this.#done(tokens.slice(0, last.at), env, before, last.line)] : [];
    if (opensFence && last.at === 0) this.#consume(before.length, last.line);
    if (opensFence) return [...done, ...this.#openFence(last.token)];
    if (!isAll) return done;
    this.#isFresh = false;
    return [...done, { kind: "markdown", line: from, tokens: tokens.slice(last.at), env, isDone: false }];
  }

  /** A block that is longer than what is parsed at once: a list between two items, and no code block within. */
  #cut(tokens: readonly Token[], env: Env, text: string, wholeLines: number): readonly AnswerPart[] {
    const before = (line: number): readonly AnswerPart[] => {
      const part = text.slice(0, indexOfLine(text, line));
      return line === 0 ? [] : [this.#done(this.#parser.parse(part, env), env, part, line)];
    };
    const item = tokens.findLast(({ type, level, map }) => type === "list_item_open" && level === 1 && map?.[0] !== 0);
    if (item?.map) return before(item.map[0]);
    const at = tokens.findIndex(({ type, map }) => type === "fence" && (map?.[1] ?? 0) >= wholeLines);
    const fence = tokens[at];
    if (!fence?.map) return [this.#done(tokens, env, text, wholeLines)];
    const containers = containersAround(tokens, at, text.split("\n"));
    return [...before(fence.map[0]), ...this.#openFence(fence, containers)];
  }

  #grow(): boolean {
    const grows = this.#window < MOST_PARSED;
    this.#window = MOST_PARSED;
    return grows;
  }

  #done(tokens: readonly Token[], env: Env, text: string, lines: number): MarkdownPart {
    const part = { kind: "markdown", line: this.#line, tokens, env, isDone: true } as const;
    // The last line may be half of a definition.
    if (this.#hasEnded || !/^ {0,3}\[[^\n]*$/m.test(this.#rest.slice(this.#rest.lastIndexOf("\n") + 1)))
      this.#references = env.references ?? {};
    this.#consume(text.length, lines);
    this.#isFresh = this.#rest !== "";
    this.#window = FIRST_PARSED;
    return part;
  }

  #consume(length: number, lines: number): void {
    this.#rest = this.#rest.slice(length);
    this.#line += lines;
  }

  #opened(open: Omit<OpenText, "line" | "isMidLine">): OpenText {
    return (this.#open = { ...open, line: this.#line, isMidLine: false });
  }

  #openFence({ info, markup }: Token, containers: OpenText["containers"] = []): readonly AnswerPart[] {
    const indent = opened(/^[^\n]*/.exec(this.#rest)?.[0] ?? "", containers).search(/[^ ]/);
    const fence = new RegExp(`^ {0,3}${markup.startsWith("~") ? "~" : "`"}{${markup.length},}[ \\t]*$`);
    const open = this.#opened({ kind: "code", info, fence, indent, containers });
    this.#consume(this.#rest.indexOf("\n") + 1, 1);
    return this.#nextText(open);
  }

  #nextText(open: OpenText): readonly AnswerPart[] {
    let added = "";
    let isDone = false;
    let isClosed = false;
    this.#isFresh = false;
    while (this.#rest !== "" && !isDone) {
      const [raw = ""] = /^[^\n]*/.exec(headOf(this.#rest, MOST_PARSED)) ?? [];
      const isWhole = this.#rest[raw.length] === "\n";
      const atStart = open.fence !== undefined && !open.isMidLine;
      // How a line begins says whether it is still in there.
      if (atStart && open.containers.length > 0 && !isWhole && !this.#hasEnded && raw.length < MOST_PARSED) break;
      const line = atStart ? continued(raw, open.containers) : raw;
      if (line === undefined) {
        isDone = true;
        break;
      }
      if (atStart && (isWhole || this.#hasEnded) && open.fence.test(line)) {
        this.#consume(raw.length + 1, isWhole ? 1 : 0);
        isDone = isClosed = true;
        break;
      }
      if (atStart && !isWhole && /^ *[`~]*[ \t]*$/.test(line)) {
        // It may turn out to be the end.
        if (!this.#hasEnded) break;
        // The parser knows no last line of spaces alone.
        if (/^[ \t]*$/.test(line)) {
          this.#consume(raw.length, 0);
          break;
        }
      }
      if (added.length + line.length > MOST_PARSED && added !== "") {
        this.#isFresh = true;
        break;
      }
      const taken = isWhole ? `${line}\n` : line;
      added += atStart ? unindented(taken, open.indent) : taken;
      open.isMidLine = !isWhole;
      this.#consume(raw.length + (isWhole ? 1 : 0), isWhole ? 1 : 0);
      isDone = isWhole && open.kind === "plain";
    }
    isDone ||= this.#hasEnded && this.#rest === "";
    if (isDone) {
      this.#open = undefined;
      this.#isFresh = this.#rest !== "";
    }
    const { kind, line, info } = open;
    return added === "" && !isDone ? [] : [{ kind, line, info, added, isDone, isClosed }];
  }
}

function countLines(text: string): number {
  return text.split("\n").length - 1;
}

/** Of the first character of the line, counted from 0. */
function indexOfLine(text: string, line: number): number {
  let index = 0;
  for (let at = 0; at < line; at += 1) index = text.indexOf("\n", index) + 1;
  return index;
}
