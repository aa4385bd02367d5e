/** A session of the chat with a server that is a script, real files, and a page that only listens. */

import { join } from "node:path";
import * as vscode from "vscode";
import { estimateTokens, otherWeights } from "../../src/context/tokens.ts";
import { ThreadStore } from "../../src/chat/store.ts";
import { chosenModel } from "../../src/model/chosenModel.ts";
import { RequestLog } from "../../src/model/requestLog.ts";
import { AllChanges } from "../../src/extension/chatAllChanges.ts";
import { BlockChanges } from "../../src/extension/chatApply.ts";
import { BlockNotes } from "../../src/extension/chatBlockNotes.ts";
import { ChatContext } from "../../src/extension/chatContext.ts";
import { chatInstruction } from "../../src/extension/chatInstruction.ts";
import { ChatMentions } from "../../src/extension/chatMentions.ts";
import type { ChatModels, ChatTools } from "../../src/extension/chatPorts.ts";
import type { FromChatPage, ShownTurn, ToChatPage } from "../../src/extension/chatProtocol.ts";
import { ChatSession } from "../../src/extension/chatSession.ts";
import { ChatTerminal } from "../../src/extension/chatTerminal.ts";
import { clock } from "../../src/extension/clock.ts";
import { EditThread } from "../../src/extension/editThread.ts";
import { SecretGate } from "../../src/extension/secretGate.ts";
import { serverBackend } from "../../src/extension/serverBackend.ts";
import { type ChatScript, type ChatServer, startChatServer } from "../support/chatServer.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { type ChatFolder, inFolder } from "./chatFolder.ts";
import { eventually } from "./editor.ts";

export interface ChatRig extends AsyncDisposable {
  readonly session: ChatSession;
  readonly log: RequestLog;
  readonly messages: readonly ToChatPage[];
  /** As the page shows them. */
  readonly turns: () => readonly ShownTurn[];
  readonly say: (message: RigMessage) => Promise<void>;
  /** Resolves with the last answer when it has ended. */
  readonly answer: () => Promise<ShownTurn>;
}

type OfThread = Extract<FromChatPage, { readonly type: "send" | "draft" | "edit" }>;

/** What is written goes to the thread that the page shows, unless another one is named. */
type RigMessage =
  | Exclude<FromChatPage, OfThread>
  | { readonly type: "send"; readonly thread?: string; readonly text: string }
  | { readonly type: "draft"; readonly thread?: string; readonly text: string }
  | { readonly type: "edit"; readonly thread?: string; readonly turn: string; readonly text: string };

export interface RigOptions {
  readonly store?: ThreadStore;
  readonly tools?: ChatTools;
  /** What is known of the model. */
  readonly facts?: Partial<ReturnType<ChatModels["facts"]>>;
  /** The model is opened only then. */
  readonly opening?: Promise<void>;
  /** What is chosen where the user may choose a model. */
  readonly choosing?: Promise<string>;
  /** Of the thread that was shown last; another session with it goes on there. */
  readonly last?: { id: string | undefined };
}

