/** What was written, as a question. */

import { randomUUID } from "node:crypto";
import { problemsAttachment, stagedAttachment } from "../chat/attachments.ts";
import type { Attachment, Question } from "../chat/conversation.ts";
import { parseSlash, type SlashName } from "../chat/slashCommands.ts";
import { actionNamed } from "../edit/catalogue.ts";

export type Written =
  | {
      readonly kind: "question";
      readonly text: string;
      readonly command: string | undefined;
      /** Nothing is left to ask. */
      readonly endsLesson: boolean;
    }
  | { readonly kind: "unknown"; readonly name: string; readonly nearest: SlashName | undefined };

export function writtenAs(text: string): Written {
  const parsed = parseSlash(text);
  switch (parsed.kind) {
    case "unknown":
      return parsed;
    case "none":
      return { kind: "question", text, command: undefined, endsLesson: false };
    case "command":
      return { kind: "question", text: parsed.text, command: parsed.command, endsLesson: false };
    case "tutor-off":
      return { kind: "question", text: "off", command: "tutor", endsLesson: true };
  }
}

/** @param automatic those that were attached because the editor shows them */
export function questionOf(
  { text, command }: Pick<Question, "text" | "command">,
  attachments: readonly Attachment[],
  automatic: readonly Attachment[],
  at: number,
): Omit<Question, "parent"> {
  const attached = needed(command, attachments, automatic);
  return { role: "question", id: randomUUID(), at, text, command, attachments: attached, pieces: [] };
}

/** With what a command is of no use without. */
function needed(
  command: string | undefined,
  attachments: readonly Attachment[],
  automatic: readonly Attachment[],
): readonly Attachment[] {
  const action = command === undefined ? undefined : actionNamed(command);
  if (!action) return attachments;
  const has = (kind: Attachment["kind"]): boolean => attachments.some((each) => each.kind === kind);
  if (action.needs.includes("changes") && !has("changes"))
    return [...attachments.filter((each) => !automatic.includes(each)), stagedAttachment];
  const [code] = attachments;
  if (action.needs.includes("problems") && !has("problems") && code?.uri !== undefined)
    return [...attachments, problemsAttachment(code.uri)];
  return attachments;
}
