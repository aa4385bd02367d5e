/** Puts the chat together. Loaded when it is first opened. */

import { join } from "node:path";
import * as vscode from "vscode";
import { ThreadStore } from "../chat/store.ts";
import type { RequestLog } from "../model/requestLog.ts";
import { asError } from "./asError.ts";
import { AllChanges } from "./chatAllChanges.ts";
import { BlockChanges } from "./chatApply.ts";
import { BlockNotes } from "./chatBlockNotes.ts";
import { ChatContext } from "./chatContext.ts";
import { chatInstruction } from "./chatInstruction.ts";
import { ChatMentions } from "./chatMentions.ts";
import type { ChatModels } from "./chatPorts.ts";
import { ChatSession } from "./chatSession.ts";
import { allowedTools } from "./chatToolPermits.ts";
import { WorkspaceTools } from "./chatTools.ts";
import type { ChatTerminal } from "./chatTerminal.ts";
import { ChatView } from "./chatView.ts";
import { clock } from "./clock.ts";
import type { EditThread } from "./editThread.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import type { Lazy } from "./lazy.ts";
import type { PromptFiles } from "./promptFiles.ts";
import type { Repositories } from "./repositories.ts";
import type { SentView } from "./sentView.ts";
import type { TerminalOutput } from "./terminalOutput.ts";

interface Needs {
  readonly context: vscode.ExtensionContext;
  readonly models: ChatModels;
  readonly thread: EditThread;
  readonly ignored: IgnoredFiles;
  readonly repositories: Repositories;
  readonly prompts: Lazy<PromptFiles>;
  readonly requestLog: RequestLog;
  readonly sentView: Lazy<SentView>;
  readonly terminal: ChatTerminal;
  readonly terminals: TerminalOutput;
  readonly log: vscode.LogOutputChannel;
}

export function makeChat(needs: Needs): ChatView {
  const { context, models, thread, ignored, repositories, prompts, requestLog, sentView, terminal, terminals, log } =
    needs;
  const folder = context.storageUri?.fsPath;
  const store = new ThreadStore(folder === undefined ? undefined : join(folder, "chat"), clock);
  store.onDidHappen((event) => {
    // Not what was asked.
    log.info(`chat: ${event.kind}`);
    if (event.kind === "keeping" && event.keeping.kind === "memory") tellNotKept(event.keeping.code);
  });
  const changes = new BlockChanges(thread, ignored);
  const seen = new ChatContext(ignored, repositories, terminals);
  const session = new ChatSession({
    store,
    models,
    tools: new WorkspaceTools({
      context: seen,
      ignored,
      repositories,
      allowed: allowedTools(context.workspaceState),
    }),
    ignored,
    context: seen,
    mentions: new ChatMentions(ignored, repositories),
    instruction: (branch) => chatInstruction(() => prompts.get(), branch),
    blocks: new BlockNotes(changes, terminal, new AllChanges(thread, ignored)),
    last: {
      get: () => context.workspaceState.get<string>(LAST),
      set: (id) => void context.workspaceState.update(LAST, id),
    },
    lastRequest: () => requestLog.requests.findLast(({ purpose }) => purpose === "chat")?.id,
    showSent: async (request) => (await sentView.get()).show(request),
    openInEditor: () => view.openInEditor(),
    now: Date.now,
    onFault: (error) => log.error(asError(error)),
  });
  const view = new ChatView(context.extensionUri, session, changes, [seen]);
  return view;
}

function tellNotKept(code: string | undefined): void {
  const words = vscode.l10n.t(
    "The chat's threads can't be written to the disk ({0}). They are tried again; until then closing the window loses them.",
    code ?? "?",
  );
  void vscode.window.showWarningMessage(words);
}

/** In the workspace's state: the thread that was shown last. */
const LAST = "chat.thread";
