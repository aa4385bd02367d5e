/** What a model is told in the chat: by the prompt file in use, the command of a question, and the tutor. */

import * as vscode from "vscode";
import type { Question, Turn } from "../chat/conversation.ts";
import { tutorInstruction, tutorStage } from "../chat/tutor.ts";
import { languageIdOfPath } from "../context/index/extraction/languageOfPath.ts";
import { actionNamed, answerLanguage, instructionOf } from "../edit/catalogue.ts";
import { withConventions } from "../edit/docConventions.ts";
import type { ChatMessage } from "../model/model.ts";
import type { PromptTemplate } from "../model/prompts/promptFile.ts";
import { builtInPrompt } from "../model/prompts/promptKinds.ts";
import { render } from "../model/prompts/template.ts";
import { openDocument } from "./chatContextFiles.ts";
import type { ChatInstruction } from "./chatPorts.ts";
import type { PromptFiles } from "./promptFiles.ts";
import { folderIdOf } from "./workspacePlaces.ts";

type Files = Pick<PromptFiles, "load" | "at">;

/** By the prompt of the workspace's first folder, else the user's, else the built-in one. `branch` ends with the question. */
export async function chatInstruction(files: () => Promise<Files>, branch: readonly Turn[]): Promise<ChatInstruction> {
  const prompts = await files();
  await prompts.load();
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const { prompt } = prompts.at("chat", folder && folderIdOf(folder.uri)) ?? { prompt: builtInPrompt("chat") };
  const question = branch.findLast((turn) => turn.role === "question");
  const language = answerLanguage(question?.text ?? "", vscode.env.language);
  const stage = tutorStage(branch);
  const system = [
    prompt.system ? render(prompt.system, { language }).trim() : "",
    stage ? tutorInstruction(stage, language) : "",
  ];
  return {
    system: system.filter((part) => part !== "").join("\n\n"),
    examples: examplesOf(prompt),
    textOf: (asked) => render(prompt.user, { question: questionText(asked) }).trim(),
  };
}

function examplesOf({ examples }: PromptTemplate): readonly ChatMessage[] {
  return examples.flatMap(({ user, assistant }) => [
    { role: "user" as const, content: render(user, {}) },
    { role: "assistant" as const, content: render(assistant, {}) },
  ]);
}

/** With what its command says. */
function questionText({ text, command, attachments }: Question): string {
  const action = command === undefined ? undefined : actionNamed(command);
  if (!action) return text;
  const languages = attachments.flatMap(({ uri }) => (uri === undefined ? [] : (languageOf(uri) ?? [])));
  return instructionOf(withConventions(action, languages), text, answerLanguage(text, vscode.env.language));
}

/** As the editor says of what is open, also of a file without a name; of others by the name. */
function languageOf(uri: string): string | undefined {
  return openDocument(vscode.Uri.parse(uri))?.languageId ?? languageIdOfPath(uri);
}
