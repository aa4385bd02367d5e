/** An open document with its caret, as an editor has it. */

import type { CursorSnapshot } from "../../src/context/snapshot.ts";
import {
  SNAPSHOT_PREFIX_CHARS,
  SNAPSHOT_SUFFIX_CHARS,
  snapshotPrefix,
  snapshotSuffix,
} from "../../src/context/snapshotLimits.ts";
import { ChunkedText } from "./chunkedText.ts";

export interface TextChange {
  readonly offset: number;
  /** Of what is replaced. */
  readonly length: number;
  readonly text: string;
}

export interface DocumentOptions {
  readonly uri: string;
  /** See `CursorSnapshot.path`. */
  readonly path: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  readonly indentUnit: string | undefined;
}

export class EditorDocument {
  readonly uri: string;
  readonly path: string;
  /** Line breaks as the document has them; decided by the first one. */
  readonly eol: "\n" | "\r\n";
  readonly indentUnit: string;
  languageId: string;
  version: number;
  caret = 0;
  readonly #text: ChunkedText;

  constructor({ uri, path, languageId, version, text, indentUnit }: DocumentOptions) {
    this.uri = uri;
    this.path = path;
    this.languageId = languageId;
    this.version = version;
    this.eol = /\r?\n/.exec(text)?.[0] === "\r\n" ? "\r\n" : "\n";
    this.indentUnit = indentUnit ?? guessIndentUnit(text);
    this.#text = new ChunkedText(text);
  }

  get length(): number {
    return this.#text.length;
  }

  text(): string {
    return this.#text.toString();
  }

  slice(start: number, end: number): string {
    return this.#text.slice(start, end);
  }

  positionAt(offset: number): { readonly line: number; readonly character: number } {
    return this.#text.positionAt(offset);
  }

  /** One after the other, each with offsets as the one before left them; the caret goes behind the last. A new version. `heed` hears of each just before it is made. */
  change(changes: readonly TextChange[], version = this.version + 1, heed?: (change: TextChange) => void): void {
    for (const change of changes) {
      const { offset, length, text } = change;
      heed?.(change);
      this.#text.replace(offset, length, text);
      this.caret = offset + text.length;
    }
    this.version = version;
  }

  snapshot(selectedCompletion: CursorSnapshot["selectedCompletion"]): CursorSnapshot {
    const { uri, path, languageId, version, caret, indentUnit } = this;
    return {
      uri,
      path,
      languageId,
      version,
      offset: caret,
      prefix: snapshotPrefix(this.slice(Math.max(0, caret - SNAPSHOT_PREFIX_CHARS - 1), caret)),
      suffix: snapshotSuffix(this.slice(caret, Math.min(this.length, caret + SNAPSHOT_SUFFIX_CHARS))),
      indentUnit,
      selectedCompletion,
    };
  }
}

/** The smallest step between the indentations of neighbouring lines, as most editors detect it; else four spaces. */
export function guessIndentUnit(text: string): string {
  const counts = new Map<string, number>();
  let before = 0;
  for (const line of text.slice(0, LOOKED_AT_CHARS).split("\n")) {
    if (line.trim() === "") continue;
    if (line.startsWith("\t")) counts.set("\t", (counts.get("\t") ?? 0) + 1);
    const width = /^ */.exec(line)?.[0].length ?? 0;
    const step = Math.abs(width - before);
    if (step === 2 || step === 4 || step === 8) counts.set(" ".repeat(step), (counts.get(" ".repeat(step)) ?? 0) + 1);
    before = width;
  }
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? "    ";
}

const LOOKED_AT_CHARS = 100_000;
