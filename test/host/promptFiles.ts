import assert from "node:assert/strict";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import type { ModelServer } from "../support/modelServer.ts";
import { closeAll, eventually } from "./editor.ts";
import { openAtEnd } from "./files.ts";
import { rowOf } from "./spending.ts";
import { withServer } from "./suggestions.ts";

const BUILT_IN = "You complete code in an editor.";
const CODE = "export function add(a: number, b: number): number {\n  return ";
const promptOf = (words: string): string => `# system\n${words}\n# user\n{{before}}{{hole}}{{after}}\n`;

interface Scene {
  readonly server: ModelServer;
  /** A file of the workspace, with the caret in it. */
  readonly code: vscode.Uri;
  /** Of the repository. */
  readonly promptPath: string;
  /** The user's prompt file, made and shown beside the code. */
  editMine(): Promise<vscode.TextEditor>;
}

function withPrompts(name: string, body: (scene: Scene) => Promise<void>): HostTest {
  return withServer(name, async (server) => {
    const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(workspace);
    const code = join(workspace, "prompted.ts");
    const promptPath = join(workspace, ".pairwise", "prompts", "suggestion.md");
    writeFileSync(code, CODE);
    let mine: vscode.Uri | undefined;
    const editMine = async (): Promise<vscode.TextEditor> => {
      await vscode.commands.executeCommand("pairwise.editPrompt", "user");
      const editor = vscode.window.activeTextEditor;
      assert.match(editor?.document.uri.path ?? "", /\/prompts\/suggestion\.md$/);
      assert.ok(editor);
      mine = editor.document.uri;
      return editor;
    };
    try {
      await body({ server, code: vscode.Uri.file(code), promptPath, editMine });
    } finally {
      await closeAll();
      if (mine) rmSync(dirname(mine.fsPath), { recursive: true, force: true });
      rmSync(join(workspace, ".pairwise"), { recursive: true, force: true });
      rmSync(code);
    }
  });
}

/** Asks at the end of the code until the model is told `words`. */
async function toldIn({ server, code }: Scene, words: string): Promise<void> {
  await openAtEnd(code);
  await eventually(`a request with ${words}`, async () => {
    await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
    // Another place at each look: an answer that is known is not asked for.
    await vscode.commands.executeCommand("type", { text: "x" });
    const before = server.requests.length;
    await vscode.commands.executeCommand("pairwise.suggest");
    const body = await eventually("a request", () => server.requests.slice(before).at(-1)?.body);
    return body.includes(words) ? true : undefined;
  });
}

async function write(editor: vscode.TextEditor, text: string): Promise<void> {
  const all = new vscode.Range(0, 0, editor.document.lineCount, 0);
  assert.ok(await editor.edit((edit) => edit.replace(all, text)));
}

export const promptFileTests: readonly HostTest[] = [
  withPrompts(
    "the user's prompt file, once saved, is what a chat model is told, and reset the built-in one is",
    async (scene) => {
      await toldIn(scene, BUILT_IN);
      const editor = await scene.editMine();
      assert.ok(editor.document.getText().includes(BUILT_IN), "made of the built-in text");
      assert.deepEqual(vscode.languages.getDiagnostics(editor.document.uri), []);
      await write(editor, promptOf("Be terse, mine."));
      await toldIn(scene, BUILT_IN);
      assert.ok(await editor.document.save());
      await toldIn(scene, "Be terse, mine.");
      await vscode.commands.executeCommand("pairwise.resetPrompt", "user");
      assert.ok(!existsSync(editor.document.uri.fsPath));
      await toldIn(scene, BUILT_IN);
    },
  ),
  withPrompts("a broken prompt file is not used, its lines say why, and the built-in one is used", async (scene) => {
    const editor = await scene.editMine();
    await write(editor, "# system\nWrite {{code}}, broken.\n# user\n{{before}}\n");
    const { uri } = editor.document;
    const found = await eventually("squiggles", () => {
      const all = vscode.languages.getDiagnostics(uri);
      return all.length > 0 ? all : undefined;
    });
    assert.deepEqual(
      found.map(({ range, source }) => [range.start.line, source]),
      [
        [1, "Pairwise"],
        [2, "Pairwise"],
      ],
    );
    assert.ok(await editor.document.save());
    await toldIn(scene, BUILT_IN);
    assert.ok(scene.server.requests.every(({ body }) => !body.includes("broken")));
    await closeAll();
    await eventually("an end of the squiggles", () =>
      vscode.languages.getDiagnostics(uri).length === 0 ? true : undefined,
    );
  }),
  withPrompts(
    "a trusted repository's prompt file is used before the user's, also when it comes from elsewhere",
    async (scene) => {
      assert.ok(vscode.workspace.isTrusted);
      const editor = await scene.editMine();
      await write(editor, promptOf("Be terse, mine."));
      assert.ok(await editor.document.save());
      await toldIn(scene, "Be terse, mine.");
      mkdirSync(dirname(scene.promptPath), { recursive: true });
      writeFileSync(scene.promptPath, promptOf("As the repository says."));
      await toldIn(scene, "As the repository says.");
      rmSync(dirname(dirname(scene.promptPath)), { recursive: true });
      await toldIn(scene, "Be terse, mine.");
    },
  ),
  withPrompts("Try Prompt asks once by each prompt about what is selected, and shows both answers", async (scene) => {
    const { server } = scene;
    const code = await openAtEnd(scene.code);
    const start = new vscode.Position(0, "export ".length);
    code.selection = new vscode.Selection(start, start.translate(0, "function".length));
    const editor = await scene.editMine();
    await write(editor, promptOf("Be terse, not saved."));
    const before = server.requests.length;
    await vscode.commands.executeCommand("pairwise.tryPrompt");
    const bodies = server.requests.slice(before).map(({ body }) => body);
    assert.equal(bodies.length, 2);
    assert.ok(bodies[0]?.includes(BUILT_IN));
    assert.ok(bodies[1]?.includes("Be terse, not saved."));
    for (const body of bodies) assert.match(body, /export <HOLE> add\(/);
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    assert.ok(input instanceof vscode.TabInputTextDiff);
    for (const uri of [input.original, input.modified]) {
      const text = (await vscode.workspace.openTextDocument(uri)).getText();
      assert.match(text, /a \+ b;/);
      assert.match(text, /\nfunction\n/);
    }
    assert.match(await rowOf("Trial of a prompt"), /^\| Trial of a prompt \| [^|]+ \| 2 \|/);
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  }),
];
