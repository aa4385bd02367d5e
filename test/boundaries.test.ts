import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";

const root = join(import.meta.dirname, "..");
const project = mkdtempSync(join(tmpdir(), "pairwise-lint-"));
after(() => rmSync(project, { recursive: true, force: true }));
for (const file of ["oxlint.config.ts", "tsconfig.json"]) copyFileSync(join(root, file), join(project, file));
symlinkSync(join(root, "node_modules"), join(project, "node_modules"), "junction");

/** What the linter says of a project with this one file in it. */
function lint(path: string, code: string): string {
  rmSync(join(project, "src"), { recursive: true, force: true });
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), code);
  const { stdout } = spawnSync(process.execPath, [join(root, "node_modules", "oxlint", "bin", "oxlint"), "src"], {
    cwd: project,
    encoding: "utf8",
  });
  return stdout;
}

const forbidden: readonly (readonly [file: string, module: string])[] = [
  ["src/completion/engine.ts", "vscode"],
  ["src/completion/filters/prose.ts", "../../extension/settings.ts"],
  ["src/model/openai.ts", "../completion/engine.ts"],
  ["src/model/embedded/engine.ts", "../../context/window.ts"],
  ["src/context/window.ts", "../model/model.ts"],
  ["src/text/lines.ts", "../context/window.ts"],
  ["src/extension/extension.ts", "openai"],
  ["src/completion/engine.ts", "openai/resources"],
  ["src/completion/engine.ts", "@node-llama-cpp/linux-x64"],
  ["src/extension/contributions.ts", "../text/lines.ts"],
  ["src/productivity/survival/tracker.ts", "node:fs"],
  ["src/productivity/ledger/store.ts", "../../context/window.ts"],
  ["src/productivity/ledger/store.ts", "vscode"],
  ["src/report/estimate.ts", "vscode"],
  ["src/report/estimate.ts", "../extension/settings.ts"],
  ["src/report/estimate.ts", "@stdlib/stats-base-dists-t-quantile"],
  ["src/productivity/statistics/wilson.ts", "../../report/estimate.ts"],
];

for (const [file, module] of forbidden)
  test(`${file} may not import ${module}`, () => {
    assert.match(lint(file, `import "${module}";\n`), /no-restricted-imports/);
  });

test("the completion engine may not look at the clock by itself", () => {
  assert.match(lint("src/completion/engine.ts", "export const now = Date.now();\n"), /no-restricted-globals/);
});

test("the ledger may write files, and may not look at the clock by itself", () => {
  assert.doesNotMatch(lint("src/productivity/ledger/store.ts", 'import "node:sqlite";\n'), /no-restricted-imports/);
  assert.match(lint("src/productivity/ledger/store.ts", "export const now = Date.now();\n"), /no-restricted-globals/);
});

test("what a folder may import passes", () => {
  assert.doesNotMatch(lint("src/completion/engine.ts", 'import "../model/model.ts";\n'), /no-restricted-imports/);
  assert.doesNotMatch(lint("src/extension/extension.ts", 'import "vscode";\n'), /no-restricted-imports/);
});
