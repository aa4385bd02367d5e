/** Looks at the project for where tests belong and what they are written with. */

import * as vscode from "vscode";
import { frameworkOf } from "../refactor/testFrameworks.ts";
import type { ShownCode } from "../refactor/newCodePrompt.ts";
import { type TestPlace, testPlace, testsNear } from "../refactor/testPlace.ts";
import { testGlob, testNamesOf } from "../refactor/testNames.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";

export interface TestCustom {
  readonly framework: string | undefined;
  /** `undefined` where nothing tells. */
  readonly place: TestPlace | undefined;
  /** The folder that the place's path starts from. */
  readonly folder: vscode.Uri | undefined;
  /** A test beside, which may be shown to a model. */
  readonly sample: ShownCode | undefined;
}

export async function testCustomOf(
  document: vscode.TextDocument,
  ignored: Pick<IgnoredFiles, "look">,
): Promise<TestCustom> {
  const { languageId, uri } = document;
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  const names = testNamesOf(languageId);
  if (!folder || !names) {
    const framework = frameworkOf(languageId, { manifests: new Map(), sample: "" });
    return { framework, place: undefined, folder, sample: undefined };
  }
  const code = { path: innerPath(folder, uri), languageId, text: document.getText() };
  const manifests = await manifestsAbove(code.path, folder, MANIFESTS[languageId] ?? SCRIPT_MANIFESTS);
  const root = folderOf(Array.from(manifests.keys())[0] ?? "");
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, languageId === "rust" ? "**/tests.rs" : testGlob(names)),
    EXCLUDED,
    MOST_FILES,
  );
  const files = found.map((file) => innerPath(folder, file));
  const sample = await firstReadable(testsNear(code, files), folder, languageId, ignored);
  const framework = frameworkOf(languageId, { manifests, sample: sample?.text ?? "" });
  return { framework, place: testPlace(code, files, root, framework ?? ""), folder, sample };
}

/** From the code's folder up to the workspace folder, the nearest first. */
async function manifestsAbove(
  path: string,
  folder: vscode.Uri,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const parts = path.split("/").slice(0, -1);
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const paths = names.map((name) => [...parts.slice(0, depth), name].join("/"));
    const texts = await Promise.all(paths.map((each) => textAt(vscode.Uri.joinPath(folder, each))));
    for (const [index, each] of paths.entries()) {
      const text = texts[index];
      if (text !== undefined) found.set(each, text);
    }
  }
  return found;
}

async function firstReadable(
  paths: readonly string[],
  folder: vscode.Uri,
  languageId: string,
  ignored: Pick<IgnoredFiles, "look">,
): Promise<ShownCode | undefined> {
  for (const path of paths.slice(0, MOST_SAMPLES)) {
    const uri = vscode.Uri.joinPath(folder, path);
    const text = (await ignored.look({ uri })) ? undefined : await textAt(uri);
    if (text !== undefined) return { path: vscode.workspace.asRelativePath(uri, false), languageId, text, line: 0 };
  }
  return undefined;
}

async function textAt(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File || size > MOST_BYTES) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

function innerPath(folder: vscode.Uri, { path }: vscode.Uri): string {
  return path.slice(folder.path.replace(/\/$/, "").length + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

const SCRIPT_MANIFESTS = ["package.json"];
const JVM_MANIFESTS = ["pom.xml", "build.gradle.kts", "build.gradle", "gradle/libs.versions.toml"];
/** By VS Code's identifier. The first of a folder that is there makes it the root of a project. */
const MANIFESTS: Readonly<Record<string, readonly string[]>> = {
  python: [
    "pyproject.toml",
    "setup.cfg",
    "setup.py",
    "tox.ini",
    "pytest.ini",
    "requirements.txt",
    "requirements-dev.txt",
    "conftest.py",
    "tests/conftest.py",
  ],
  go: ["go.mod"],
  rust: ["Cargo.toml"],
  java: JVM_MANIFESTS,
  kotlin: JVM_MANIFESTS,
};
/** What is installed, built, or of the source control. */
const EXCLUDED =
  "**/{node_modules,.git,.hg,.svn,__pycache__,.venv,venv,.tox,site-packages,target,build,dist,out,vendor,coverage}/**";
const MOST_FILES = 2_000;
const MOST_SAMPLES = 5;
const MOST_BYTES = 200_000;
