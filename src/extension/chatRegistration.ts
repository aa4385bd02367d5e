import * as vscode from "vscode";
import type { ChatView } from "./chatView.ts";
import { commands, views } from "./contributions.ts";
import type { Lazy } from "./lazy.ts";

/** Registers the view and the commands; nothing else is loaded before one of them is used. */
export function registerChat(chat: Lazy<ChatView>, state: vscode.Memento): vscode.Disposable[] {
  return [
    vscode.window.registerWebviewViewProvider(views.chat, {
      resolveWebviewView: async (view) => (await chat.get()).resolve(view),
    }),
    vscode.window.registerWebviewPanelSerializer(views.chatEditor, {
      deserializeWebviewPanel: async (panel) => (await chat.get()).restore(panel),
    }),
    vscode.commands.registerCommand(commands.chat, async () => (await chat.get()).focus()),
    vscode.commands.registerCommand(commands.newThread, async () => {
      const view = await chat.get();
      await view.focus();
      await view.session.newThread();
    }),
    vscode.commands.registerCommand(commands.askSelection, async () => {
      const view = await chat.get();
      await view.session.attachSelection();
      await view.focus();
    }),
    vscode.commands.registerCommand(commands.chatInEditor, async () => (await chat.get()).openInEditor()),
    vscode.commands.registerCommand(commands.reviewTools, async () => {
      const { allowedTools, reviewAllowedTools } = await import("./chatToolPermits.ts");
      await reviewAllowedTools(allowedTools(state));
    }),
    vscode.commands.registerCommand(commands.acceptChange, async (uri: unknown) => {
      await (await chat.get()).changes.settle(uri, true);
    }),
    vscode.commands.registerCommand(commands.rejectChange, async (uri: unknown) => {
      await (await chat.get()).changes.settle(uri, false);
    }),
  ];
}
