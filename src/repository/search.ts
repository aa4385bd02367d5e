/** Finds what a person's words mean in the index: by the words, and by what is near. */

import { join } from "node:path";
import type { RepositoryGraph } from "../context/index/repositoryGraph.ts";
import type { Finding, Findings, SearchQuery } from "../context/retrieval/findings.ts";
import { searchWords } from "../context/retrieval/searchWords.ts";
import { decode, readBytes } from "./fileText.ts";
import type { StoredChunk } from "./store.ts";

interface Searched {
  readonly graph: Pick<RepositoryGraph, "near">;
  search(words: readonly string[], most: number): readonly StoredChunk[];
}

interface Folder {
  readonly root: string;
  /** A file that has grown longer is not read. */
  readonly mostBytes: number;
}

/** The text of each chunk is read from its file as it is now; a file that can't be read any more has none. */
export async function searchIn(folder: Folder, index: Searched, query: SearchQuery): Promise<Findings> {
  const words = Array.from(new Set(searchWords(query.text.slice(0, MOST_CHARS))))
    // The longer, the rarer, mostly, and the more they say.
    .toSorted((one, other) => other.length - one.length)
    .slice(0, MOST_WORDS);
  const chunks = index.search(words, query.most);
  const near = new Map(index.graph.near(query.path, query.recent).map((path, place) => [path, place]));
  const texts = new Map<string, readonly string[]>();
  const found: Finding[] = [];
  for (const chunk of chunks) {
    const lines = texts.get(chunk.path) ?? (await linesOf(join(folder.root, chunk.path), folder.mostBytes));
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

async function linesOf(file: string, mostBytes: number): Promise<readonly string[]> {
  const bytes = await readBytes(file, mostBytes);
  const decoded = bytes && decode(bytes);
  return decoded && "text" in decoded ? decoded.text.split(/\r\n?|\n/) : [];
}

/** A longer question is cut. */
const MOST_CHARS = 4_000;
/** Each costs the time of looking through all chunks that have it. */
const MOST_WORDS = 16;
