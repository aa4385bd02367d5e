/** Finds what a person's words mean in the index: by the words, and by what is near. */

import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RepositoryGraph } from "../context/index/repositoryGraph.ts";
import type { Finding, Findings, SearchQuery } from "../context/retrieval/findings.ts";
import { searchWords } from "../context/retrieval/searchWords.ts";
import { decode } from "./fileText.ts";
import type { StoredChunk } from "./store.ts";

interface Searched {
  readonly graph: Pick<RepositoryGraph, "near">;
  search(words: readonly string[], most: number): readonly StoredChunk[];
}

/** The text of each chunk is read from its file as it is now; a file that can't be read any more has none. */
export async function searchIn(root: string, index: Searched, query: SearchQuery): Promise<Findings> {
  const words = Array.from(new Set(searchWords(query.text.slice(0, MOST_CHARS))))
    // The longer, the rarer, mostly, and the more they say.
    .toSorted((one, other) => other.length - one.length)
    .slice(0, MOST_WORDS);
  const chunks = index.search(words, query.most);
  const near = new Map(index.graph.near(query.path, query.recent).map((path, place) => [path, place]));
  const texts = new Map<string, readonly string[]>();
  const found: Finding[] = [];
  for (const chunk of chunks) {
    const lines = texts.get(chunk.path) ?? (await linesOf(join(root, chunk.path)));
    texts.set(chunk.path, lines);
    const text = lines.slice(chunk.line, chunk.endLine).join("\n");
    if (text.trim() !== "") found.push({ path: chunk.path, line: chunk.line, text });
  }
  const byWords = found.map((_, place) => place);
  const byNearness = byWords
    .map((place) => ({ place, nearness: near.get(found[place]?.path ?? "") ?? Infinity }))
    .filter(({ nearness }) => nearness < Infinity)
    .toSorted((one, other) => one.nearness - other.nearness)
    .map(({ place }) => place);
  return { found, rankings: [byWords, byNearness] };
}

async function linesOf(file: string): Promise<readonly string[]> {
  // It was a file when it was read; a pipe in its place would be read for ever.
  if (!(await lstat(file).catch(() => undefined))?.isFile()) return [];
  const bytes = await readFile(file).catch(() => undefined);
  const decoded = bytes && decode(bytes);
  return decoded && "text" in decoded ? decoded.text.split(/\r\n?|\n/) : [];
}

/** A longer question is cut. */
const MOST_CHARS = 4_000;
/** Each costs the time of looking through all chunks that have it. */
const MOST_WORDS = 16;
