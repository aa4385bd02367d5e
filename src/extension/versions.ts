import * as vscode from "vscode";

/**
 * The files whose ignore files count for a document: itself; the file that it is a version of, as the left side of a
 * difference is (`git:`, `gitlens:` and others have the file's path, and some have it again in their query); or what a new
 * text is to be saved as. None for a text without a path, such as the output of a program.
 */
export function filesMeant(uri: vscode.Uri): readonly vscode.Uri[] {
  const { scheme, path } = uri;
  if (scheme === "file" || vscode.workspace.getWorkspaceFolder(uri) !== undefined) return [uri];
  const told = pathTold(uri);
  return [...(path.startsWith("/") ? [path] : []), ...(told === undefined ? [] : [told])].map(fileAt);
}

/** An absolute one. */
function pathTold({ query }: vscode.Uri): string | undefined {
  if (!query.startsWith("{")) return undefined;
  try {
    const told: unknown = JSON.parse(query);
    const path = typeof told === "object" && told !== null && "path" in told ? told.path : undefined;
    return typeof path === "string" && /^(?:[/\\]|[a-z]:)/i.test(path) ? vscode.Uri.file(path).path : undefined;
  } catch {
    return undefined;
  }
}

/** Of the workspace, whose folders may be in another file system. */
function fileAt(path: string): vscode.Uri {
  const there = vscode.workspace.workspaceFolders?.map(({ uri }) => uri.with({ path })) ?? [];
  return there.find((uri) => vscode.workspace.getWorkspaceFolder(uri) !== undefined) ?? vscode.Uri.file(path);
}
