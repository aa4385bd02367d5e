import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { loadBinding, type Binding } from "../../../src/model/embedded/binding.ts";
import type { EngineSpec } from "../../../src/model/embedded/engineSpec.ts";
import { EngineLog } from "../../../src/model/embedded/engineLog.ts";
import { ModelHost } from "../../../src/model/embedded/modelHost.ts";
import type { Status } from "../../../src/model/embedded/protocol.ts";
import { ModelError } from "../../../src/model/model.ts";
import { ensureTestModel } from "../../support/testModel.ts";
import { root } from "./support.ts";

let folder: string;
let binding: Binding;
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "pairwise-test-"));
  binding = await loadBinding(path.join(root, "src/model/embedded/process.ts"), () => undefined);
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** A host with a clock that stands, and what it tells. */
function makeHost(load: () => Promise<Binding> = () => Promise.resolve(binding)) {
  const clock = { ms: 0 };
  const told: Status[] = [];
  const host = new ModelHost({
    loadBinding: load,
    log: new EngineLog(path.join(folder, "host.log")),
    now: () => clock.ms,
    onStatus: (status) => told.push(status),
  });
  const failureOf = async (spec: EngineSpec) => {
    const error: unknown = await host.engine(spec).catch((error: unknown) => error);
    assert.ok(error instanceof ModelError, String(error));
    return error.failure;
  };
  const loadsOf = ({ path }: EngineSpec) =>
    told.filter((status) => status.path === path && status.kind === "loading" && status.share === 0).length;
  return { host, clock, told, failureOf, loadsOf };
}

const specOf = (file: string): EngineSpec => ({ path: file, adapterPath: undefined, contextTokens: 512, threads: 1 });

/** With the start of a model file, and nothing that llama.cpp could load. */
function writeBroken(name: string, bytes = 64): EngineSpec {
  const file = path.join(folder, name);
  writeFileSync(file, Buffer.concat([Buffer.from("GGUF"), Buffer.alloc(bytes, 7)]));
  return specOf(file);
}

test("a build without the engine says so, and not that its adapter is missing", async () => {
  const absent = { kind: "engine-absent", platform: "beos-ppc" } as const;
  const { failureOf, told } = makeHost(() => Promise.reject(new ModelError(absent)));
  const spec = { ...specOf(await ensureTestModel()), adapterPath: path.join(folder, "no-adapter.gguf") };
  assert.deepEqual(await failureOf(spec), absent);
  assert.deepEqual(told, []);
});

test("a model that could not be loaded is left alone for 30 s, then for twice as long", async () => {
  const { clock, failureOf, loadsOf } = makeHost();
  const spec = writeBroken("broken.gguf");
  const failure = await failureOf(spec);
  assert.equal(failure.kind, "model-file-unusable");
  for (const [ms, loads] of [
    [29_999, 1],
    [30_000, 2],
    [89_999, 2],
    [90_000, 3],
  ] as const) {
    clock.ms = ms;
    assert.deepEqual(await failureOf(spec), failure);
    assert.equal(loadsOf(spec), loads, `after ${ms} ms`);
  }
});

test("a model that could not be loaded holds up no other, and does not cost it its place", async () => {
  const { host, failureOf, loadsOf, told } = makeHost();
  const [broken, good] = [writeBroken("one.gguf"), specOf(await ensureTestModel())];
  const failure = await failureOf(broken);
  const engine = await host.engine(good);
  assert.deepEqual(await failureOf(broken), failure);
  assert.equal(await host.engine(good), engine);
  assert.deepEqual([loadsOf(broken), loadsOf(good)], [1, 1]);
  assert.deepEqual(told.at(-1), { path: good.path, kind: "ready" });
  await host.unload();
});

test("a model file that was replaced is tried at once, and one that has gone is named at once", async () => {
  const { failureOf, loadsOf } = makeHost();
  const spec = writeBroken("replaced.gguf");
  await failureOf(spec);
  writeBroken("replaced.gguf", 65);
  await failureOf(spec);
  assert.equal(loadsOf(spec), 2);
  rmSync(spec.path);
  assert.deepEqual(await failureOf(spec), { kind: "model-file-missing", path: spec.path });
});
