/** Refactorings with a server that is a script, and real files, editors and previews. */

import { join } from "node:path";
import * as vscode from "vscode";
import { RequestLog } from "../../src/model/requestLog.ts";
import { ShownEdits } from "../../src/extension/editPreviews.ts";
import { EDIT_SCHEME } from "../../src/extension/editTabs.ts";
import { EditRunner } from "../../src/extension/editRunner.ts";
import { EditThread } from "../../src/extension/editThread.ts";
import { RefactorModel } from "../../src/extension/refactorModel.ts";
import { SecretGate } from "../../src/extension/secretGate.ts";
import { type ChatScript, type ChatServer, startChatServer } from "../support/chatServer.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { type ChatFolder, inFolder } from "./chatFolder.ts";
import { type RigOptions, scriptedModels } from "./chatRig.ts";
import { eventually } from "./editor.ts";

export interface RefactorRig {
  readonly model: RefactorModel;
  readonly editor: EditRunner;
  readonly previews: ShownEdits;
  readonly log: RequestLog;
  readonly server: ChatServer;
  readonly folder: ChatFolder;
}

/** A test with a folder that has these files, and an editor whose server answers by the script. */
export function refactoring(
  name: string,
  files: Readonly<Record<string, string>>,
  script: (text: string, count: number) => ChatScript,
  use: (rig: RefactorRig) => Promise<void>,
  options: RigOptions = {},
): HostTest {
  return inFolder(name, files, async (folder) => {
    await using server = await startChatServer(script);
    const dist = join(vscode.extensions.getExtension("pairwise.pairwise")?.extensionPath ?? "", "dist");
    const gate = new SecretGate();
    const thread = new EditThread(join(dist, "editWorker.cjs"), { grammars: join(dist, "grammars") });
    const log = new RequestLog(Date.now);
    const model = new RefactorModel(scriptedModels(server, log, gate, options));
    const previews = new ShownEdits();
    const nothing = { error: () => undefined };
    const editor = new EditRunner({ model, previews, thread, ignored: folder.ignored, log: nothing });
    try {
      await use({ model, editor, previews, log, server, folder });
    } finally {
      previews.dispose();
      thread.dispose();
      gate.dispose();
    }
  });
}

/** The text that shows what the file in front may become; `undefined` where none is in front. */
function shownPreview(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.uri.scheme === EDIT_SCHEME ? document : undefined;
}

/** Resolves with its text when the preview in front has these words in it. */
export function previewWith(words: string): Promise<string> {
  return eventually(`a preview with ${words}`, () => {
    const text = shownPreview()?.getText();
    return text?.includes(words) ? text : undefined;
  });
}

/** The titles of what stands above the preview in front. */
export async function lensTitles(): Promise<readonly string[]> {
  const uri = shownPreview()?.uri;
  if (!uri) return [];
  const command = "vscode.executeCodeLensProvider";
  const lenses = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>(command, uri);
  return lenses.map(({ command }) => command?.title ?? "");
}

/** All previews are gone. */
export function noPreview(): Promise<true> {
  return eventually("no preview", () => {
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
    const isThere = tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === EDIT_SCHEME);
    return isThere ? undefined : true;
  });
}

/**
 * While this runs every warning is told here and answered with this button, where it has it, and every input with
 * "otherwise"; what is said in the status bar is in the second list.
 */
export async function withMessages(
  button: string | undefined,
  use: (told: readonly string[], said: readonly string[]) => Promise<void>,
) {
  const window = vscode.window as unknown as Record<string, unknown>;
  const { showWarningMessage, showInputBox, setStatusBarMessage } = window;
  const told: string[] = [];
  const said: string[] = [];
  window["showWarningMessage"] = async (words: string, ...buttons: readonly string[]) => {
    told.push(words);
    return buttons.find((each) => each === button);
  };
  window["setStatusBarMessage"] = (words: string) => {
    said.push(words);
    return new vscode.Disposable(() => {});
  };
  window["showInputBox"] = async () => "otherwise";
  try {
    await use(told, said);
  } finally {
    Object.assign(window, { showWarningMessage, showInputBox, setStatusBarMessage });
  }
}
