/** The prompts that are looked at: the product's own, put together by its own parts, and the classic engines'. */

import { languageIdOfPath } from "../../src/context/index/extraction/languageOfPath.ts";
import type { CaretQuery } from "../../src/context/index/query.ts";
import { type FileExcerpt, layOut } from "../../src/context/layout.ts";
import type { Piece, SourceName } from "../../src/context/pieces.ts";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";
import { snapshotPrefix, snapshotSuffix } from "../../src/context/snapshotLimits.ts";
import { SnippetIndex } from "../../src/context/sources/similarSnippets.ts";
import { ASCII_CHARS_PER_TOKEN } from "../../src/context/tokens.ts";
import { askAbout } from "../../src/completion/prompt.ts";
import { SurroundingPieces } from "../../src/completion/surroundingPieces.ts";
import { readingMs, Windows } from "../../src/completion/windows.ts";
import { defaults } from "../../src/extension/contributions.ts";
import type { Model } from "../../src/model/model.ts";
import { lineBreaksIn } from "../../src/text/lines.ts";
import { headOf, tailOf } from "../../src/text/offsets.ts";
import { similarWindows } from "./baseline.ts";
import type { Cut } from "./positions.ts";
import type { SourceFile } from "./sources.ts";

export interface Built {
  /** What the prompt has of other files. */
  readonly excerpts: readonly FileExcerpt[];
  readonly pieces: readonly Piece[];
  /** Of the whole prompt, with what its format writes around the texts. */
  readonly chars: number;
}

/** What the index says at a caret. */
type AskIndex = (query: CaretQuery) => Promise<readonly Piece[]> | readonly Piece[];

export interface Surroundings {
  readonly ask: AskIndex;
  readonly snippets: SnippetIndex;
  /** Paths of the open files. */
  readonly recent: readonly string[];
}

/** What the editor does with the files that are open, before anybody types. */
export function snippetsOf(open: readonly SourceFile[]): SnippetIndex {
  const snippets = new SnippetIndex();
  for (const { path, text } of open) snippets.open(path, languageIdOfPath(path) ?? "", text);
  return snippets;
}

/**
 * As the extension builds it for a server's model when the caret has just come to this place, with at most `mostChars`.
 * Without the pieces of the source `without`, others get their room.
 */
export async function ourPrompt(
  cut: Cut,
  surroundings: Surroundings,
  mostChars: number,
  without?: SourceName,
): Promise<Built> {
  const cursor = cursorAt(cut);
  const line = cut.before.split("\n").length - 1;
  let room = mostChars;
  // The product asks once for a prompt.
  let answer: ReturnType<AskIndex> | undefined;
  const ask: AskIndex = (query) => (answer ??= surroundings.ask(query));
  for (;;) {
    const built = await build(cursor, line, { ...surroundings, ask }, room, without);
    const excess = built.chars - mostChars;
    // The product counts tokens; of what a format writes around a path most is one token, and many characters.
    if (excess <= 0 || built.pieces.length === 0) return built;
    room -= excess;
  }
}

async function build(
  cursor: CursorSnapshot,
  line: number,
  { ask, snippets, recent }: Surroundings,
  mostChars: number,
  without: SourceName | undefined,
): Promise<Built> {
  const { path, languageId, prefix: before, suffix: after } = cursor;
  const pieces = async (_: CursorSnapshot, shown: CaretQuery["shown"], room: number, keep: readonly string[]) => {
    // Where a source is left out, the others have to have more to say.
    const most = without === undefined ? room : room * ROOM_WITHOUT;
    const query = { path, languageId, before, after, keep, mostChars: most };
    const first = line - lineBreaksIn(before.slice(Math.max(0, before.length - shown.before)));
    const last = line + lineBreaksIn(after.slice(0, shown.after));
    const similar = snippets.query({ ...query, shown: { first, last }, mostPieces: MOST_SNIPPETS });
    const found = [...similar, ...(await ask({ ...query, shown, recent }))];
    return without === undefined ? found : found.filter(({ source }) => source !== without);
  };
  const windows = new Windows();
  const window = windows.place(shortened(cursor, mostChars), BACKEND);
  const room = Math.max(0, mostChars - window.prefix.length - window.suffix.length - FORMAT_CHARS);
  const mostPieceTokens = Math.min(defaults["context.maxTokens"], room / ASCII_CHARS_PER_TOKEN);
  const surroundings = new SurroundingPieces({ pieces }, windows, () => performance.now());
  const plan = await surroundings.plan(cursor, window, BACKEND, { mostPieceTokens }, readingMs.request, NEVER);
  const asking = { format: BACKEND.format, shape: "line", heals: false, second: false } as const;
  const { prompt } = askAbout(cursor, window, plan.pieces, asking).request;
  const chars = prompt.kind === "raw" ? prompt.parts.reduce((sum, { text }) => sum + text.length, 0) : 0;
  return { excerpts: layOut(plan.pieces), pieces: plan.pieces, chars };
}

/** The same window, and snippets of open files that resemble it. */
export function classicPrompt(cut: Cut, open: readonly SourceFile[], mostChars: number): Built {
  const cursor = cursorAt(cut);
  const window = new Windows().place(shortened(cursor, mostChars), BACKEND);
  const length = window.prefix.length + window.suffix.length + FORMAT_CHARS;
  const excerpts = similarWindows(cursor.prefix, open, mostChars - length);
  const chars = excerpts.reduce((sum, { path, text }) => sum + path.length + text.length, length);
  return { excerpts, pieces: [], chars };
}

/** In a short prompt the file has half of the room. That a server's model gets as little is not usual, so nothing does it. */
function shortened(cursor: CursorSnapshot, mostChars: number): CursorSnapshot {
  return {
    ...cursor,
    prefix: tailOf(cursor.prefix, Math.floor(mostChars / 3)),
    suffix: headOf(cursor.suffix, Math.floor(mostChars / 6)),
  };
}

function cursorAt({ path, before, after }: Pick<Cut, "path" | "before" | "after">): CursorSnapshot {
  return {
    uri: `file:///${path}`,
    path,
    languageId: languageIdOfPath(path) ?? "",
    version: 1,
    offset: before.length,
    prefix: snapshotPrefix(before.slice(-MOST_BEFORE)),
    suffix: snapshotSuffix(after),
    indentUnit: "  ",
    selectedCompletion: undefined,
  };
}

const NO_MODEL: Model = {
  name: "none",
  stream: () => {
    throw new Error("nothing is asked");
  },
};
/** A server's model that fills holes; nothing is known of its rate. */
const BACKEND = { model: NO_MODEL, format: "qwen2.5-coder" } as const;
const NEVER = new AbortController().signal;
/** More than a snapshot takes. */
const MOST_BEFORE = 16_001;
/** As the extension asks. */
const MOST_SNIPPETS = 8;
const ROOM_WITHOUT = 4;
/** What the format writes around the file's own text. */
const FORMAT_CHARS = 150;
