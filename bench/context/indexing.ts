/** What the index of a large folder costs: the built process, used as the extension uses it. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { root } from "../../scripts/toolchain.mjs";
import { languageIdOfPath } from "../../src/context/index/extraction/languageOfPath.ts";
import { type IndexState, RepositoryClient } from "../../src/repository/client.ts";
import { type Figures, merge, percentile } from "../figures.ts";
import { development, evaluated, large } from "./packages.ts";
import { ourPrompt, snippetsOf } from "./prompts.ts";
import { type SourceFile, sourcesOf } from "./sources.ts";

/** With `count` files of real packages. */
export async function measureIndex(count: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-bench-index-"));
  try {
    const files = await fillFolder(join(folder, "files"), count);
    return await measure(folder, files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each package in a folder of its own. @throws where a package can't be had, since all figures depend on how many files there are */
async function fillFolder(folder: string, count: number): Promise<readonly SourceFile[]> {
  const written: SourceFile[] = [];
  for (const one of [...evaluated, ...development, ...large]) {
    if (written.length >= count) break;
    for (const { path, text } of (await sourcesOf(one)).slice(0, count - written.length)) {
      const file = { path: `${one.name.replace("/", "-")}/${path}`, text };
      mkdirSync(join(folder, dirname(file.path)), { recursive: true });
      writeFileSync(join(folder, file.path), text);
      written.push(file);
    }
  }
  return written;
}

async function measure(folder: string, files: readonly SourceFile[]): Promise<Figures> {
  // The editor's event loop is kept alive by its window, that of a script by nothing.
  const awake = setInterval(() => undefined, 1_000);
  const held = monitorEventLoopDelay({ resolution: 1 });
  held.enable();
  const startedAt = performance.now();
  const { client, ready } = open(folder);
  await ready;
  const seconds = (performance.now() - startedAt) / 1_000;
  held.disable();
  const memory = await restingMemory(client);
  const changed = await measureChanges(folder, client, files);
  const queries = await measureQueries(client, files);
  const builds = await measureBuilds(client, files);
  await client.end();
  const again = performance.now();
  const second = open(folder);
  await second.ready;
  const restart = performance.now() - again;
  await second.client.end();
  clearInterval(awake);
  const figures = {
    "context.indexFilesPerSecond": files.length / seconds,
    "context.loopHeldMs.max": held.max / 1e6,
    "context.changedFileMs.p95": percentile(changed, 95),
    "context.queryMs.p50": percentile(queries, 50),
    "context.queryMs.p95": percentile(queries, 95),
    "context.buildMs.p50": percentile(builds, 50),
    "context.buildMs.p95": percentile(builds, 95),
    "context.restartMs": restart,
  };
  const runs = {
    "context.queryMs.p95": queries,
    "context.buildMs.p95": builds,
    "context.changedFileMs.p95": changed,
  };
  return merge([{ figures, runs, missing: {} }, memory]);
}

/** The resident memory of the index's process when nothing is asked for any more. */
async function restingMemory(client: RepositoryClient): Promise<Figures> {
  await setTimeout(REST_MS);
  const bytes = (await client.describe())?.memoryBytes;
  if (bytes === undefined)
    return { figures: {}, runs: {}, missing: { "context.memoryMiB": "the index's process did not tell" } };
  return { figures: { "context.memoryMiB": bytes / 2 ** 20 }, runs: {}, missing: {} };
}

/** From a file's being told as changed to a query's seeing it. */
async function measureChanges(
  folder: string,
  client: RepositoryClient,
  files: readonly SourceFile[],
): Promise<readonly number[]> {
  return timed(spread(files, 53, CHANGES), async ({ path }) => {
    const file = join(folder, "files", path);
    writeFileSync(file, `${readFileSync(file, "utf8")}\n`);
    await setTimeout(5);
    return () => client.changed([path]);
  });
}

/** In the middle of files all over the folder. */
function measureQueries(client: RepositoryClient, files: readonly SourceFile[]): Promise<readonly number[]> {
  return timed(spread(files, 37, CARETS), async ({ path, text }) => {
    const at = Math.floor(text.length / 2);
    const before = text.slice(Math.max(0, at - 16_000), at);
    const after = text.slice(at, at + 8_000);
    const shown = { before: 3_000, after: 1_500 };
    const query = { path, languageId: languageIdOfPath(path) ?? "", before, after, shown };
    return () => client.query({ ...query, recent: [], keep: [], mostChars: 11_000 }, NEVER);
  });
}

/** Whole prompts, the caret each time in another file; the same ten files are open. */
function measureBuilds(client: RepositoryClient, files: readonly SourceFile[]): Promise<readonly number[]> {
  const opened = spread(files, 11, OPEN);
  const snippets = snippetsOf(opened);
  const recent = opened.map(({ path }) => path);
  return timed(spread(files, 41, CARETS), async ({ path, text }) => {
    const at = Math.floor(text.length / 2);
    const cut = { path, before: text.slice(0, at), after: text.slice(at), heldOut: "", needed: [] };
    return () => ourPrompt(cut, { ask: (query) => client.query(query, NEVER), snippets, recent }, MOST_CHARS);
  });
}

/** In milliseconds, what `prepare` gives for each file, without the first ones. */
async function timed(
  files: readonly SourceFile[],
  prepare: (file: SourceFile) => Promise<() => Promise<unknown>>,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (const file of files) {
    const run = await prepare(file);
    const startedAt = performance.now();
    await run();
    times.push(performance.now() - startedAt);
  }
  return times.slice(WARM_UPS);
}

/** Every so manyth of them, from the start again where they end. */
function spread(files: readonly SourceFile[], step: number, count: number): readonly SourceFile[] {
  return Array.from({ length: count }, (_, index) => files[(index * step) % files.length] ?? []).flat();
}

function open(folder: string): { readonly client: RepositoryClient; readonly ready: Promise<IndexState> } {
  const { promise, resolve } = Promise.withResolvers<IndexState>();
  const client = new RepositoryClient({
    workerFile: join(root, "dist", "indexWorker.cjs"),
    task: {
      root: join(folder, "files"),
      storeFile: join(folder, "index.sqlite"),
      extractionFile: join(root, "dist", "extractionWorker.cjs"),
      grammars: join(root, "dist", "grammars"),
      excluded: [],
      bounds: { mostBytes: 1_000_000, mostFiles: 20_000, mostEntries: 400_000 },
    },
    anew: false,
    onState: (state) => state.kind !== "reading" && resolve(state),
  });
  return { client, ready: promise };
}

const REST_MS = 2_000;
const NEVER = new AbortController().signal;
const CARETS = 320;
const CHANGES = 220;
const OPEN = 10;
const WARM_UPS = 20;
const MOST_CHARS = 16_000;
