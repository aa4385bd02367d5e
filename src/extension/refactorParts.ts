/** Puts the refactorings together. Loaded when one is first asked for. */

import type * as vscode from "vscode";
import type { ChatModels } from "./chatPorts.ts";
import { ShownEdits } from "./editPreviews.ts";
import { EditRunner } from "./editRunner.ts";
import type { EditThread } from "./editThread.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import { RefactorActions } from "./refactorActions.ts";
import { RefactorModel } from "./refactorModel.ts";
import { NewCodeWriter } from "./refactorNewCode.ts";
import type { Editor } from "./refactorPorts.ts";
import type { ReviewNeeds } from "./reviewShowing.ts";
import { ReviewComments } from "./reviewComments.ts";
import { CommitMessages } from "./sourceControlCommit.ts";
import { TestWriter } from "./refactorTests.ts";
import { CodeTranslator } from "./refactorTranslate.ts";

export interface RefactorNeeds {
  readonly context: vscode.ExtensionContext;
  readonly models: ChatModels;
  readonly thread: EditThread;
  readonly ignored: Pick<IgnoredFiles, "look">;
  readonly log: vscode.LogOutputChannel;
  /** Asks the chat about what the editor has selected. */
  readonly ask: (question: string) => Promise<void>;
}

export interface Refactorings extends vscode.Disposable {
  readonly model: RefactorModel;
  readonly editor: Editor;
  readonly previews: ShownEdits;
  readonly commitMessages: CommitMessages;
  readonly ignored: Pick<IgnoredFiles, "look">;
  readonly review: ReviewNeeds;
  readonly actions: RefactorActions;
}

export function makeRefactorings({ models, thread, ignored, log, ask }: RefactorNeeds): Refactorings {
  const model = new RefactorModel(models);
  const previews = new ShownEdits();
  const editor = new EditRunner({ model, previews, thread, ignored, log });
  const commitMessages = new CommitMessages({ model, ignored });
  const comments = new ReviewComments();
  const review = { model, editor, ignored, comments };
  const writer = new NewCodeWriter(model, thread);
  const tests = new TestWriter(writer, editor, ignored);
  const actions = new RefactorActions({ editor, tests, translator: new CodeTranslator(writer), ignored, ask });
  const dispose = (): void => {
    previews.dispose();
    comments.dispose();
  };
  return { model, editor, previews, actions, commitMessages, ignored, review, dispose };
}
