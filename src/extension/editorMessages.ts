/** A conversation in the words of VS Code's language models. */

import * as vscode from "vscode";
import type { Capabilities } from "../model/capabilities.ts";
import type { EditorMessage } from "../model/editorModel.ts";
import type { Picture, ToolDefinition } from "../model/model.ts";

type Parts = vscode.LanguageModelChatMessage["content"];
type Part = Parts[number];

/** What one side says in turn; the results of one answer's calls are one message, as models want them. */
export function editorMessages(messages: readonly EditorMessage[]): vscode.LanguageModelChatMessage[] {
  const said: { readonly role: EditorMessage["role"]; readonly parts: Part[]; readonly isResult: boolean }[] = [];
  for (const message of messages) {
    const isResult = message.toolCallId !== undefined;
    const last = said.at(-1);
    if (isResult && last?.isResult) last.parts.push(...partsOf(message));
    else said.push({ role: message.role, parts: partsOf(message), isResult });
  }
  return said.map(({ role, parts }) => toMessage(role, parts));
}

function toMessage(role: EditorMessage["role"], parts: Part[]): vscode.LanguageModelChatMessage {
  const { User, Assistant } = vscode.LanguageModelChatMessageRole;
  return new vscode.LanguageModelChatMessage(role === "user" ? User : Assistant, parts);
}

function partsOf({ content, pictures = [], toolCalls = [], toolCallId }: EditorMessage): Part[] {
  if (toolCallId !== undefined)
    return [new vscode.LanguageModelToolResultPart(toolCallId, [new vscode.LanguageModelTextPart(content)])];
  const isBare = pictures.length > 0 || toolCalls.length > 0;
  return [
    ...(content === "" && isBare ? [] : [new vscode.LanguageModelTextPart(content)]),
    ...pictures.flatMap((picture) => pictureParts()?.(picture) ?? []),
    ...toolCalls.map((call) => new vscode.LanguageModelToolCallPart(call.id, call.name, objectOf(call.arguments))),
  ];
}

export function toEditorTool({ name, description, parameters }: ToolDefinition): vscode.LanguageModelChatTool {
  return { name, description, inputSchema: parameters };
}

/**
 * Makes the part of a picture. `undefined` in versions, and editors made of VS Code, that have none: the types that this
 * code is checked with are those of the oldest version that it runs in.
 */
export function pictureParts(): ((picture: Picture) => Part) | undefined {
  const { LanguageModelDataPart } = vscode as {
    readonly LanguageModelDataPart?: { image(data: Uint8Array, mediaType: string): Part };
  };
  return LanguageModelDataPart && ((picture) => LanguageModelDataPart.image(bytesOf(picture), picture.mediaType));
}

/** What a model of VS Code's can, as far as the running version tells; `undefined` where it does not. */
export function editorCapabilities(chat: vscode.LanguageModelChat): Pick<Capabilities, "pictures" | "tools"> {
  const { capabilities } = chat as { readonly capabilities?: Readonly<Record<string, unknown>> };
  const flag = (name: string) => {
    const value = capabilities?.[name];
    return typeof value === "boolean" ? value : undefined;
  };
  return {
    pictures: pictureParts() === undefined ? false : flag("supportsImageToText"),
    tools: flag("supportsToolCalling"),
  };
}

function bytesOf({ base64 }: Picture): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}

function objectOf(json: string): object {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
