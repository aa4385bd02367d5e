/** "Export Blocks for a Team": all of it is shown before anything is saved. */

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { exportTeamBlocks } from "../../src/extension/teamExport.ts";
import { TeamExportView } from "../../src/extension/teamExportView.ts";
import type { TeamBlocks } from "../../src/productivity/ledger/teamBlocks.ts";
import { parquetRows } from "../../src/productivity/team/parquet.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { jsonLines, rowsOfPerson } from "../support/teams.ts";
import { counting, run } from "./ledgerRig.ts";

const rows = rowsOfPerson(1);

interface Told {
  readonly words: readonly string[];
  /** What was in front when the question came. */
  readonly shown: string | undefined;
}

/** Answers the question with the button of that name, and the dialogue with that file. */
async function answering(button: string | undefined, file: string, work: () => Thenable<unknown>): Promise<Told> {
  const { window } = vscode;
  const { showSaveDialog, showInformationMessage } = window;
  const words: string[] = [];
  let shown: string | undefined;
  Object.assign(window, {
    showSaveDialog: async () => vscode.Uri.file(file),
    showInformationMessage: async (sentence: string, ...buttons: readonly string[]) => {
      words.push(sentence);
      if (buttons.length > 1) shown = vscode.window.activeTextEditor?.document.getText();
      return buttons.find((each) => each === button);
    },
  });
  try {
    await work();
    return { words, shown };
  } finally {
    Object.assign(window, { showSaveDialog, showInformationMessage });
  }
}

function inFolder(
  name: string,
  body: (folder: string, give: (found: TeamBlocks) => () => Promise<void>) => Promise<void>,
): HostTest {
  return {
    name,
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), "pairwise-team-export-"));
      const page = new TeamExportView();
      try {
        await body(
          folder,
          (found) => () => exportTeamBlocks({ teamBlocks: async () => found }, page, { nowMs: Date.now() }),
        );
      } finally {
        await run("workbench.action.closeActiveEditor");
        page.dispose();
        rmSync(folder, { recursive: true });
      }
    },
  };
}

export const teamExportTests: readonly HostTest[] = [
  inFolder("what is saved for a team as JSON Lines is what was shown before, to the letter", async (folder, give) => {
    const file = join(folder, "own.jsonl");
    const { words, shown } = await answering("Save as JSON Lines…", file, give({ kind: "rows", rows }));
    assert.equal(shown, jsonLines(rows));
    assert.equal(readFileSync(file, "utf8"), shown);
    assert.match(
      words[0] ?? "",
      /^This is all that would be in the file: 80 half-hours of all your experiments, figures alone/,
    );
    assert.match(words[1] ?? "", /Nothing has been sent/);
    assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, "pairwise-team-blocks");
  }),
  inFolder("as Parquet it has the same rows", async (folder, give) => {
    const file = join(folder, "own.parquet");
    await answering("Save as Parquet…", file, give({ kind: "rows", rows }));
    const read: unknown[] = [];
    for await (const group of parquetRows(readFileSync(file))) read.push(...group);
    assert.deepEqual(read, rows);
  }),
  inFolder("who closes the question has saved nothing", async (folder, give) => {
    const file = join(folder, "own.jsonl");
    await answering(undefined, file, give({ kind: "rows", rows }));
    assert.equal(existsSync(file), false);
  }),
  inFolder("of an experiment that was changed nothing is shown or saved", async (folder, give) => {
    const file = join(folder, "own.jsonl");
    const { words, shown } = await answering("Save as JSON Lines…", file, give({ kind: "none", why: "changed" }));
    assert.deepEqual([words.length, shown, existsSync(file)], [1, undefined, false]);
    assert.match(words[0] ?? "", /^Nothing is handed in of this experiment/);
  }),
  counting(
    "the command says that there is nothing to hand in where no group of half-hours has ended",
    "x",
    async () => {
      const { words } = await answering(undefined, "nowhere", () => run("pairwise.exportTeamBlocks"));
      assert.match(words.join(), /^There is nothing to hand in/);
    },
  ),
];
