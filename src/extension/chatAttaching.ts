/** What the user attaches by button, by dropping it, or as a picture. */

import * as vscode from "vscode";
import {
  changesAttachment,
  codebaseAttachment,
  fileAttachment,
  folderAttachment,
  pictureAttachment,
  problemsAttachment,
  selectionAttachment,
  terminalAttachment,
} from "../chat/attachments.ts";
import type { Attachment, Picture } from "../chat/conversation.ts";
import type { FileGate } from "./chatContextReading.ts";
import { openAt } from "./openPlace.ts";

/** Lets the user choose; nothing where nothing was chosen. */
export async function pickAttachments(ignored: FileGate): Promise<readonly Attachment[]> {
  const { l10n } = vscode;
  const picked = await vscode.window.showQuickPick(
    [
      { label: `$(file) ${l10n.t("File or folder…")}`, attachments: () => chooseFiles(ignored) },
      { label: `$(list-selection) ${l10n.t("Selection")}`, attachments: async () => selected() },
      {
        label: `$(warning) ${l10n.t("Problems")}`,
        description: "@problems",
        attachments: async () => [problemsAttachment()],
      },
      {
        label: `$(git-compare) ${l10n.t("Changes")}`,
        description: "@changes",
        attachments: async () => [changesAttachment],
      },
      {
        label: `$(terminal) ${l10n.t("Terminal")}`,
        description: "@terminal",
        attachments: async () => [terminalAttachment],
      },
      {
        label: `$(search) ${l10n.t("Codebase")}`,
        description: "@codebase",
        attachments: async () => [codebaseAttachment],
      },
    ],
    { title: l10n.t("Attach context") },
  );
  return picked ? picked.attachments() : [];
}

/** By their addresses. What can't be found, or is none, is left out. */
export async function attachmentsAt(uris: readonly string[], ignored: FileGate): Promise<readonly Attachment[]> {
  const found: Attachment[] = [];
  for (const each of uris) {
    const uri = parsed(each);
    const attachment = uri && (await attachmentAt(uri, ignored));
    if (attachment) found.push(attachment);
  }
  return found;
}

export async function openAttachment({ uri, kind, line }: Attachment): Promise<void> {
  if (uri === undefined) return;
  const place = vscode.Uri.parse(uri);
  if (kind === "folder") await vscode.commands.executeCommand("revealInExplorer", place);
  else await openAt(place, line ?? 0);
}

function selected(): readonly Attachment[] {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (!editor) return [];
  const { document, selection } = editor;
  const { start, end } = selection;
  const endLine = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  return [selectionAttachment(document.uri.toString(), { line: start.line, endLine })];
}

async function chooseFiles(ignored: FileGate): Promise<readonly Attachment[]> {
  const uris = await vscode.window.showOpenDialog({
    canSelectMany: true,
    canSelectFiles: true,
    canSelectFolders: true,
    openLabel: vscode.l10n.t("Attach"),
  });
  return attachmentsAt(
    (uris ?? []).map((uri) => uri.toString()),
    ignored,
  );
}

function parsed(text: string): vscode.Uri | undefined {
  try {
    return vscode.Uri.parse(text, true);
  } catch {
    return undefined;
  }
}

async function attachmentAt(uri: vscode.Uri, ignored: FileGate): Promise<Attachment | undefined> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) return folderAttachment(uri.toString());
    const mediaType = mediaTypes[/\.(\w+)$/.exec(uri.path)?.[1]?.toLowerCase() ?? ""];
    if (mediaType === undefined || size > MOST_PICTURE_BYTES) return fileAttachment(uri.toString());
    // A picture is read here and now: that it is not sent is said as of any other file.
    if (await ignored.look({ uri })) return fileAttachment(uri.toString());
    const bytes = await vscode.workspace.fs.readFile(uri);
    const base64 = Buffer.from(bytes).toString("base64");
    return pictureAttachment({ mediaType, base64 }, uri.path.slice(uri.path.lastIndexOf("/") + 1));
  } catch {
    return undefined;
  }
}

const mediaTypes: Readonly<Record<string, Picture["mediaType"]>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
};
const MOST_PICTURE_BYTES = 6_000_000;
