/**
 * What VS Code has had since 1.104 for extensions that bring chat models, as far as it is used: the types that this
 * code is checked with are those of the oldest version that it runs in.
 */

import * as vscode from "vscode";

export interface ChatModelInformation {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly version: string;
  readonly detail: string;
  readonly tooltip: string;
  readonly maxInputTokens: number;
  readonly maxOutputTokens: number;
  readonly capabilities: { readonly imageInput: boolean; readonly toolCalling: boolean };
}

export interface ChatRequestMessage {
  /** VS Code's own chat also sends 3, which is the system's. */
  readonly role: number;
  readonly content: readonly unknown[];
}

interface ChatModelProvider {
  readonly onDidChangeLanguageModelChatInformation: vscode.Event<void>;
  provideLanguageModelChatInformation(): Promise<readonly ChatModelInformation[]>;
  provideLanguageModelChatResponse(
    model: ChatModelInformation,
    messages: readonly ChatRequestMessage[],
    options: { readonly modelOptions?: Readonly<Record<string, unknown>> },
    progress: vscode.Progress<vscode.LanguageModelTextPart>,
    token: vscode.CancellationToken,
  ): Promise<void>;
  provideTokenCount(model: ChatModelInformation, text: string | ChatRequestMessage): Promise<number>;
}

type Register = (vendor: string, provider: ChatModelProvider) => vscode.Disposable;

/** `undefined` in versions, and editors made of VS Code, that don't have it. */
export function chatModelRegistration(): Register | undefined {
  const { lm } = vscode as { readonly lm?: { readonly registerLanguageModelChatProvider?: Register } };
  return lm?.registerLanguageModelChatProvider?.bind(lm);
}
