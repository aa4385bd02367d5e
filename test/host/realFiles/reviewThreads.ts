/** What reviews show: VS Code tells nobody which comments there are, so they are noted as they are made. */

import * as vscode from "vscode";
import { REVIEW_CONTROLLER } from "../../../src/extension/contributions.ts";
import { eventually } from "../editor.ts";

const made: vscode.CommentThread[] = [];

/** Before the extension makes its controller, which it does when it is first asked for a refactoring. */
const { createCommentController } = vscode.comments;
Object.assign(vscode.comments, {
  createCommentController(id: string, label: string): vscode.CommentController {
    const controller = createCommentController(id, label);
    if (id !== REVIEW_CONTROLLER) return controller;
    return {
      ...controller,
      createCommentThread: (...given: Parameters<vscode.CommentController["createCommentThread"]>) => {
        const thread = controller.createCommentThread(...given);
        made.push(thread);
        return thread;
      },
    };
  },
});

/** Those that the command makes, by their lines, which count from 1. */
export async function reviewThreads(
  review: () => Thenable<unknown>,
): Promise<readonly (readonly [line: number, severity: string, text: string])[]> {
  made.length = 0;
  await review();
  await eventually("comments", () => made.length > 0 || undefined);
  return made
    .map(({ range, label = "", comments }) => {
      const bodies = comments.map(({ body }) => (typeof body === "string" ? body : body.value));
      return [(range?.start.line ?? -1) + 1, label, bodies.join("\n")] as const;
    })
    .toSorted(([one], [other]) => one - other);
}
