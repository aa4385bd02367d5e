/** Other versions of a file, and texts that are in no file: what the ignore files say of them. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { acting, lastQuestion } from "./refactorActionsRig.ts";
import { inFolder } from "./chatFolder.ts";
import { eventually } from "./editor.ts";
import { gitUri, inRepository } from "./sourceControlRig.ts";

const RULES = { ".pairwiseignore": "hidden.ts\nhidden.ipynb\n", "hidden.ts": "zebra\n", "plain.ts": "one\n" };

export const versionTests: readonly HostTest[] = [
  inRepository(
    "an earlier version of an ignored file is ignored, and one of another file is not",
    RULES,
    () => ({ pieces: [] }),
    async ({ folder, needs }) => {
      for (const [name, isIgnored] of [
        ["hidden.ts", true],
        ["plain.ts", false],
      ] as const) {
        const file = folder.uri(name);
        const looked = (uri: vscode.Uri): Promise<boolean> => needs.ignored.look({ uri });
        assert.equal(await looked(await gitUri(file, "HEAD")), isIgnored, name);
        assert.equal(await looked(await gitUri(file, "")), isIgnored, name);
        for (const scheme of ["gitlens", "vscode-local-history", "untitled", "debug", "vscode-notebook-cell"])
          assert.equal(await looked(file.with({ scheme, query: '{"ref":"HEAD"}' })), isIgnored, `${scheme} ${name}`);
        assert.equal(await looked(file.with({ scheme: "gitlens", authority: "7b22" })), isIgnored, name);
        const submodule = file.with({
          scheme: "git",
          path: `${file.path}.git`,
          query: JSON.stringify({ path: file.fsPath }),
        });
        assert.equal(await looked(submodule), isIgnored, name);
        await assert.doesNotReject(looked(file.with({ scheme: "git", query: "{" })));
      }
    },
  ),
  inFolder("texts without a file are ignored by their name alone", RULES, async ({ ignored }) => {
    const uris = ["untitled:Untitled-1", "output:extension-output-x", "vscode-scm:git/scm0/input", "git:none"];
    for (const uri of uris) assert.equal(await ignored.look({ uri: vscode.Uri.parse(uri) }), false, uri);
    assert.equal(await ignored.look({ uri: vscode.Uri.parse("untitled:.env") }), true);
  }),
  acting(
    "nothing is sent of an earlier version of an ignored file, and one of another file is reviewed",
    RULES,
    () => ({ pieces: ["No issues found."] }),
    async (server, folder) => {
      const scheme = "pairwise-test-version";
      const provider = { provideTextDocumentContent: ({ path }: vscode.Uri) => `${path.slice(-9)}\n` };
      const registered = vscode.workspace.registerTextDocumentContentProvider(scheme, provider);
      try {
        for (const name of ["hidden.ts", "plain.ts"]) {
          const editor = await vscode.window.showTextDocument(folder.uri(name).with({ scheme }));
          editor.selection = new vscode.Selection(0, 0, 0, 5);
          await vscode.commands.executeCommand("pairwise.review");
        }
        await eventually("a review", () => server.asked.length > 0 || undefined);
      } finally {
        registered.dispose();
      }
      assert.equal(server.asked.length, 1);
      assert.doesNotMatch(lastQuestion(server), /hidden\.ts/);
    },
  ),
];
