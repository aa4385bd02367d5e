/** What the light bulb and its menus have, and where they have nothing. */

import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import * as vscode from "vscode";
import { actionIds, actionNamed } from "../../src/edit/catalogue.ts";
import { slashWords } from "../../src/extension/chatCommandWords.ts";
import { RefactorCodeActions } from "../../src/extension/refactorCodeActions.ts";
import { commandOf, offeredIds } from "../../src/extension/refactorOffers.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { type ChatFolder, inFolder } from "./chatFolder.ts";
import { eventually } from "./editor.ts";
import { whileSet } from "./files.ts";
import { editCell, openNotebook } from "./notebooks.ts";
import { accepted, acting, codeActions, lastQuestion } from "./refactorActionsRig.ts";

const CODE = "// counts\nexport function count(items: string[]): number {\n  void items;\n  return 0;\n}\n";
const WHOLE = new vscode.Range(0, 0, 5, 0);
const MARK = new vscode.Range(3, 9, 3, 10);

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
  };
}

const titles = (all: readonly vscode.CodeAction[]): readonly string[] =>
  all.map(({ title }) => title.replace(" with Pairwise", ""));

/** With a problem, of which VS Code tells who asks for code actions. */
async function withProblem(
  uri: vscode.Uri,
  severity: vscode.DiagnosticSeverity,
  body: () => Promise<void>,
): Promise<void> {
  const problems = vscode.languages.createDiagnosticCollection("test");
  try {
    problems.set(uri, [new vscode.Diagnostic(MARK, "It is always zero.", severity)]);
    await body();
  } finally {
    problems.dispose();
  }
}

/** As VS Code asks by itself, such as when the caret moves or a file is saved. */
async function byItself(
  { ignored }: ChatFolder,
  document: vscode.TextDocument,
  range: vscode.Range,
  only?: vscode.CodeActionKind,
  diagnostics: readonly vscode.Diagnostic[] = [],
): Promise<readonly string[]> {
  const context = { triggerKind: vscode.CodeActionTriggerKind.Automatic, only, diagnostics };
  const source = new vscode.CancellationTokenSource();
  return titles(await new RefactorCodeActions(ignored).provideCodeActions(document, range, context, source.token));
}

