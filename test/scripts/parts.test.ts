import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { inParts, startOf } from "../../scripts/parts.ts";
import { root } from "../../scripts/toolchain.mjs";

test("what is imported later is read then, and is one with what is there already", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-parts-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const sources = {
    "failure.ts": "export class Failure extends Error {}",
    "shared.ts": "export const calls: string[] = [];",
    "first.ts":
      'import { Failure } from "./failure.ts"; import { calls } from "./shared.ts"; calls.push("first"); export const fail = () => { throw new Failure(); };',
    "second.ts": 'export { calls } from "./shared.ts"; export { readFileSync } from "node:fs";',
    "start.ts":
      'import { Failure } from "./failure.ts"; export const isOurs = (error: unknown) => error instanceof Failure; export const first = () => import("./first.ts"); export const second = () => import("./second.ts");',
  };
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);
  const outdir = join(folder, "dist");
  await build({
    entryPoints: { start: join(folder, "start.ts") },
    outdir,
    bundle: true,
    platform: "node",
    format: "esm",
    splitting: true,
    write: false,
    metafile: true,
    plugins: [inParts("start", { bundle: true, platform: "node" })],
  });
  const { isOurs, first, second } = createRequire(import.meta.url)(join(outdir, "start.cjs"));
  assert.doesNotMatch(readFileSync(join(outdir, "start.cjs"), "utf8"), /calls/);
  const { calls, readFileSync: read } = await second();
  assert.deepEqual(calls, []);
  assert.equal(read, readFileSync);
  const { fail } = await first();
  assert.deepEqual(calls, ["first"]);
  assert.throws(fail, isOurs);
  assert.equal(
    readdirSync(outdir).filter((name) => /extends Error/.test(readFileSync(join(outdir, name), "utf8"))).length,
    1,
  );
});

test("what a view, a command or a model needs alone is not read when the extension starts", async () => {
  const { outputs } = (
    await build({
      entryPoints: [join(root, "src/extension/extension.ts")],
      outdir: join(root, "out"),
      bundle: true,
      platform: "node",
      format: "esm",
      splitting: true,
      packages: "external",
      write: false,
      metafile: true,
    })
  ).metafile;
  const start = startOf("extension.js", outputs);
  const read = Object.entries(outputs).flatMap(([path, { inputs }]) =>
    start.has(basename(path)) ? Object.keys(inputs).map((input) => basename(input)) : [],
  );
  const parts = [
    "sentView",
    "whyView",
    "checkView",
    "checkup",
    "repositoryMapView",
    "menu",
    "diagnostics",
    "localModels",
    "secretGate",
  ];
  const others = [
    "redactor",
    "editTracker",
    "embeddedModel",
    "openai",
    "llamaSetUp",
    "llamaFormat",
    "embeddings",
    "spending",
    "spendingView",
    "prices",
    "guarded",
    "client",
  ];
  assert.ok(read.includes("engine.ts"));
  assert.deepEqual(
    [...parts, ...others].filter((name) => read.includes(`${name}.ts`)),
    [],
  );
});
