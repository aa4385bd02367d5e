import * as vscode from "vscode";
import { chatModelRegistration } from "./languageModelProviders.ts";
import { Lazy } from "./lazy.ts";
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
  const chat = new Lazy(async () => {
    const { LocalChat } = await import("./localChat.ts");
    return new LocalChat(context, recorderFor, gate);
  });
  // A model may have been removed, and its file is not to stay open.
  const listener = onDidChange(() => chat.made?.release());
  const registration = chatModelRegistration()?.(VENDOR, {
    onDidChangeLanguageModelChatInformation: onDidChange,
    provideLanguageModelChatInformation: async () => (await chat.get()).models(),
    provideLanguageModelChatResponse: async ({ id }, messages, { modelOptions }, progress, token) =>
      (await chat.get()).answer(id, { messages, modelOptions }, progress, token),
    provideTokenCount: async (_model, text) => (await chat.get()).countTokens(text),
  });
  return {
    dispose: () => {
      registration?.dispose();
      listener.dispose();
      chat.dispose();
    },
  };
}
