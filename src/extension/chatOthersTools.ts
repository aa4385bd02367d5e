/** Tools that other extensions, and MCP servers, bring to VS Code: which there are, what is allowed of them, and their use. */

import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { argumentsIn, otherToolsOf, resultText, visible } from "../chat/tools.ts";
import { withToken } from "./cancellation.ts";
import type { ToolResult } from "./chatPorts.ts";
import type { AllowedTool } from "./chatToolPermits.ts";
import { sentences } from "./punctuation.ts";

/** Those that VS Code brings for its own chat, such as for its terminal, do its work, and not that of others. */
export function othersTools(): readonly vscode.LanguageModelToolInformation[] {
  const all = otherToolsOf(vscode.lm.tools);
  // Newer versions tell which extension or server a tool is of, and nothing of their own.
  const withSource = all.filter((tool) => "source" in tool && tool.source);
  return withSource.length > 0 ? withSource : all;
}

/** Whose a tool is, and what it says of itself, which need not be true. Empty where there is none of the name. */
export function aboutOthers(name: string): string {
  const tool = othersTools().find((each) => each.name === name);
  if (!tool) return "";
  const { l10n } = vscode;
  const source = "source" in tool ? (tool.source as { readonly label?: unknown } | undefined) : undefined;
  const owner = typeof source?.label === "string" ? oneLine(source.label, MOST_LABEL_CHARS) : "";
  const says = oneLine(tool.description, MOST_ABOUT_CHARS);
  return sentences(
    owner === ""
      ? l10n.t("A tool of another extension or of an MCP server.")
      : l10n.t("A tool of {0}, which is not part of Pairwise.", owner),
    says === "" ? "" : l10n.t("It says of itself: {0}", says),
  );
}

function oneLine(text: string, most: number): string {
  const line = visible(text.replaceAll(/\s+/g, " ").trim());
  return line.length > most ? `${line.slice(0, most).toWellFormed()}…` : line;
}

/** What is allowed is the tool as it describes itself now: another one of its name, or that takes more, asks again. */
export function allowedNow(name: string): AllowedTool | undefined {
  const tool = othersTools().find((each) => each.name === name);
  if (!tool) return undefined;
  const { description, inputSchema } = tool;
  const says = JSON.stringify([description, inputSchema ?? null]);
  return { name, says: createHash("sha256").update(says).digest("hex") };
}

/** Rejects with the signal's reason alone. */
export async function useOthers(name: string, given: string, signal: AbortSignal): Promise<ToolResult> {
  const input = argumentsIn(given);
  if (!input) return failed("The arguments are no JSON object.");
  if (!othersTools().some((tool) => tool.name === name)) return failed(`There is no tool ${name}.`);
  try {
    const options = { input, toolInvocationToken: undefined };
    const { content } = await withToken(signal, (token) => vscode.lm.invokeTool(name, options, token));
    return resultIn(content);
  } catch (error) {
    signal.throwIfAborted();
    return failed(error instanceof Error ? error.message : String(error));
  }
}

/** What is no text, such as a picture, no model is given; it hears so, and the call counts as failed where that was all. */
function resultIn(content: readonly unknown[]): ToolResult {
  const texts = content.map(textOf);
  const told = texts.filter((text) => text !== undefined);
  const left = texts.length - told.length;
  const note = left === 0 ? "" : `[${left} of ${texts.length} parts of the result are no text and were left out.]`;
  const text = resultText([...told, note].filter((each) => each !== "").join("\n"));
  return { text, hasFailed: left > 0 && told.join("").trim() === "", pieces: [] };
}

/** `undefined` where it is none. Versions before 1.104 have no parts of data, so they are known by what they have. */
function textOf(part: unknown): string | undefined {
  if (part instanceof vscode.LanguageModelTextPart) return part.value;
  const { mimeType, data } = (part ?? {}) as { readonly mimeType?: unknown; readonly data?: unknown };
  if (typeof mimeType !== "string" || !TEXT_TYPE.test(mimeType) || !(data instanceof Uint8Array)) return undefined;
  return new TextDecoder().decode(data);
}

export function failed(text: string): ToolResult {
  return { text: resultText(text), hasFailed: true, pieces: [] };
}

const MOST_LABEL_CHARS = 80;
const MOST_ABOUT_CHARS = 400;
const TEXT_TYPE = /^(?:text\/|application\/(?:[\w.-]+\+)?json\b)/i;
