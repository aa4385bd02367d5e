/** Which files of the workspace a test that fails is about. */

import * as vscode from "vscode";
import { codeUnderTest } from "../refactor/codeUnderTest.ts";
import { type Failure, isTestPath } from "../refactor/failure.ts";
import { isForeign, type Place } from "../refactor/stackFrames.ts";
import type { FileGate } from "./chatContextReading.ts";
import { confined } from "./confinedFiles.ts";
import { isFile } from "./openPlace.ts";

export interface FailureFile {
  readonly uri: vscode.Uri;
  /** Where it went through, from 0, where it failed first before its callers; empty where the test only imports it. */
  readonly lines: readonly number[];
  /** Of the function at the first line. */
  readonly name: string | undefined;
  readonly isTest: boolean;
}

export interface FailureFiles {
  /** Code first, where it failed first before what calls it; then what the test imports; tests last. */
  readonly files: readonly FailureFile[];
  /** Some that are named are ignored or secret, and nothing of them is read. */
  readonly hasIgnored: boolean;
}

/** @param known where the test is known to be, and where it failed in it */
export async function failureFiles(
  failure: Failure,
  known: readonly vscode.Location[],
  ignored: FileGate,
): Promise<FailureFiles> {
  const gate = confined(ignored);
  const found = new Map<string, FailureFile>();
  let hasIgnored = false;
  const add = async (uri: vscode.Uri, line: number | undefined, name: string | undefined, mayBeTest: boolean) => {
    const key = uri.toString();
    const before = found.get(key);
    if (before) {
      if (line !== undefined && !before.lines.includes(line))
        found.set(key, { ...before, lines: [...before.lines, line] });
      return;
    }
    if (!vscode.workspace.getWorkspaceFolder(uri) || !(await isFile(uri))) return;
    if (await gate.look({ uri })) {
      hasIgnored = true;
      return;
    }
    const isTest = isTestPath(vscode.workspace.asRelativePath(uri, false));
    if (isTest && !mayBeTest) return;
    found.set(key, { uri, lines: line === undefined ? [] : [line], name, isTest });
  };
  for (const { uri, range } of known) await add(uri, range.start.line, undefined, true);
  for (const place of failure.places.filter(({ path }) => !isForeign(path)))
    for (const uri of await urisOf(place)) await add(uri, place.line, place.name, true);
  for (const { uri } of Array.from(found.values()).filter(({ isTest }) => isTest))
    for (const code of await codeOfTest(uri)) await add(code, undefined, undefined, false);
  const all = Array.from(found.values());
  const isCode = (file: FailureFile): boolean => !file.isTest;
  return {
    files: [
      ...all.filter((file) => isCode(file) && file.lines.length > 0),
      ...all.filter((file) => isCode(file) && file.lines.length === 0),
      ...all.filter(({ isTest }) => isTest),
    ],
    hasIgnored,
  };
}

/** Of a path that is relative to a folder that nobody names: below a folder of the workspace, else wherever one ends so. */
async function urisOf({ path }: Place): Promise<readonly vscode.Uri[]> {
  if (/^(?:\/|[A-Za-z]:\/)/.test(path)) {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const file = vscode.Uri.file(path);
    // The same files as the folder's, also on another machine.
    return [folder && folder.scheme !== "file" ? folder.with({ path: file.path }) : file];
  }
  const exact = await existing([path]);
  return exact.length > 0 ? exact : endingWith(path, MOST_ALIKE);
}

async function codeOfTest(test: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const folder = vscode.workspace.getWorkspaceFolder(test);
  if (!folder) return [];
  const path = vscode.workspace.asRelativePath(test, false);
  const text = (await vscode.workspace.openTextDocument(test)).getText();
  const { exact, endings } = codeUnderTest(path, text);
  const there = await existing(exact, [folder]);
  for (const ending of endings.slice(0, MOST_SEARCHES)) {
    if (there.length >= MOST_CODE) break;
    const isThere = there.some((uri) => uri.path.endsWith(`/${ending}`));
    if (!isThere) there.push(...(await endingWith(ending, 2)));
  }
  return there.slice(0, MOST_CODE);
}

async function existing(
  paths: readonly string[],
  folders = vscode.workspace.workspaceFolders ?? [],
): Promise<vscode.Uri[]> {
  const uris = folders.flatMap((folder) => paths.map((path) => vscode.Uri.joinPath(folder.uri, path)));
  const there = await Promise.all(uris.map(isFile));
  return uris.filter((_, index) => there[index]);
}

async function endingWith(path: string, most: number): Promise<readonly vscode.Uri[]> {
  if (path.split("/").includes("..")) return [];
  const glob = `**/${path.replace(/[[\]{}*?]/g, "?")}`;
  return vscode.workspace.findFiles(glob, "**/{node_modules,.venv,venv,target,vendor}/**", most);
}

const MOST_ALIKE = 3;
const MOST_SEARCHES = 8;
const MOST_CODE = 6;
