import assert from "node:assert/strict";
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { build } from "esbuild";
import type { CaretQuery } from "../../src/context/index/query.ts";
import { type IndexState, RepositoryClient } from "../../src/repository/client.ts";
import type { IndexTask } from "../../src/repository/messages.ts";
import { IndexStore } from "../../src/repository/store.ts";

const root = join(import.meta.dirname, "..", "..");
const temporary = mkdtempSync(join(tmpdir(), "pairwise-client-"));
const workerFile = join(temporary, "indexWorker.cjs");
const grammars = join(temporary, "grammars");
const folder = join(temporary, "folder");
const { signal } = new AbortController();

before(async () => {
  // As the product's build makes it, in a folder of its own: others build at the same time.
  const { cpSync, mkdirSync } = await import("node:fs");
  await build({
    absWorkingDir: root,
    entryPoints: { indexWorker: "src/repository/worker.ts", extractionWorker: "src/repository/extractionWorker.ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    outdir: temporary,
    outExtension: { ".js": ".cjs" },
    logLevel: "silent",
    alias: { "web-tree-sitter": "./node_modules/web-tree-sitter/web-tree-sitter.cjs" },
  });
  mkdirSync(grammars);
  cpSync(join(root, "node_modules/web-tree-sitter/web-tree-sitter.wasm"), join(grammars, "web-tree-sitter.wasm"));
  cpSync(
    join(root, "node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter-typescript.wasm"),
    join(grammars, "tree-sitter-typescript.wasm"),
  );
  mkdirSync(folder);
  for (let index = 0; index < 300; index += 1) {
    writeFileSync(join(folder, `f${index}.ts`), `export interface Thing${index} { member${index}: number }\n`);
  }
});
after(() => rmSync(temporary, { recursive: true, force: true }));

function task(storeFile: string | undefined): IndexTask {
  const bounds = { mostBytes: 1_000_000, mostFiles: 20_000, mostEntries: 400_000 };
  return {
    root: folder,
    storeFile,
    extractionFile: join(temporary, "extractionWorker.cjs"),
    grammars,
    excluded: [],
    bounds,
  };
}

function started(options: Partial<{ storeFile: string; workerFile: string; anew: boolean }> = {}) {
  const states: IndexState[] = [];
  const { promise: settled, resolve } = Promise.withResolvers<IndexState>();
  const client = new RepositoryClient({
    workerFile: options.workerFile ?? workerFile,
    task: task(options.storeFile),
    anew: options.anew ?? false,
    onState: (state) => {
      states.push(state);
      if (state.kind !== "reading") resolve(state);
    },
  });
  return { client, states, settled };
}

const query: CaretQuery = {
  path: "main.ts",
  languageId: "typescript",
  before: "function f(thing: Thing7) {\n  thing.",
  after: "\n}\n",
  shown: { before: 0, after: 0 },
  recent: [],
  keep: [],
  mostChars: 5_000,
};

test("the process reads a folder, tells how far it is, and answers", async () => {
  const { client, states, settled } = started();
  const state = await settled;
  assert.ok(state.kind === "ready" && state.summary.files === 300);
  assert.ok(states.some((each) => each.kind === "reading" && each.done > 0 && each.done < 300));
  const pieces = await client.query(query, signal);
  assert.equal(pieces[0]?.text.trim(), "member7: number");
  await client.end();
});

test("a question that is not waited for any more, or after the end, gets nothing", async () => {
  const { client, settled } = started();
  await settled;
  assert.deepEqual(await client.query(query, AbortSignal.abort()), []);
  await client.end();
  assert.deepEqual(await client.query(query, signal), []);
});

test("an index that is stopped while it reads is not said to be reading afterwards", async () => {
  const { client, states } = started();
  while (!states.some((state) => state.kind === "reading" && state.done > 0)) await setTimeout(1);
  const ended = client.end();
  states.length = 0;
  client.rebuild();
  assert.equal(client.state.kind, "ended");
  await ended;
  assert.deepEqual([states, client.state.kind], [[], "ended"]);
});

test("an index that is begun anew reads everything, whatever is stored", async () => {
  const storeFile = join(temporary, "anew.sqlite");
  const read: number[] = [];
  for (const anew of [false, false, true]) {
    const { client, settled } = started({ storeFile, anew });
    const state = await settled;
    assert.ok(state.kind === "ready" && state.keeps);
    read.push(state.summary.read);
    await client.end();
  }
  assert.deepEqual(read, [300, 0, 300]);
});

test("a process that can't be started is tried once more, and then said to have failed", async () => {
  const broken = join(temporary, "broken.cjs");
  writeFileSync(broken, "throw new Error('broken');");
  const { client, settled } = started({ workerFile: broken });
  const state = await settled;
  assert.ok(state.kind === "failed" && state.reason.includes("broken"));
  assert.deepEqual(await client.query(query, signal), []);
});

test("a change is in the answers at once, and stored when the process ends", async () => {
  const storeFile = join(temporary, "changed.sqlite");
  const first = started({ storeFile });
  await first.settled;
  writeFileSync(join(folder, "f7.ts"), "export interface Thing7 { changed7: number }\n");
  await first.client.changed(["f7.ts"]);
  assert.equal((await first.client.query(query, signal))[0]?.text.trim(), "changed7: number");
  await first.client.end();
  const second = started({ storeFile });
  const state = await second.settled;
  await second.client.end();
  writeFileSync(join(folder, "f7.ts"), "export interface Thing7 { member7: number }\n");
  assert.ok(state.kind === "ready");
  assert.deepEqual([state.summary.files, state.summary.read], [300, 0]);
});

test("killed at any moment, the index opens again and is made whole", { timeout: 120_000 }, async () => {
  const storeFile = join(temporary, "killed.sqlite");
  for (const ms of [60, 120, 200, 300, 400]) {
    const child = fork(workerFile, { serialization: "advanced", execArgv: ["--no-warnings"] });
    const exit = once(child, "exit");
    child.send({ kind: "start", task: task(storeFile), anew: false });
    await setTimeout(ms);
    child.kill("SIGKILL");
    await exit;
    const store = new IndexStore(storeFile);
    for (const { path, facts } of store.all())
      assert.equal(facts.definitions[1]?.name, path.replace(/f(\d+)\.ts/, "member$1"));
    store.close();
  }
  const { client, settled } = started({ storeFile });
  const state = await settled;
  assert.ok(state.kind === "ready" && state.summary.files === 300 && state.keeps);
  await client.end();
  const store = new IndexStore(storeFile);
  assert.equal([...store.all()].length, 300);
  store.close();
});

test("the process ends with the editor, however that ends", { timeout: 60_000 }, async () => {
  const script = join(temporary, "editor.cjs");
  writeFileSync(
    script,
    `const { fork } = require("node:child_process");
     const child = fork(${JSON.stringify(workerFile)}, { serialization: "advanced" });
     child.send({ kind: "start", task: ${JSON.stringify(task(undefined))}, anew: false });
     child.once("message", () => process.stdout.write(String(child.pid)));`,
  );
  const editor = spawn(process.execPath, ["--no-warnings", script]);
  const [pid] = await once(editor.stdout, "data");
  assert.ok(runs(Number(pid)));
  editor.kill("SIGKILL");
  while (runs(Number(pid))) await setTimeout(20);
});

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
