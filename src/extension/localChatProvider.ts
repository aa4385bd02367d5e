import * as vscode from "vscode";
import { chatModelRegistration } from "./languageModelProviders.ts";
import type { LocalChat } from "./localChat.ts";
import type { OpenGate } from "./secretGate.ts";
import type { OpenRecorder } from "./spending.ts";

/** package.json declares it. */
const VENDOR = "pairwise";

/**
 * Offers the models on this machine to VS Code's chat and to other extensions. What that takes is loaded when VS Code
 * first asks for it; a model, with the first message.
 */
export function offerLocalModels(
  context: vscode.ExtensionContext,
  recorderFor: OpenRecorder,
  gate: OpenGate,
  onDidChange: vscode.Event<void>,
): vscode.Disposable {
  let made: Promise<LocalChat> | undefined;
  const chat = (): Promise<LocalChat> => (made ??= make());
  const make = async (): Promise<LocalChat> => {
    const { LocalChat } = await import("./localChat.ts");
    return new LocalChat(context, recorderFor, gate);
  };
  const registration = chatModelRegistration()?.(VENDOR, {
    onDidChangeLanguageModelChatInformation: onDidChange,
    provideLanguageModelChatInformation: async () => (await chat()).models(),
    provideLanguageModelChatResponse: async ({ id }, messages, { modelOptions }, progress, token) =>
      (await chat()).answer(id, { messages, modelOptions }, progress, token),
    provideTokenCount: async (_model, text) => (await chat()).countTokens(text),
  });
  return {
    dispose: () => {
      registration?.dispose();
      void made?.then((it) => it.dispose());
    },
  };
}