export const refactorCodeActionTests: readonly HostTest[] = [
  {
    name: "palette, context menu, light bulb and chat have the same catalogue",
    run: async () => {
      const extension = vscode.extensions.getExtension("pairwise.pairwise");
      assert.ok(extension);
      const { contributes } = extension.packageJSON as Manifest;
      const ofMenu = (contributes.menus["pairwise.code"] ?? []).map(({ command }) => command);
      const offered = offeredIds.map((id) => commandOf[id]);
      assert.deepEqual(ofMenu.toSorted(), offered.toSorted());
      // What is declared is in the palette, unless that is told to hide it.
      const hidden = (contributes.menus["commandPalette"] ?? []).filter(({ when }) => when === "false");
      const inPalette = contributes.commands
        .map(({ command }) => command)
        .filter((command) => !hidden.some((each) => each.command === command));
      const known = await vscode.commands.getCommands(true);
      for (const command of offered) assert.ok(inPalette.includes(command) && known.includes(command), command);
      // A message for a commit is not about the code in hand.
      const others = actionIds.filter((id) => id !== "commit");
      assert.deepEqual(Array.from<string>(offeredIds).toSorted(), others.toSorted());
      assert.deepEqual(
        slashWords()
          .map(({ name }) => name)
          .filter((name) => actionNamed(name))
          .toSorted(),
        actionIds.toSorted(),
      );
    },
  },
  inFolder(
    "the light bulb at selected code has the catalogue, each in its menu",
    { "cart.ts": CODE },
    async (folder) => {
      const uri = folder.uri("cart.ts");
      await vscode.window.showTextDocument(uri);
      const { Empty, QuickFix, RefactorExtract, RefactorRewrite, Source } = vscode.CodeActionKind;
      assert.deepEqual(titles(await codeActions(uri, WHOLE, RefactorExtract)), ["Extract"]);
      assert.deepEqual(titles(await codeActions(uri, WHOLE, RefactorRewrite)), [
        "Simplify",
        "Optimize",
        "Rename to something better",
        "Add types",
        "Handle errors",
        "Document",
        "Write code from comments",
      ]);
      const more = await codeActions(uri, WHOLE, Empty.append("pairwise"));
      assert.deepEqual(titles(more), ["Explain", "Review", "Write tests", "Translate code"]);
      assert.deepEqual(titles(await codeActions(uri, WHOLE, Source)), [], "none is about all of the file");
      assert.deepEqual(titles(await codeActions(uri, WHOLE, QuickFix)), [], "nothing is wrong");
    },
  ),
  inFolder("fix is a quick fix of what is marked, and knows which", { "cart.ts": CODE }, async (folder) => {
    const uri = folder.uri("cart.ts");
    await vscode.window.showTextDocument(uri);
    await withProblem(uri, vscode.DiagnosticSeverity.Error, async () => {
      const [fix, ...others] = await codeActions(uri, MARK, vscode.CodeActionKind.QuickFix);
      assert.deepEqual([fix?.title, others], ["Fix with Pairwise", []]);
      assert.equal(fix?.isPreferred ?? false, false, "it is not what Alt+Enter or Fix All take");
      const given: unknown = fix?.command?.arguments?.[2];
      assert.match(JSON.stringify(given), /It is always zero/);
      const elsewhere = await codeActions(uri, new vscode.Range(0, 0, 0, 0), vscode.CodeActionKind.QuickFix);
      assert.deepEqual(titles(elsewhere), []);
    });
    await withProblem(uri, vscode.DiagnosticSeverity.Hint, async () => {
      assert.deepEqual(
        titles(await codeActions(uri, MARK, vscode.CodeActionKind.QuickFix)),
        [],
        "a hint is no problem",
      );
    });
  }),
  inFolder(
    "by itself the light bulb is for problems and selections alone, and never for saving",
    { "cart.ts": CODE },
    async (folder) => {
      const document = await vscode.workspace.openTextDocument(folder.uri("cart.ts"));
      const caret = new vscode.Range(3, 4, 3, 4);
      assert.deepEqual(await byItself(folder, document, caret), []);
      const problem = new vscode.Diagnostic(MARK, "It is always zero.");
      assert.deepEqual(await byItself(folder, document, caret, undefined, [problem]), ["Fix"]);
      assert.ok((await byItself(folder, document, WHOLE)).includes("Simplify"));
      for (const kind of [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.Source, vscode.CodeActionKind.Refactor])
        assert.deepEqual(await byItself(folder, document, WHOLE, kind, [problem]), [], kind.value);
    },
  ),
  inFolder(
    "what is of no use for the code is not offered",
    { "cart.go": "package cart\n\nfunc one() int {\n\treturn 1\n}\n" },
    async (folder) => {
      const uri = folder.uri("cart.go");
      await vscode.window.showTextDocument(uri);
      const { RefactorRewrite, RefactorExtract } = vscode.CodeActionKind;
      const at = (range: vscode.Range, kind: vscode.CodeActionKind) => codeActions(uri, range, kind).then(titles);
      assert.deepEqual(await at(new vscode.Range(2, 0, 4, 1), RefactorRewrite), [
        "Simplify",
        "Optimize",
        "Rename to something better",
        "Handle errors",
        "Document",
      ]);
      assert.deepEqual(await at(new vscode.Range(3, 1, 3, 1), RefactorExtract), []);
    },
  ),
  inFolder(
    "nothing is offered in what is ignored, read-only, output, or a version of a file",
    { ".gitignore": "secret.ts\n", "secret.ts": CODE, "kept.ts": CODE, "locked.ts": CODE, "cart.ts": CODE },
    async (folder) => {
      const offered = async (uri: vscode.Uri): Promise<readonly string[]> => {
        await vscode.workspace.openTextDocument(uri);
        return titles(await codeActions(uri, WHOLE));
      };
      assert.ok((await offered(folder.uri("cart.ts"))).length > 0);
      assert.deepEqual(await offered(folder.uri("secret.ts")), []);
      await whileSet("files", "readonlyInclude", { "**/kept.ts": true }, async () => {
        assert.deepEqual(await offered(folder.uri("kept.ts")), []);
      });
      chmodSync(folder.uri("locked.ts").fsPath, 0o444);
      await whileSet("files", "readonlyFromPermissions", true, async () => {
        assert.deepEqual(await offered(folder.uri("locked.ts")), []);
      });
      const registration = vscode.workspace.registerTextDocumentContentProvider("pairwise-version", {
        provideTextDocumentContent: () => CODE,
      });
      assert.deepEqual(await offered(folder.uri("cart.ts").with({ scheme: "pairwise-version" })), []);
      registration.dispose();
      const output = vscode.window.createOutputChannel("Words of a test", "typescript");
      output.append(CODE);
      output.show(true);
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "output");
      if (document) assert.deepEqual(await offered(document.uri), []);
      output.dispose();
    },
  ),
  acting(
    "a notebook's cell has them, too, is named by its number, and a change and a question are about that cell",
    {},
    () => ({ pieces: ["```ts\nexport function sum(items) {\n  return items.length;\n}\n```\n"] }),
    async (server, folder) => {
      const cell = { language: "typescript", text: "export function sum(items) {\n  return 0;\n}" };
      const first = { language: "typescript", text: "const first = 1;" };
      const { document } = await openNotebook(folder.path, [first, cell]);
      const whole = new vscode.Range(0, 0, 2, 1);
      const all = titles(await codeActions(document.uri, whole));
      for (const title of ["Explain", "Simplify", "Write tests"]) assert.ok(all.includes(title), title);

      const { showInputBox } = vscode.window;
      let title: string | undefined;
      Object.assign(vscode.window, {
        showInputBox: async (options: vscode.InputBoxOptions) => void (title = options.title),
      });
      try {
        await vscode.commands.executeCommand("pairwise.edit");
      } finally {
        Object.assign(vscode.window, { showInputBox });
      }
      assert.match(title ?? "", /^Edit around line 3 of chat-[^/]+\/sums\.ipynb, cell 2$/);

      const notebook = vscode.window.activeNotebookEditor?.notebook;
      assert.ok(notebook);
      const text = await accepted(document, () =>
        vscode.commands.executeCommand("pairwise.simplify", document.uri, whole),
      );
      assert.match(text, /items\.length/);
      assert.equal(notebook.cellAt(0).document.getText(), first.text);

      await vscode.window.showNotebookDocument(notebook);
      await editCell(notebook, 0);
      const range = new vscode.Range(0, 0, 0, 16);
      const before = server.asked.length;
      void vscode.commands.executeCommand("pairwise.explain", notebook.cellAt(0).document.uri, range);
      await eventually("a question", () => server.asked.length > before || undefined);
      assert.match(lastQuestion(server), /const first = 1;/);
      const open = vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ input }) => input instanceof vscode.TabInputText);
      assert.deepEqual(
        open.map(({ label }) => label),
        [],
        "no editor of its own for the cell",
      );
    },
  ),
  inFolder("an untitled document has them, too", {}, async () => {
    const document = await vscode.workspace.openTextDocument({ language: "typescript", content: CODE });
    assert.ok(titles(await codeActions(document.uri, WHOLE)).includes("Simplify"));
  }),
];
