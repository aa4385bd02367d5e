/** What a model may do itself: look at the workspace, and use tools that other extensions and MCP servers bring to VS Code. */

import * as vscode from "vscode";
import {
  changesAttachment,
  codebaseAttachment,
  fileAttachment,
  folderAttachment,
  problemsAttachment,
  selectionAttachment,
} from "../chat/attachments.ts";
import type { Attachment, UsedPiece } from "../chat/conversation.ts";
import { argumentsIn, MOST_RESULT_CHARS, type OwnCall, ownCall, ownTools, resultText } from "../chat/tools.ts";
import type { ToolCall, ToolDefinition } from "../model/model.ts";
import { withToken } from "./cancellation.ts";
import type { ChatContext } from "./chatContext.ts";
import type { FileGate } from "./chatContextReading.ts";
import { notReadWords } from "./chatContextWords.ts";
import { isFile } from "./openPlace.ts";
import type { ChatTools, ToolResult } from "./chatPorts.ts";
import type { AllowedTools } from "./chatToolPermits.ts";
import { findSymbol, searchText } from "./chatToolSearch.ts";
import { confined } from "./confinedFiles.ts";
import type { Repositories } from "./repositories.ts";
import { workspacePlaces } from "./workspacePlaces.ts";

interface ToolNeeds {
  readonly context: Pick<ChatContext, "read">;
  readonly ignored: FileGate;
  readonly repositories: Pick<Repositories, "ask">;
  readonly allowed: AllowedTools;
}

type Searching = Extract<OwnCall, { readonly name: "search_text" | "find_symbol" }>;
type Reading = Exclude<OwnCall, Searching>;

export class WorkspaceTools implements ChatTools {
  readonly #needs: ToolNeeds;
  readonly #files: FileGate;

  constructor(needs: ToolNeeds) {
    this.#needs = needs;
    this.#files = confined(needs.ignored);
  }

  async definitions(): Promise<readonly ToolDefinition[]> {
    const others = othersTools().map(({ name, description, inputSchema }) => ({
      name,
      description,
      parameters: (inputSchema ?? { type: "object", properties: {} }) as ToolDefinition["parameters"],
    }));
    return [...ownTools, ...others];
  }

  titleOf(name: string, given: string): string {
    const values = Object.values(argumentsIn(given) ?? {}).filter((value) => typeof value === "string" && value !== "");
    return [name, ...values.slice(0, 1)].join(" ");
  }

  /** What ours read is what could be attached; of others nobody knows what they do. */
  needsPermission(name: string): boolean {
    return !ownTools.some((tool) => tool.name === name) && !this.#needs.allowed.get().includes(name);
  }

  allow(name: string): void {
    const { allowed } = this.#needs;
    allowed.set([...allowed.get().filter((each) => each !== name), name]);
  }

  async run({ name, arguments: given }: ToolCall, signal: AbortSignal): Promise<ToolResult> {
    const call = ownCall(name, given);
    if (typeof call === "string") return failed(call);
    if (call?.name === "search_text" || call?.name === "find_symbol") return this.#search(call, signal);
    return call ? this.#read(call, signal) : useOthers(name, given, signal);
  }

  async #search(call: Searching, signal: AbortSignal): Promise<ToolResult> {
    const { pieces, note } =
      call.name === "search_text"
        ? await searchText(call.text, this.#files, signal)
        : await findSymbol(call.symbol, this.#files, this.#needs.repositories, signal);
    return resultOf(pieces, [note]);
  }

  async #read(call: Reading, signal: AbortSignal): Promise<ToolResult> {
    const wanted = await attachmentOf(call);
    if (typeof wanted === "string") return failed(wanted);
    const question = call.name === "search_code" ? call.query : "";
    const options = { question, mostChars: MOST_RESULT_CHARS, signal, files: this.#files };
    const [read] = await this.#needs.context.read([wanted], options);
    signal.throwIfAborted();
    return resultOf(read?.pieces ?? [], read ? notReadWords(read) : []);
  }
}

function resultOf(pieces: readonly UsedPiece[], notes: readonly string[]): ToolResult {
  const texts = pieces.map(({ label, path, line, text }) => `${path ?? label}:${(line ?? 0) + 1}\n${text}`);
  const said = [...texts, ...notes].filter((text) => text !== "").join("\n\n");
  return { text: resultText(said), hasFailed: pieces.length === 0, pieces };
}

/** What is read for a call; a sentence for the model where that can't be. */
async function attachmentOf(call: Reading): Promise<Attachment | string> {
  switch (call.name) {
    case "read_file": {
      const { path, from, to } = call;
      const uri = await fileAt(path);
      if (!uri) return NO_FILE;
      if (from === undefined && to === undefined) return fileAttachment(uri.toString());
      const line = (from ?? 1) - 1;
      return selectionAttachment(uri.toString(), { line, endLine: Math.max(line + 1, to ?? line + MOST_LINES) });
    }
    case "list_folder": {
      const [first] = vscode.workspace.workspaceFolders ?? [];
      const uri = call.path === "" ? first?.uri : workspacePlaces(call.path)[0];
      return uri ? folderAttachment(uri.toString()) : "There is no such folder in the workspace.";
    }
    case "search_code":
      return codebaseAttachment;
    case "list_problems": {
      if (call.path === "") return problemsAttachment();
      const uri = await fileAt(call.path);
      return uri ? problemsAttachment(uri.toString()) : NO_FILE;
    }
    case "show_changes":
      return changesAttachment;
  }
}

/** Tools of other extensions, and of MCP servers, which VS Code has among them. */
async function useOthers(name: string, given: string, signal: AbortSignal): Promise<ToolResult> {
  const input = argumentsIn(given);
  if (!input) return failed("The arguments are no JSON object.");
  if (!othersTools().some((tool) => tool.name === name)) return failed(`There is no tool ${name}.`);
  try {
    const options = { input, toolInvocationToken: undefined };
    const { content } = await withToken(signal, (token) => vscode.lm.invokeTool(name, options, token));
    signal.throwIfAborted();
    const texts = content.flatMap((part) => (part instanceof vscode.LanguageModelTextPart ? [part.value] : []));
    return { text: resultText(texts.join("\n")), hasFailed: false, pieces: [] };
  } catch (error) {
    signal.throwIfAborted();
    return failed(error instanceof Error ? error.message : String(error));
  }
}

/** Those that VS Code brings for its own chat, such as for its terminal, do its work, and not that of others. */
function othersTools(): readonly vscode.LanguageModelToolInformation[] {
  const all = vscode.lm.tools.filter(
    ({ name }) => !VS_CODES.test(name) && !ownTools.some((tool) => tool.name === name),
  );
  // Newer versions tell which extension or server a tool is of, and nothing of their own.
  const withSource = all.filter((tool) => "source" in tool && tool.source);
  return (withSource.length > 0 ? withSource : all).slice(0, MOST_OTHERS);
}

async function fileAt(path: string): Promise<vscode.Uri | undefined> {
  for (const uri of workspacePlaces(path)) if (await isFile(uri)) return uri;
  return undefined;
}

function failed(text: string): ToolResult {
  return { text: resultText(text), hasFailed: true, pieces: [] };
}

const NO_FILE = "There is no such file in the workspace.";
const MOST_LINES = 400;
const MOST_OTHERS = 32;
/** By the names of 1.101 to 1.139. */
const VS_CODES =
  /^(?:copilot_|vscode_|inline_chat_|terminal_|run_in_terminal$|(?:create_and_)?run_task$)|_(?:terminal|terminal_output|task_output)$/i;
