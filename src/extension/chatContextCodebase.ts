import * as vscode from "vscode";
import { headOfLines } from "../chat/cutting.ts";
import type { FileGate, Reading } from "./chatContextReading.ts";
import type { Repositories } from "./repositories.ts";
import { setting } from "./settings.ts";

/** What the workspace has on the question, found by words, by what is near, and by meaning where a model for it is set. */
export async function readCodebase(
  reading: Reading,
  question: string,
  ignored: FileGate,
  repositories: Pick<Repositories, "search" | "states" | "isStopped">,
): Promise<void> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  if (folders.length === 0 || repositories.isStopped || !setting("index.enable")) return reading.leave("no-index");
  const document = vscode.window.activeTextEditor?.document;
  const text = question.replaceAll(/@\w+/g, " ");
  // Each folder has its own order; they take turns.
  const found = await Promise.all(
    folders.map(async (folder) => {
      const own = document && vscode.workspace.getWorkspaceFolder(document.uri) === folder ? document : undefined;
      const findings = await repositories.search(text, folder, own, reading.signal);
      const placed = findings.map((finding) => ({ ...finding, uri: vscode.Uri.joinPath(folder.uri, finding.path) }));
      // A model may read less by itself than somebody may attach.
      const looked = placed.map(async (finding) => ((await ignored.look(finding)) ? [] : [finding]));
      return (await Promise.all(looked)).flat();
    }),
  );
  const longest = Math.max(...found.map(({ length }) => length));
  let added = 0;
  for (let rank = 0; rank < longest && added < MOST_PIECES; rank += 1)
    for (const findings of found) {
      const finding = findings[rank];
      if (!finding || reading.room < LEAST_CHARS) continue;
      const { text, isCut } = headOfLines(finding.text, reading.room);
      reading.add({ label: finding.path, uri: finding.uri, line: finding.line, text, cut: isCut });
      added += 1;
    }
  const { states } = repositories;
  // One that has just begun has told nothing yet.
  if (states.length === 0 || states.some(({ kind }) => kind === "reading")) reading.leave("indexing");
  else if (added === 0) reading.leave("nothing-found");
}

const MOST_PIECES = 12;
const LEAST_CHARS = 200;
