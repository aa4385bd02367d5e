/** Puts the chat together. Loaded when it is first opened. */

import { join } from "node:path";
import * as vscode from "vscode";
import { ThreadStore } from "../chat/store.ts";
import type { RequestLog } from "../model/requestLog.ts";
import { BlockChanges } from "./chatApply.ts";
import { BlockNotes } from "./chatBlockNotes.ts";
import { ChatContext } from "./chatContext.ts";
import { chatInstruction } from "./chatInstruction.ts";
import { ChatMentions } from "./chatMentions.ts";
import type { ChatModels, ChatTools } from "./chatPorts.ts";
import { ChatSession } from "./chatSession.ts";
import { ChatView } from "./chatView.ts";
import { clock } from "./clock.ts";
import { EditThread } from "./editThread.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import type { Lazy } from "./lazy.ts";
import type { PromptFiles } from "./promptFiles.ts";
import type { Repositories } from "./repositories.ts";
import type { SentView } from "./sentView.ts";

interface Needs {
  readonly context: vscode.ExtensionContext;
  readonly ignored: IgnoredFiles;
  readonly repositories: Repositories;
  readonly prompts: Lazy<PromptFiles>;
  readonly requestLog: RequestLog;
  readonly sentView: Lazy<SentView>;
  readonly models: ChatModels;
  readonly tools: ChatTools;
  readonly log: vscode.LogOutputChannel;
}

export function makeChat({
  context,
  ignored,
  repositories,
  prompts,
  requestLog,
  sentView,
  models,
  tools,
  log,
}: Needs): ChatView {
  const folder = context.storageUri?.fsPath;
  const store = new ThreadStore(folder === undefined ? undefined : join(folder, "chat"), clock);
  store.onDidHappen((event) => log.info(`chat: ${JSON.stringify(event)}`));
  const grammars = context.asAbsolutePath(join("dist", "grammars"));
  const changes = new BlockChanges(
    new EditThread(context.asAbsolutePath(join("dist", "editWorker.cjs")), { grammars }),
  );
  const seen = new ChatContext(ignored, repositories);
  const session = new ChatSession({
    store,
    models,
    tools,
    ignored,
    context: seen,
    mentions: new ChatMentions(ignored, repositories),
    instruction: (branch) => chatInstruction(() => prompts.get(), branch),
    blocks: new BlockNotes(changes),
    last: {
      get: () => context.workspaceState.get<string>(LAST),
      set: (id) => void context.workspaceState.update(LAST, id),
    },
    lastRequest: () => requestLog.requests.findLast(({ purpose }) => purpose === "chat")?.id,
    showSent: async (request) => (await sentView.get()).show(request),
    openInEditor: () => view.openInEditor(),
    now: Date.now,
    onFault: (error) => log.error(error instanceof Error ? error : new Error(String(error))),
  });
  const view = new ChatView(context.extensionUri, session, changes, [seen]);
  return view;
}

/** In the workspace's state: the thread that was shown last. */
const LAST = "chat.thread";
