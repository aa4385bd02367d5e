/** What the index of a large folder costs: the built process, used as the extension uses it. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { root } from "../../scripts/toolchain.mjs";
import { languageIdOfPath } from "../../src/context/index/extraction/languageOfPath.ts";
import { type IndexState, RepositoryClient } from "../../src/repository/client.ts";
import { type Figures, percentile } from "../figures.ts";
import { evaluated, type SourceFile, sourcesOf } from "./repositories.ts";

export async function measureIndex(count: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-bench-index-"));
  try {
    const files = await fillFolder(join(folder, "files"), count);
    return await measure(folder, files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Copies of the packages' sources, each in a folder of its own and with its own text. */
async function fillFolder(folder: string, count: number): Promise<readonly SourceFile[]> {
  const packages = await Promise.all(
    evaluated.map(async (one) => ({ one, files: await sourcesOf(one).catch(() => []) })),
  );
  const written: SourceFile[] = [];
  for (let round = 0; written.length < count; round += 1) {
    for (const { one, files } of packages) {
      for (const { path, text } of files.slice(0, count - written.length)) {
        const own = `${round}/${one.name.replace("/", "-")}/${path}`;
        const ownText = round === 0 ? text : text.replaceAll(/\b([a-z]+)([A-Z]\w*)/g, `$1${round % 20}$2`);
        mkdirSync(join(folder, own, ".."), { recursive: true });
        writeFileSync(join(folder, own), ownText);
        written.push({ path: own, text: ownText });
      }
    }
    if (written.length === 0) throw new Error("no sources could be had");
  }
  return written;
}

async function measure(folder: string, files: readonly SourceFile[]): Promise<Figures> {
  const held = monitorEventLoopDelay({ resolution: 1 });
  held.enable();
  const startedAt = performance.now();
  const { client, ready } = open(folder);
  const awake = setInterval(() => undefined, 1_000);
  await ready;
  const seconds = (performance.now() - startedAt) / 1_000;
  held.disable();
  const memory = await restingMemory(client);
  const changed = await measureChanges(folder, client, files);
  const queries: number[] = [];
  for (let index = 0; index < QUERIES; index += 1) {
    const file = files[(index * 37) % files.length];
    if (!file) continue;
    const startedAt = performance.now();
    await client.query(queryIn(file), NEVER);
    queries.push(performance.now() - startedAt);
  }
  await client.end();
  const again = performance.now();
  const second = open(folder);
  await second.ready;
  const restart = performance.now() - again;
  await second.client.end();
  clearInterval(awake);
  const settled = queries.slice(WARM_UPS);
  return {
    figures: {
      "context.indexFilesPerSecond": files.length / seconds,
      "context.loopHeldMs.max": held.max / 1e6,
      "context.changedFileMs.p95": percentile(changed, 95),
      "context.queryMs.p50": percentile(settled, 50),
      "context.queryMs.p95": percentile(settled, 95),
      "context.memoryMiB": memory,
      "context.restartMs": restart,
    },
    runs: { "context.queryMs.p95": settled, "context.changedFileMs.p95": changed },
    missing: {},
  };
}

/** In MiB, when nothing is asked for any more. */
async function restingMemory(client: RepositoryClient): Promise<number> {
  await setTimeout(REST_MS);
  return ((await client.describe())?.memoryBytes ?? Number.NaN) / 2 ** 20;
}

/** From a file's being told as changed to a query's seeing it. */
async function measureChanges(
  folder: string,
  client: RepositoryClient,
  files: readonly SourceFile[],
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = 0; index < CHANGES; index += 1) {
    const file = files[(index * 53) % files.length];
    if (!file) continue;
    const path = join(folder, "files", file.path);
    writeFileSync(path, `${readFileSync(path, "utf8")}\n`);
    const startedAt = performance.now();
    await client.changed([file.path]);
    times.push(performance.now() - startedAt);
    await setTimeout(5);
  }
  return times.slice(WARM_UPS);
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
    onState: (state) => state.kind !== "reading" && resolve(state),
  });
  return { client, ready: promise };
}

function queryIn({ path, text }: SourceFile) {
  const at = Math.floor(text.length / 2);
  return {
    path,
    languageId: languageIdOfPath(path) ?? "",
    before: text.slice(Math.max(0, at - 16_000), at),
    after: text.slice(at, at + 8_000),
    shown: { before: 3_000, after: 1_500 },
    recent: [],
    keep: [],
    mostChars: 11_000,
  };
}

const REST_MS = 2_000;
const NEVER = new AbortController().signal;
const QUERIES = 320;
const CHANGES = 220;
const WARM_UPS = 20;
