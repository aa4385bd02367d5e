import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { IgnoreRules } from "../../src/context/gates/ignoreRules.ts";
import { FactExtractor } from "../../src/context/index/extraction/extractor.ts";
import { chunksOf } from "../../src/context/retrieval/chunks.ts";
import { fuse } from "../../src/context/retrieval/fusion.ts";
import { Indexer } from "../../src/repository/indexer.ts";
import { searchIn } from "../../src/repository/search.ts";
import { KeptStore } from "../../src/repository/keptStore.ts";
import { readWasm } from "../support/grammars.ts";

const extractor = new FactExtractor(readWasm, () => performance.now());
const root = mkdtempSync(join(tmpdir(), "pairwise-search-"));
after(() => {
  rmSync(root, { recursive: true, force: true });
});

const files: Readonly<Record<string, string>> = {
  "src/basket.ts":
    "/** 计算购物车的总价 */\nexport function totalOfBasket(lines: number[]): number {\n  return 1;\n}\n",
  "src/parser.ts": "export class TokenParser {\n  parseNumber(text: string): number {\n    return 2;\n  }\n}\n",
  "src/other.ts": "// One could be parsing a number here, too.\nexport const other = 3;\n",
  "lib/near.ts": "export function roundPrice(price: number): number {\n  return price;\n}\n",
  "far/away.ts": "export function roundPrice(price: number): number {\n  return price;\n}\n",
  "lib/main.ts": "import { roundPrice } from './near';\n",
};

async function indexed(store: KeptStore): Promise<Indexer> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const indexer = new Indexer({
    root,
    rules: IgnoreRules.builtIn,
    bounds: { mostBytes: 1_000_000, mostFiles: 20_000, mostEntries: 400_000 },
    extractor: {
      extract: async (text, languageId) => {
        const facts = await extractor.extract(text, languageId);
        return { facts, chunks: chunksOf(text, facts) };
      },
    },
    store,
    onLost: () => assert.fail("nothing is lost"),
    pause: () => setImmediate(),
  });
  const { signal } = new AbortController();
  await indexer.load(signal);
  await indexer.update(() => undefined, signal);
  return indexer;
}

async function found(indexer: Indexer, text: string, path = ""): Promise<readonly string[]> {
  const findings = await searchIn({ root, mostBytes: 100_000 }, indexer, { text, path, recent: [], most: 50 });
  return fuse(findings.rankings).map((place) => findings.found[place]?.path ?? "");
}

test("a question in words finds the code that is called so, before the code that speaks of it", async () => {
  const indexer = await indexed(new KeptStore(undefined));
  assert.deepEqual((await found(indexer, "where are numbers parsed?")).slice(0, 2), ["src/parser.ts", "src/other.ts"]);
  assert.equal((await found(indexer, "totalOfBasket"))[0], "src/basket.ts");
});

test("a question in Chinese finds comments in Chinese", async () => {
  const indexer = await indexed(new KeptStore(undefined));
  assert.deepEqual(await found(indexer, "总价怎么算"), ["src/basket.ts"]);
});

test("of two that fit the same, the one that the file in hand imports comes first", async () => {
  const indexer = await indexed(new KeptStore(undefined));
  assert.equal((await found(indexer, "round price", "lib/main.ts"))[0], "lib/near.ts");
});

test("what is found survives a restart, and goes with its file", async () => {
  const file = join(root, "..", `${root.split("/").at(-1)}.sqlite`);
  const first = new KeptStore(file);
  await indexed(first);
  first.close();
  const second = new KeptStore(file);
  const indexer = await indexed(second);
  assert.deepEqual(await found(indexer, "basket"), ["src/basket.ts"]);
  rmSync(join(root, "src/basket.ts"));
  await indexer.changed(["src/basket.ts"]);
  assert.deepEqual(await found(indexer, "basket"), []);
  second.close();
  rmSync(file, { force: true });
});

test("what has just changed is found by its new words", async () => {
  const indexer = await indexed(new KeptStore(undefined));
  writeFileSync(join(root, "src/other.ts"), "export function quenchDragon(): void {}\n");
  await indexer.changed(["src/other.ts"]);
  assert.deepEqual(await found(indexer, "quench a dragon"), ["src/other.ts"]);
});

test("of a file that has become huge, or a pipe, since it was read, nothing is found", async () => {
  const indexer = await indexed(new KeptStore(undefined));
  truncateSync(join(root, "src/basket.ts"), 500_000_000);
  assert.deepEqual(await found(indexer, "basket"), []);
  if (process.platform === "win32") return;
  rmSync(join(root, "src/basket.ts"));
  execFileSync("mkfifo", [join(root, "src/basket.ts")]);
  assert.deepEqual(await found(indexer, "basket"), []);
  rmSync(join(root, "src/basket.ts"));
});

test("nothing that is ignored is found, and a question without words finds nothing", async () => {
  const indexer = await indexed(new KeptStore(undefined));
  writeFileSync(join(root, ".gitignore"), "basket.ts\n");
  const forgetting = indexer.forgetIgnored();
  assert.deepEqual(await found(indexer, "basket parser"), []);
  await forgetting;
  assert.deepEqual(await found(indexer, "basket"), []);
  assert.deepEqual(await found(indexer, '" OR * -- ('), []);
  rmSync(join(root, ".gitignore"));
});
