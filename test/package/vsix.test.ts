import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { build } from "../../scripts/build.ts";
import { browserEditor } from "../../scripts/editor.ts";
import { packageFor } from "../../scripts/package.ts";
import { grammarFiles } from "../../src/context/syntax/languages.ts";
import { ghostText, openFile, openWorkbench, statusSentence } from "../e2e/workbench.ts";

/** VS Code's name of this platform. */
const target = `${process.platform}-${process.arch === "arm" ? "armhf" : process.arch}`;

before(() => build("production"));

/** Unpacks with VS Code's own server, as it does for a user, and gives the extension's folder. */
async function install(vsix: string, extensions: string): Promise<string> {
  const { serverMain } = await browserEditor();
  const data = join(extensions, "..", "server");
  const args = [
    "--install-extension",
    vsix,
    "--extensions-dir",
    extensions,
    "--server-data-dir",
    data,
    "--accept-server-license-terms",
  ];
  execFileSync(process.execPath, [serverMain, ...args], { stdio: "pipe" });
  const name = readdirSync(extensions).find((entry) => entry.startsWith("pairwise.pairwise-"));
  assert.ok(name);
  return join(extensions, name);
}

async function installed(vsix: string, use: (folder: string) => Promise<void> | void): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), "pairwise-vsix-test-"));
  try {
    await use(await install(vsix, join(temporary, "extensions")));
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll("\\", "/"));
}

test("the VSIX of this platform, installed into a fresh editor, gives a suggestion", async () => {
  await installed(await packageFor(target), async (extension) => {
    const { page, close } = await openWorkbench({ extension });
    try {
      await openFile(page, "cart.ts", 27);
      await page.keyboard.type(" ");
      await ghostText(page).waitFor({ timeout: 60_000 });
    } finally {
      await close();
    }
  });
});

test("the VSIX of this platform has the engine of this platform alone, and no source or source map", async () => {
  await installed(await packageFor(target), (extension) => {
    const files = filesOf(extension);
    assert.equal(new Set(files.flatMap((file) => /^dist\/engine\/([^/]+)/.exec(file)?.[1] ?? [])).size, 1);
    assert.ok(files.some((file) => file.endsWith("/llama-addon.node")));
    assert.deepEqual(
      files.filter((file) => /\.(ts|map)$|node_modules|^src\//.test(file)),
      [],
    );
  });
});

test("the VSIX for anywhere says that it has no engine, and what to do", async () => {
  await installed(await packageFor("anywhere"), async (extension) => {
    const { page, close } = await openWorkbench({ extension });
    try {
      await openFile(page, "cart.ts", 27);
      await page.keyboard.type(" ");
      await statusSentence(page, "has no local engine");
    } finally {
      await close();
    }
  });
});

test("the VSIX for anywhere has no engine and no model, and is small", async () => {
  const vsix = await packageFor("anywhere");
  assert.ok(statSync(vsix).size < 12_000_000);
  await installed(vsix, (extension) => {
    const files = filesOf(extension);
    assert.deepEqual(
      files.filter((file) => /engine\/|\.gguf$|\.node$/.test(file)),
      [],
    );
    const { name, contributes } = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
    assert.equal(name, "pairwise");
    for (const path of [
      contributes.grammars[0].path,
      "media/walkthrough/model.svg",
      "media/walkthrough/keys.nls.zh-cn.md",
    ])
      assert.ok(files.includes(path.replace("./", "")), path);
  });
});

test("the VSIX has the grammars that it reads and no other, and says whose they are", async () => {
  await installed(await packageFor("anywhere"), (extension) => {
    assert.deepEqual(
      readdirSync(join(extension, "dist", "grammars")).toSorted(),
      ["web-tree-sitter.wasm", ...grammarFiles].toSorted(),
    );
    const licences = readFileSync(join(extension, "dist", "licences.txt"), "utf8");
    assert.match(licences, /^web-tree-sitter \d/m);
    assert.match(licences, /^@vscode\/tree-sitter-wasm \d/m);
  });
});

test("the VSIX has the vocabulary by which OpenAI's tokens are counted, and says whose it is", async () => {
  await installed(await packageFor("anywhere"), (extension) => {
    const files = filesOf(extension);
    for (const file of ["tokenWorker.cjs", "tiktoken/tiktoken_bg.wasm", "tiktoken/o200k_base.json"])
      assert.ok(files.includes(`dist/${file}`), file);
    const licences = readFileSync(join(extension, "dist", "licences.txt"), "utf8");
    assert.match(licences, /^tiktoken \d[^]*Copyright \(c\) \d+ OpenAI/m);
  });
});

test("the VSIX has the command line of the report once, and Node runs it there without the editor", async () => {
  await installed(await packageFor("anywhere"), (extension) => {
    const files = filesOf(extension);
    assert.deepEqual(
      files.filter((file) => file.includes("pairwise-report")),
      ["dist/pairwise-report.cjs"],
    );
    const command = [join(extension, "dist", "pairwise-report.cjs"), "estimate", "wilson"];
    const stdout = execFileSync(process.execPath, command, { input: '{"k": 27, "n": 100}', encoding: "utf8" });
    assert.equal(JSON.parse(stdout).estimate, 0.27);
    const licences = readFileSync(join(extension, "dist", "licences.txt"), "utf8");
    assert.match(licences, /^@stdlib\/stats-base-dists-t-quantile \d[^]*Copyright \(c\) [\d-]+ The Stdlib Authors/m);
  });
});
