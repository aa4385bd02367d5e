/** How each kind of attachment is named. The id is the same for the same thing. Lines count from 0, the end is the first one after it. */

import { hashOf } from "../text/hash.ts";
import type { Attachment, Picture } from "./conversation.ts";

export interface Lines {
  readonly line: number;
  readonly endLine: number;
}

export function fileAttachment(uri: string): Attachment {
  return { id: `file:${uri}`, kind: "file", label: baseName(uri), uri };
}

export function folderAttachment(uri: string): Attachment {
  return { id: `folder:${uri}`, kind: "folder", label: `${baseName(uri)}/`, uri };
}

/** Whole lines. */
export function selectionAttachment(uri: string, { line, endLine }: Lines): Attachment {
  const shown = endLine - line > 1 ? `${line + 1}-${endLine}` : `${line + 1}`;
  const id = `selection:${uri}#${line}-${endLine}`;
  return { id, kind: "selection", label: `${baseName(uri)}:${shown}`, uri, line, endLine };
}

export function symbolAttachment(uri: string, name: string, lines: Lines): Attachment {
  return { id: `symbol:${uri}#${lines.line}:${name}`, kind: "symbol", label: name, uri, ...lines };
}

/** Of all files, or of one. */
export function problemsAttachment(uri?: string): Attachment {
  if (uri === undefined) return { id: "problems", kind: "problems", label: "@problems" };
  return { id: `problems:${uri}`, kind: "problems", label: `@problems ${baseName(uri)}`, uri };
}

export const changesAttachment: Attachment = { id: "changes", kind: "changes", label: "@changes" };
/** What the next commit has. */
export const stagedAttachment: Attachment = { id: "changes:staged", kind: "changes", label: "@changes" };
export const terminalAttachment: Attachment = { id: "terminal", kind: "terminal", label: "@terminal" };
export const codebaseAttachment: Attachment = { id: "codebase", kind: "codebase", label: "@codebase" };

/** What was pasted. */
export function textAttachment(text: string, label: string): Attachment {
  return { id: `text:${hashOf(text)}-${text.length}`, kind: "text", label, text };
}

export function pictureAttachment(picture: Picture, label: string): Attachment {
  return { id: `picture:${hashOf(picture.base64)}-${picture.base64.length}`, kind: "picture", label, picture };
}

/** Without what is there already. */
export function withAttachments(attached: readonly Attachment[], more: readonly Attachment[]): readonly Attachment[] {
  const all = new Map(attached.map((each) => [each.id, each]));
  for (const each of more) if (!all.has(each.id)) all.set(each.id, each);
  return Array.from(all.values());
}

function baseName(uri: string): string {
  const path = uri.replace(/[?#].*$/, "").replace(/\/+$/, "");
  const name = path.slice(path.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
