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
import { argumentsIn, MOST_RESULT_CHARS, type OwnCall, ownCall, ownTools, resultText, visible } from "../chat/tools.ts";
import type { ToolCall, ToolDefinition } from "../model/model.ts";
import { settlingAtOnce } from "../model/settlingAtOnce.ts";
import type { ChatContext } from "./chatContext.ts";
import type { FileGate, NotReadReason } from "./chatContextReading.ts";
import { notReadWords } from "./chatContextWords.ts";
import { aboutOthers, allowedNow, failed, othersTools, useOthers } from "./chatOthersTools.ts";
import { isFile } from "./openPlace.ts";
import type { ChatTools, ToolResult } from "./chatPorts.ts";
import { type AllowedTools, isSame } from "./chatToolPermits.ts";
import { findSymbol, searchText } from "./chatToolSearch.ts";
import { confined } from "./confinedFiles.ts";
import { isInnerPath } from "./innerPath.ts";
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
    const [line = ""] = visible([name, ...values.slice(0, 1)].join(" ")).split("\n");
    return line.slice(0, MOST_TITLE_CHARS).toWellFormed();
  }

  aboutOf(name: string): string {
    return aboutOthers(name);
  }

  /** What ours read is what could be attached; of others nobody knows what they do. */
  needsPermission(name: string): boolean {
    if (ownTools.some((tool) => tool.name === name)) return false;
    const now = allowedNow(name);
    // Nobody is asked about what there is not, and nothing is run of it.
    return now !== undefined && !this.#needs.allowed.get().some((tool) => isSame(tool, now));
  }

  allow(name: string): void {
    const { allowed } = this.#needs;
    const now = allowedNow(name);
    if (now) allowed.set([...allowed.get().filter((each) => each.name !== name), now]);
  }

  run(call: ToolCall, signal: AbortSignal): Promise<ToolResult> {
    // Whatever a tool or a language's service does about it.
    return settlingAtOnce(signal, () => this.#run(call, signal));
  }

  async #run({ name, arguments: given }: ToolCall, signal: AbortSignal): Promise<ToolResult> {
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
    return { ...resultOf(pieces, [note]), hasFailed: false };
  }

  async #read(call: Reading, signal: AbortSignal): Promise<ToolResult> {
    const wanted = await attachmentsOf(call);
    if (typeof wanted === "string") return failed(wanted);
    const question = call.name === "search_code" ? call.query : "";
    const mostChars = Math.floor(MOST_RESULT_CHARS / wanted.length);
    const read = await this.#needs.context.read(wanted, { question, mostChars, signal, files: this.#files });
    signal.throwIfAborted();
    const result = resultOf(
      read.flatMap(({ pieces }) => pieces),
      read.flatMap(notReadWords),
    );
    const reasons = read.flatMap(({ notRead }) => notRead.map(({ reason }) => reason));
    const isAnswer = reasons.length > 0 && reasons.every((reason) => NOTHING_THERE.has(reason));
    return isAnswer ? { ...result, hasFailed: false } : result;
  }
}

function resultOf(pieces: readonly UsedPiece[], notes: readonly string[]): ToolResult {
  const texts = pieces.map(({ label, path, line, text }) => `${path ?? label}:${(line ?? 0) + 1}\n${text}`);
  const said = [...texts, ...notes].filter((text) => text !== "").join("\n\n");
  return { text: resultText(said), hasFailed: pieces.length === 0, pieces };
}

/** What is read for a call; a sentence for the model where that can't be. */
async function attachmentsOf(call: Reading): Promise<readonly Attachment[] | string> {
  switch (call.name) {
    case "read_file": {
      const { path, from, to } = call;
      const uri = await fileAt(path);
      if (!uri) return NO_FILE;
      if (from === undefined && to === undefined) return [fileAttachment(uri.toString())];
      const line = (from ?? 1) - 1;
      return [selectionAttachment(uri.toString(), { line, endLine: Math.max(line + 1, to ?? line + MOST_LINES) })];
    }
    case "list_folder": {
      const folders = call.path === "" ? roots() : await foldersAt(call.path);
      return folders.length > 0 ? folders.map((uri) => folderAttachment(uri.toString())) : NO_FOLDER;
    }
    case "search_code":
      return [codebaseAttachment];
    case "list_problems": {
      if (call.path === "") return [problemsAttachment()];
      const uri = await fileAt(call.path);
      return uri ? [problemsAttachment(uri.toString())] : NO_FILE;
    }
    case "show_changes":
      return [changesAttachment];
  }
}

async function fileAt(path: string): Promise<vscode.Uri | undefined> {
  for (const uri of places(path)) if (await isFile(uri)) return uri;
  return undefined;
}

function roots(): readonly vscode.Uri[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
}

/** In a workspace of several folders there may be one in each. */
async function foldersAt(path: string): Promise<readonly vscode.Uri[]> {
  const found = await Promise.all(places(path).map(async (uri) => ((await isFolder(uri)) ? [uri] : [])));
  return found.flat();
}

/** Of several workspace folders models also write the name first, as the listing of all of them has it. */
function places(path: string): readonly vscode.Uri[] {
  const [name, ...rest] = path.split("/");
  const below = rest.join("/");
  const named = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.name === name);
  const inside = rest.length === 0 || isInnerPath(below) ? named : [];
  return [...workspacePlaces(path), ...inside.map(({ uri }) => vscode.Uri.joinPath(uri, below))];
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.Directory) !== 0,
    () => false,
  );
}

/** That there is nothing is what was asked for, and no failure. */
const NOTHING_THERE: ReadonlySet<NotReadReason> = new Set([
  "no-problems",
  "no-changes",
  "no-git",
  "no-repository",
  "nothing-found",
  "empty",
]);
const NO_FOLDER = "There is no such folder in the workspace.";
const NO_FILE = "There is no such file in the workspace.";
const MOST_LINES = 400;
const MOST_TITLE_CHARS = 200;
