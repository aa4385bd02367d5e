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
import type { Attachment } from "../chat/conversation.ts";
import type { ToolCall, ToolDefinition } from "../model/model.ts";
import { withToken } from "./cancellation.ts";
import type { ChatContext } from "./chatContext.ts";
import { notReadWords } from "./chatContextWords.ts";
import { isFile } from "./chatLinks.ts";
import type { ChatTools, ToolResult } from "./chatPorts.ts";
import { workspacePlaces } from "./workspacePlaces.ts";

/** Where it is kept what need not be asked any more. */
export interface AllowedTools {
  get(): readonly string[];
  set(names: readonly string[]): void;
}

type Given = Readonly<Record<string, unknown>>;

interface OwnTool extends ToolDefinition {
  /** What is read for it; a sentence for the model where that can't be. */
  readonly attachment: (given: Given) => Promise<Attachment | string>;
}

export class WorkspaceTools implements ChatTools {
  readonly #context: Pick<ChatContext, "read">;
  readonly #allowed: AllowedTools;

  constructor(context: Pick<ChatContext, "read">, allowed: AllowedTools) {
    this.#context = context;
    this.#allowed = allowed;
  }

  async definitions(): Promise<readonly ToolDefinition[]> {
    const own = ownTools.map(({ name, description, parameters }) => ({ name, description, parameters }));
    const others = othersTools().map(({ name, description, inputSchema }) => ({
      name,
      description,
      parameters: (inputSchema ?? { type: "object", properties: {} }) as ToolDefinition["parameters"],
    }));
    return [...own, ...others];
  }

  titleOf(name: string, given: string): string {
    const values = Object.values(parsed(given) ?? {}).filter((value) => typeof value === "string" && value !== "");
    return [name, ...values.slice(0, 1)].join(" ");
  }

  /** What ours read is what could be attached; of others nobody knows what they do. */
  needsPermission(name: string): boolean {
    return !ownTools.some((tool) => tool.name === name) && !this.#allowed.get().includes(name);
  }

  allow(name: string): void {
    this.#allowed.set([...this.#allowed.get().filter((each) => each !== name), name]);
  }

  async run({ name, arguments: given }: ToolCall, signal: AbortSignal): Promise<ToolResult> {
    const values = parsed(given);
    if (!values) return failed("The arguments are no JSON object.");
    const own = ownTools.find((tool) => tool.name === name);
    if (own) return this.#read(own, values, signal);
    if (!othersTools().some((tool) => tool.name === name)) return failed(`There is no tool ${name}.`);
    try {
      const input = { input: values, toolInvocationToken: undefined };
      const { content } = await withToken(signal, (token) => vscode.lm.invokeTool(name, input, token));
      const texts = content.flatMap((part) => (part instanceof vscode.LanguageModelTextPart ? [part.value] : []));
      return { text: cut(texts.join("\n")), hasFailed: false, pieces: [] };
    } catch (error) {
      signal.throwIfAborted();
      return failed(error instanceof Error ? error.message : String(error));
    }
  }

  async #read({ attachment }: OwnTool, given: Given, signal: AbortSignal): Promise<ToolResult> {
    const wanted = await attachment(given);
    if (typeof wanted === "string") return failed(wanted);
    const question = textIn(given, "query");
    const [read] = await this.#context.read([wanted], { question, mostChars: MOST_CHARS, signal });
    signal.throwIfAborted();
    const pieces = read?.pieces ?? [];
    const notes = read ? notReadWords(read) : [];
    const texts = pieces.map(({ label, path, line, text }) => `${path ?? label}:${(line ?? 0) + 1}\n${text}`);
    return { text: cut([...texts, ...notes].join("\n\n")), hasFailed: pieces.length === 0, pieces };
  }
}