export async function chatRig(folder: ChatFolder, server: ChatServer, options: RigOptions = {}): Promise<ChatRig> {
  const dist = join(vscode.extensions.getExtension("pairwise.pairwise")?.extensionPath ?? "", "dist");
  const log = new RequestLog(Date.now);
  const gate = new SecretGate();
  const thread = new EditThread(join(dist, "editWorker.cjs"), { grammars: join(dist, "grammars") });
  const changes = new BlockChanges(thread, folder.ignored);
  const terminal = new ChatTerminal();
  const context = new ChatContext(folder.ignored, folder.repositories);
  const last = options.last ?? { id: undefined };
  const messages: ToChatPage[] = [];
  const session = new ChatSession({
    store: options.store ?? new ThreadStore(storeFolder(folder), clock),
    models: scriptedModels(server, log, gate, options),
    tools: options.tools ?? noTools,
    ignored: folder.ignored,
    context,
    mentions: new ChatMentions(folder.ignored, folder.repositories),
    instruction: (branch) =>
      chatInstruction(async () => ({ load: async () => undefined, at: () => undefined }), branch),
    blocks: new BlockNotes(changes, terminal, new AllChanges(thread, folder.ignored)),
    last: { get: () => last.id, set: (id) => (last.id = id) },
    lastRequest: () => log.requests.at(-1)?.id,
    showSent: async () => undefined,
    openInEditor: () => undefined,
    now: Date.now,
    onFault: (error) => {
      throw error;
    },
  });
  let turns: readonly ShownTurn[] = [];
  let shown = "";
  const page = (message: ToChatPage): void => {
    messages.push(message);
    if (message.type === "thread") shown = message.id;
    turns = turnsAfter(turns, message);
  };
  session.attach(page);
  await session.hear({ type: "ready" }, page);
  return {
    session,
    log,
    messages,
    turns: () => turns,
    say: (message) =>
      session.hear(
        message.type === "send" || message.type === "draft" || message.type === "edit"
          ? { ...message, thread: message.thread ?? shown }
          : message,
        page,
      ),
    answer: () =>
      eventually("an answer", () => {
        const answer = turns.at(-1);
        return answer?.role === "answer" && answer.state !== "running" && !session.isBusy ? answer : undefined;
      }),
    [Symbol.asyncDispose]: async () => {
      await session.end();
      session.dispose();
      changes.dispose();
      thread.dispose();
      terminal.dispose();
      context.dispose();
      gate.dispose();
    },
  };
}

/** Where the threads of a folder's sessions are kept. */
export function storeFolder({ path }: ChatFolder): string {
  return join(path, ".chat");
}

/** A test with a folder that has these files, and a session whose server answers by the script. */
export function chatting(
  name: string,
  files: Readonly<Record<string, string>>,
  script: (text: string, count: number) => ChatScript,
  use: (rig: ChatRig, server: ChatServer, folder: ChatFolder) => Promise<void>,
): HostTest {
  return inFolder(name, files, async (folder) => {
    await using server = await startChatServer(script);
    await using rig = await chatRig(folder, server);
    await use(rig, server, folder);
  });
}

/** As the page does it. */
function turnsAfter(turns: readonly ShownTurn[], message: ToChatPage): readonly ShownTurn[] {
  switch (message.type) {
    case "thread":
      return message.turns;
    case "append":
      return turns.map((turn) => (turn.id === message.turn ? { ...turn, text: turn.text + message.text } : turn));
    case "turn": {
      const { turn, after } = message;
      if (turns.some(({ id }) => id === turn.id)) return turns.map((each) => (each.id === turn.id ? turn : each));
      return [...turns.slice(0, turns.findIndex(({ id }) => id === after) + 1), turn];
    }
    default:
      return turns;
  }
}

export function scriptedModels(
  server: ChatServer,
  log: RequestLog,
  gate: SecretGate,
  { facts: more, opening, choosing }: RigOptions,
): ChatModels {
  const facts = {
    name: "scripted",
    sees: false,
    callsTools: true,
    isSizeKnown: true,
    isSmall: false,
    contextTokens: 8_000,
    answerTokens: 1_000,
    count: (text: string) => estimateTokens(text, otherWeights.largeVocabulary),
    ...more,
  };
  return {
    standard: "openai/scripted",
    facts: () => facts,
    learn: async () => false,
    async open(reference) {
      await opening;
      const chosen = chosenModel(reference, { openai: server.baseUrl });
      if (chosen.kind !== "server") throw new Error(reference);
      const keys = { get: async () => "test-key", store: async () => undefined, remove: async () => undefined };
      const { model } = await serverBackend(chosen, keys, log, () => gate.open());
      return { ...facts, model };
    },
    choose: async () => choosing,
  };
}

const noTools: ChatTools = {
  definitions: async () => [],
  titleOf: (name) => name,
  aboutOf: () => "",
  needsPermission: () => true,
  allow: () => undefined,
  run: async () => ({ text: "", hasFailed: true, pieces: [] }),
};
