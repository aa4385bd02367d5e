import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll, diagnostics, eventually, setUser, suggestAndAccept } from "./editor.ts";
import { SUM, openAtEnd, pause, requestAfter, status, suggestsAs, type, withFolder, write } from "./files.ts";

const MB = 1024 * 1024;

export const documentTests: readonly HostTest[] = [
  withFolder(
    "settings, commit messages and files outside of the folder work by their bare names",
    async (folder, server) => {
      for (const name of ["settings.json", "COMMIT_EDITMSG", "notes.md"]) {
        await openAtEnd(write(folder, name, '{\n  "one": '));
        await suggestsAs(name, server);
        await status("idle");
        await closeAll();
      }
      assert.ok(!server.requests.some(({ body }) => body.includes(folder)));
    },
  ),
  withFolder("a line of one megabyte gets suggestions from what is near the caret", async (folder, server) => {
    const editor = await openAtEnd(write(folder, "bundle.js", `${"a=1;".repeat(MB / 4)}b=`));
    await vscode.commands.executeCommand("pairwise.suggest");
    assert.ok((await requestAfter(server, 0)).length < 20_000);
    await suggestAndAccept(editor);
    assert.ok(editor.document.lineAt(0).text.endsWith("b=a + b;"));
  }),
  withFolder("the editor of a peek works", async (folder, server) => {
    const here = await openAtEnd(write(folder, "here.ts", "const here = 1;\n"));
    const there = new vscode.Location(write(folder, "there.ts", SUM), new vscode.Position(1, 9));
    await vscode.commands.executeCommand(
      "editor.action.peekLocations",
      here.document.uri,
      new vscode.Position(0, 0),
      [there],
      "peek",
    );
    const peek = await eventually("the peek's editor", async () => {
      await vscode.commands.executeCommand("togglePeekWidgetFocus");
      await pause(500);
      const { activeTextEditor } = vscode.window;
      return activeTextEditor?.document.uri.path.endsWith("there.ts") ? activeTextEditor : undefined;
    });
    peek.selection = new vscode.Selection(1, 9, 1, 9);
    await suggestsAs("there.ts", server);
    await vscode.commands.executeCommand("closeReferenceSearch");
  }),
  withFolder(
    "the source control's input is off by default and says so; switched on, it works",
    async (folder, server) => {
      await openAtEnd(write(folder, "sum.ts", SUM));
      const control = vscode.scm.createSourceControl("pairwise-test", "Test", vscode.Uri.file(folder));
      try {
        await vscode.commands.executeCommand("workbench.view.scm");
        const typeThere = async (text: string): Promise<boolean> => {
          await vscode.commands.executeCommand("workbench.scm.action.focusNextInput");
          await pause(300);
          await type(text);
          await pause(300);
          return vscode.workspace.textDocuments.some(
            (document) => document.uri.scheme === "vscode-scm" && document.getText().endsWith(text),
          );
        };
        await eventually("a text in the input", async () => ((await typeThere("Add")) ? true : undefined));
        await status("language-off");
        assert.equal(server.requests.length, 0);
        await setUser("languages", { scminput: true });
        await eventually("a request", async () => {
          await typeThere(" sums");
          return server.requests.some(({ body }) => body.includes("Add sums")) ? true : undefined;
        });
        await status("idle");
      } finally {
        control.dispose();
        await vscode.commands.executeCommand("workbench.view.explorer");
      }
    },
  ),
  withFolder("the input of a comment works", async (folder, server) => {
    const controller = vscode.comments.createCommentController("pairwise-test", "Test");
    controller.commentingRangeProvider = {
      provideCommentingRanges: ({ lineCount }) => [new vscode.Range(0, 0, lineCount - 1, 0)],
    };
    try {
      await openAtEnd(write(folder, "sum.ts", SUM));
      await eventually("the input", async () => {
        // VS Code learns of the ranges some time after the file has opened.
        await pause(1_000);
        await vscode.commands.executeCommand("workbench.action.addComment");
        await pause(1_000);
        return vscode.window.activeTextEditor?.document.uri.scheme === "comment" ? true : undefined;
      });
      await type("This sums ");
      assert.ok((await requestAfter(server, 0)).includes("This sums"));
      await status("idle");
    } finally {
      controller.dispose();
    }
  }),
  withFolder("a search editor is off by default and says so", async (_folder, server) => {
    await vscode.commands.executeCommand("search.action.openNewEditor", { query: "total" });
    await eventually("the search editor", () =>
      vscode.window.activeTextEditor?.document.languageId === "search-result" ? true : undefined,
    );
    await status("language-off");
    assert.equal(server.requests.length, 0);
  }),
  withFolder("output is nothing to write in", async (_folder, server) => {
    await vscode.commands.executeCommand("workbench.action.output.toggleOutput");
    try {
      await eventually("the output", () =>
        vscode.window.activeTextEditor?.document.uri.scheme === "output" ? true : undefined,
      );
      await status("no-editor");
      assert.equal(server.requests.length, 0);
    } finally {
      await vscode.commands.executeCommand("workbench.action.closePanel");
    }
  }),
  withFolder("the input of the interactive window says that VS Code does not ask there", async (_folder, server) => {
    await vscode.commands.executeCommand("interactive.open");
    await eventually("its input", () =>
      vscode.window.activeTextEditor?.document.uri.scheme === "vscode-interactive-input" ? true : undefined,
    );
    await type("x");
    await status("unasked");
    assert.equal(server.requests.length, 0);
  }),
  withFolder(
    "a file that VS Code keeps from extensions is told by its size, and not while it opens",
    async (folder) => {
      const line = "0123456789,abcdefghijklmnopqrstuvwxyz\n";
      const shown = write(folder, "shown.csv", line.repeat((10 * MB) / line.length));
      const opening = Promise.resolve(vscode.window.showTextDocument(shown)).then(() => "open");
      do assert.doesNotMatch(await diagnostics(), /Status: withheld/);
      while ((await Promise.race([opening, pause(50)])) !== "open");
      await closeAll();
      await vscode.commands.executeCommand(
        "vscode.open",
        write(folder, "kept.csv", line.repeat((60 * MB) / line.length)),
      );
      await status("withheld");
      await closeAll();
      await status("no-editor");
    },
  ),
];
