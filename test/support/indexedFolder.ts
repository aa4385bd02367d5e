/** Folders of source files, and their indexes with what a query finds in them. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { setImmediate } from "node:timers/promises";
import { IgnoreRules } from "../../src/context/gates/ignoreRules.ts";
import { FactExtractor } from "../../src/context/index/extraction/extractor.ts";
import type { Piece } from "../../src/context/pieces.ts";
import { chunksOf } from "../../src/context/retrieval/chunks.ts";
import { Indexer, type IndexSummary } from "../../src/repository/indexer.ts";
import { KeptStore } from "../../src/repository/keptStore.ts";
import type { WalkBounds } from "../../src/repository/walk.ts";
import { readWasm } from "./grammars.ts";

const extractor = new FactExtractor(readWasm, () => performance.now());
/** What is beside the folders. */
export const temporary = mkdtempSync(join(tmpdir(), "pairwise-index-"));
after(() => rmSync(temporary, { recursive: true, force: true }));
let folders = 0;

export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = join(temporary, `${(folders += 1)}`);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  mkdirSync(root, { recursive: true });
  return root;
}

export interface Opened {
  readonly indexer: Indexer;
  /** The texts that were read. */
  readonly texts: string[];
  readonly update: (signal?: AbortSignal) => Promise<IndexSummary>;
  /** Resolves when what was lost of the store has been read again. */
  readonly restored: () => Promise<unknown>;
}

export interface Options {
  readonly bounds?: Partial<WalkBounds>;
  /** Before a text is looked at. */
  readonly onText?: (text: string) => Promise<"ended" | void>;
}

export async function openIndex(root: string, store?: KeptStore, { bounds, onText }: Options = {}): Promise<Opened> {
  const texts: string[] = [];
  const lost: Promise<unknown>[] = [];
  const indexer: Indexer = new Indexer({
    root,
    rules: IgnoreRules.builtIn,
    bounds: { mostBytes: 1_000_000, mostFiles: 20_000, mostEntries: 400_000, ...bounds },
    extractor: {
      extract: async (text, languageId) => {
        texts.push(text);
        if ((await onText?.(text)) === "ended") return "ended";
        const facts = await extractor.extract(text, languageId);
        return { facts, chunks: chunksOf(text, facts) };
      },
    },
    store: store ?? new KeptStore(undefined),
    onLost: () => lost.push(indexer.update(() => undefined, new AbortController().signal)),
    pause: () => setImmediate(),
  });
  await indexer.load(new AbortController().signal);
  return {
    indexer,
    texts,
    update: (signal = new AbortController().signal) => indexer.update(() => undefined, signal),
    restored: () => Promise.all(lost),
  };
}

/** Names of members that are told where `thing` of type `Thing` has its members asked for. */
export function membersOf(indexer: Indexer): string {
  const members = piecesOf(indexer).filter(({ heads }) => heads?.[0] === "export interface Thing");
  return members.map(({ text }) => text.trim()).join("; ");
}

export function piecesOf(indexer: Indexer): readonly Piece[] {
  return indexer.query({
    path: "main.ts",
    languageId: "typescript",
    before: "function f(thing: Thing) {\n  thing.",
    after: "\n}\n",
    shown: { before: 0, after: 0 },
    recent: [],
    keep: [],
    mostChars: 5_000,
  });
}

export const thing = (member: string) => `export interface Thing { ${member}: number }\n`;
export const storeIn = (root: string) => join(root, "..", `${root.split("/").at(-1)}.sqlite`);
