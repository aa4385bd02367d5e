import { join } from "node:path";
import type * as vscode from "vscode";
import type { RequestLog } from "../model/requestLog.ts";
import { registerChat } from "./chatRegistration.ts";
import type { ChatView } from "./chatView.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import { Lazy } from "./lazy.ts";
import type { ModelSource } from "./modelSource.ts";
import type { PromptFiles } from "./promptFiles.ts";
import type { Refactorings } from "./refactorParts.ts";
import { registerRefactorings } from "./refactorRegistration.ts";
import type { Repositories } from "./repositories.ts";
import type { OpenGate } from "./secretGate.ts";
import type { Keys } from "./secrets.ts";
import type { SentView } from "./sentView.ts";
import type { OpenRecorder } from "./spending.ts";
import { registerTerminalHelp } from "./terminalHelp.ts";
import { TerminalOutput } from "./terminalOutput.ts";

interface Needs {
  readonly context: vscode.ExtensionContext;
  readonly keys: Keys;
  readonly ignored: IgnoredFiles;
  readonly repositories: Repositories;
  readonly prompts: Lazy<PromptFiles>;
  readonly requestLog: RequestLog;
  readonly sentView: Lazy<SentView>;
  readonly recorderFor: OpenRecorder;
  readonly openGate: OpenGate;
  readonly models: Pick<ModelSource, "onDidReset">;
  readonly log: vscode.LogOutputChannel;
}

/**
 * The chat, the refactorings and what helps in a terminal: they share their models, the thread that changes files and the
 * terminals, and are made when one of them is first asked for.
 */
export function registerAssistant(needs: Needs): { chat: Lazy<ChatView>; disposables: vscode.Disposable[] } {
  const { context, ignored, repositories, prompts, requestLog, sentView, log } = needs;
  const models = new Lazy(async () => {
    const { OpenChatModels } = await import("./chatModels.ts");
    const { keys, recorderFor, openGate } = needs;
    return new OpenChatModels({ context, keys, recorderFor, gate: openGate, onDidReset: needs.models.onDidReset });
  });
  const thread = new Lazy(async () => {
    const { EditThread } = await import("./editThread.ts");
    const grammars = context.asAbsolutePath(join("dist", "grammars"));
    return new EditThread(context.asAbsolutePath(join("dist", "editWorker.cjs")), { grammars });
  });
  const terminals = new TerminalOutput();
  const terminal = new Lazy(async () => new (await import("./chatTerminal.ts")).ChatTerminal());
  const chat = new Lazy<ChatView>(async () => {
    const { makeChat } = await import("./chatParts.ts");
    const [open, changer, own] = await Promise.all([models.get(), thread.get(), terminal.get()]);
    const shared = { context, models: open, thread: changer, terminal: own, terminals, ignored, repositories };
    return makeChat({ ...shared, prompts, requestLog, sentView, log });
  });
  const refactorings = new Lazy<Refactorings>(async () => {
    const { makeRefactorings } = await import("./refactorParts.ts");
    const [open, changer] = await Promise.all([models.get(), thread.get()]);
    const ask = async (question: string): Promise<void> => (await chat.get()).ask(question);
    return makeRefactorings({ context, models: open, thread: changer, ignored, log, ask });
  });
  const disposables = [
    chat,
    models,
    thread,
    terminals,
    terminal,
    ...registerChat(chat, context.workspaceState),
    ...registerRefactorings(refactorings, ignored),
    ...registerTerminalHelp({ refactorings, chat, terminals, terminal, ignored }),
  ];
  return { chat, disposables };
}
