/** The test of the counting, played by the editor's own commands. */

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { playAll } from "../../src/extension/countingTest.ts";
import { matrixPage } from "../../src/extension/matrixPage.ts";
import { errorsIn, type Matrix } from "../../src/productivity/selfTest/matrix.ts";
import { canRun, type Sample } from "../../src/productivity/selfTest/sample.ts";
import { samples } from "../../src/productivity/selfTest/scenarios.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll } from "./editor.ts";
import { run } from "./ledgerRig.ts";

/** One of each scenario, but for those that wait for long: how often each has to be right is measured with real keys. */
const all = samples(1).filter((sample) => canRun("commands", sample) && sample.scenario !== "accept-late");

function playing(name: string, body: (folder: vscode.Uri) => Promise<void>): HostTest {
  return {
    name,
    async run() {
      const folder = mkdtempSync(join(tmpdir(), "pairwise-counting-"));
      const own = vscode.Uri.file(join(folder, "self-test"));
      try {
        await closeAll();
        await run("workbench.action.focusActiveEditorGroup");
        await body(own);
        assert.equal(existsSync(own.fsPath), false, "nothing is left of its documents");
        assert.ok(!vscode.window.visibleTextEditors.some(({ document }) => document.uri.path.startsWith(own.path)));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

async function allRight(folder: vscode.Uri, wanted: readonly Sample[]): Promise<Matrix> {
  const matrix = await playAll(folder, wanted, { isCancellationRequested: false }, () => {});
  assert.ok(matrix);
  const isWrong = ({ truth, detected, isException }: Matrix["cells"][number]) => truth !== detected && !isException;
  assert.deepEqual(matrix.cells.filter(isWrong), []);
  // A machine that is busy may miss a moment.
  const notDone = matrix.notDone.reduce((sum, { count }) => sum + count, 0);
  assert.ok(notDone <= wanted.length / 5, JSON.stringify(matrix.notDone));
  return matrix;
}

/** Each of them in the time that a test has, also where the machine has much else to do. */
const PARTS = 4;
const parts = Array.from({ length: PARTS }, (_, part) => all.filter((__, index) => index % PARTS === part));

export const countingTestTests: readonly HostTest[] = [
  ...parts.map((some, part) =>
    playing(
      `what is done by the editor's commands is counted as what it was (${part + 1} of ${PARTS})`,
      async (folder) => {
        const matrix = await allRight(folder, some);
        const page = matrixPage(matrix, "1.2.3");
        assert.match(page, /^The counting of suggestions, tested in VS Code 1\.2\.3$/m);
        assert.match(page, /^Everything was counted as what it was\.$/m);
        assert.match(page, /^the whole +\d+/m);
        assert.ok(errorsIn(matrix, "accept").happened > 0);
      },
    ),
  ),
  playing("a test of the counting that is cancelled ends at once", async (folder) => {
    let done = 0;
    const token = {
      get isCancellationRequested() {
        return done >= 1;
      },
    };
    assert.equal(await playAll(folder, all, token, (count) => (done = count)), undefined);
    assert.equal(done, 1);
  }),
];