const ownTools: readonly OwnTool[] = [
  {
    name: "read_file",
    description: "Reads a text file of the workspace, or some lines of it.",
    parameters: objectOf({ path: "Relative to the workspace folder, with /." }, ["path"], {
      from: "The first line, from 1.",
      to: "The last line.",
    }),
    attachment: async (given) => {
      const uri = await fileAt(textIn(given, "path"));
      if (!uri) return "There is no such file in the workspace.";
      const [from, to] = [numberIn(given, "from"), numberIn(given, "to")];
      if (from === undefined && to === undefined) return fileAttachment(uri.toString());
      const line = Math.max(0, (from ?? 1) - 1);
      return selectionAttachment(uri.toString(), { line, endLine: Math.max(line + 1, to ?? line + MOST_LINES) });
    },
  },
  {
    name: "list_folder",
    description: "Lists what is in a folder of the workspace, with small files and the definitions of larger ones.",
    parameters: objectOf({ path: "Relative to the workspace folder, with /. Empty for all of it." }, ["path"]),
    attachment: async (given) => {
      const path = textIn(given, "path").replace(/\/+$/, "");
      const [first] = vscode.workspace.workspaceFolders ?? [];
      const uri = path === "" || path === "." ? first?.uri : workspacePlaces(path)[0];
      return uri ? folderAttachment(uri.toString()) : "There is no such folder in the workspace.";
    },
  },
  {
    name: "search_code",
    description: "Searches the workspace's code for what some words mean: names, and words in code and comments.",
    parameters: objectOf({ query: "What is looked for." }, ["query"]),
    attachment: async () => codebaseAttachment,
  },
  {
    name: "list_problems",
    description: "Lists the errors and warnings that the editor shows, of a file or of the workspace.",
    parameters: objectOf({ path: "Relative to the workspace folder, with /. Empty for all files." }, []),
    attachment: async (given) => {
      const path = textIn(given, "path");
      if (path === "") return problemsAttachment();
      const uri = await fileAt(path);
      return uri ? problemsAttachment(uri.toString()) : "There is no such file in the workspace.";
    },
  },
  {
    name: "show_changes",
    description: "Shows what has changed in the workspace since the last commit, as a diff.",
    parameters: objectOf({}, []),
    attachment: async () => changesAttachment,
  },
];

function objectOf(
  texts: Readonly<Record<string, string>>,
  required: readonly string[],
  numbers: Readonly<Record<string, string>> = {},
): ToolDefinition["parameters"] {
  const typed = (type: string) => (entry: readonly [string, string]) =>
    [entry[0], { type, description: entry[1] }] as const;
  const properties = [...Object.entries(texts).map(typed("string")), ...Object.entries(numbers).map(typed("integer"))];
  return { type: "object", properties: Object.fromEntries(properties), required };
}

/** Those that VS Code brings for its own chat do its work, and are many. */
function othersTools(): readonly vscode.LanguageModelToolInformation[] {
  return vscode.lm.tools
    .filter(({ name }) => !/^(?:copilot_|vscode_)/i.test(name) && !ownTools.some((tool) => tool.name === name))
    .slice(0, MOST_OTHERS);
}

async function fileAt(path: string): Promise<vscode.Uri | undefined> {
  for (const uri of workspacePlaces(path.replace(/^(?:\.\/)+/, ""))) if (await isFile(uri)) return uri;
  return undefined;
}

function parsed(given: string): Given | undefined {
  if (given.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(given);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Given) : undefined;
  } catch {
    return undefined;
  }
}

function textIn(given: Given, name: string): string {
  const value = given[name];
  return typeof value === "string" ? value : "";
}

function numberIn(given: Given, name: string): number | undefined {
  const value = given[name];
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function failed(text: string): ToolResult {
  return { text, hasFailed: true, pieces: [] };
}

function cut(text: string): string {
  return text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS)}\n[…]` : text;
}

/** Of one result. */
const MOST_CHARS = 20_000;
const MOST_LINES = 400;
const MOST_OTHERS = 32;
