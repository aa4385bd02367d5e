/** Where the tests of a file belong: where the project's others are, else where its language has them. */

import { testedBy, testNamesOf, type TestNames } from "./testNames.ts";

export interface TestPlace {
  /** From the workspace folder, with `/`. */
  readonly path: string;
  /** It is there, and is to be added to. */
  readonly isThere: boolean;
}

export interface Code {
  /** From the workspace folder, with `/`. */
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
}

/** Others of its language, the nearest first. Paths from the workspace folder. */
export function testsNear({ path, languageId }: Code, files: readonly string[]): readonly string[] {
  const names = testNamesOf(languageId);
  if (!names) return [];
  return files
    .filter((file) => file !== path && testedBy(partsOf(file).stem, names) !== undefined)
    .toSorted((a, b) => distance(path, a) - distance(path, b) || (a < b ? -1 : 1));
}

/**
 * @param files paths of tests that are there, and of others, which do not count
 * @param root the folder of the nearest manifest, without `/` at its end; empty for the workspace folder
 * @returns `undefined` where it is not known how tests are named in that language
 */
export function testPlace(
  code: Code,
  files: readonly string[],
  root: string,
  framework: string,
): TestPlace | undefined {
  const names = testNamesOf(code.languageId);
  if (!names) return undefined;
  const parts = partsOf(code.path);
  // What is a test gets more of them.
  if (testedBy(parts.stem, names)) return { path: code.path, isThere: true };
  if (code.languageId === "rust") return inRust(code, files);
  const tests = testsNear(code, files);
  const own = tests.find((file) => {
    const { stem, ending, folder } = partsOf(file);
    if (testedBy(stem, names)?.name !== parts.stem || !names.endings.includes(ending)) return false;
    // Files of one name in two folders have tests of one name; those of a mirrored tree go along with it.
    return mirrors(folder, parts.folder);
  });
  if (own !== undefined) return { path: own, isThere: true };
  // A test in another package says less than the language's custom.
  const model = tests.find((file) => inFolder(file, root));
  const path = model === undefined ? customary(code, names, root, framework) : like(model, code, names);
  return { path, isThere: false };
}

/** As the nearest test is named and placed. */
function like(model: string, { path, languageId }: Code, names: TestNames): string {
  const from = partsOf(path);
  const to = partsOf(model);
  const affix = names.affixes[testedBy(to.stem, names)?.affix ?? 0];
  const file = `${affix?.[0] ?? ""}${from.stem}${affix?.[1] ?? ""}.${from.ending}`;
  if (languageId === "go") return joined(from.folder, file);
  const folders = to.folder.split("/");
  if (folders.at(-1) === "__tests__") return joined(from.folder, "__tests__", file);
  const at = folders.findIndex((folder) => TEST_FOLDER.test(folder));
  if (at === -1) return joined(from.folder, file);
  // Such as `tests/unit`.
  const behind = folders.findIndex((folder, index) => index > at && !TEST_FOLDER.test(folder));
  const base = folders.slice(0, behind === -1 ? undefined : behind);
  const inner = innerOf(from.folder, folders.slice(0, at).join("/"), languageId);
  // One that lies flat though its code may be anywhere says nothing of folders.
  const isFlat = folders.length === base.length;
  return isFlat && !isJvm(languageId) ? joined(base.join("/"), file) : joined(base.join("/"), inner, file);
}

/** Where there is no other test. */
function customary({ path, languageId }: Code, names: TestNames, root: string, framework: string): string {
  const { folder, stem, ending } = partsOf(path);
  const [before, behind] = names.affixes[0] ?? ["", ""];
  const file = `${before}${stem}${behind}.${ending}`;
  if (isJvm(languageId)) {
    const source = /^(.*?)src\/main\/(\w+)(?:\/(.*))?$/.exec(folder);
    return source
      ? joined(`${source[1] ?? ""}src/test/${source[2] ?? languageId}`, source[3] ?? "", file)
      : joined(folder, file);
  }
  if (languageId === "python") return joined(root, "tests", file);
  if (framework.startsWith("Mocha")) return joined(root, "test", innerOf(folder, root, languageId), file);
  if (framework === "Jasmine") return joined(root, "spec", innerOf(folder, root, languageId), `${stem}Spec.${ending}`);
  return joined(folder, file);
}

/** Unit tests stand in the file itself, unless it says that they are in one of their own. */
function inRust({ path, text }: Code, files: readonly string[]): TestPlace {
  if (!/#\[cfg\(test\)\]\s*mod\s+tests\s*;/.test(text)) return { path, isThere: true };
  const { folder, stem } = partsOf(path);
  const own = /^(?:mod|lib|main)$/.test(stem) ? joined(folder, "tests.rs") : joined(folder, stem, "tests.rs");
  return { path: own, isThere: files.includes(own) };
}

/** What of the code's folder is found again below the one of the tests. */
function innerOf(folder: string, root: string, languageId: string): string {
  const inner =
    root === "" ? folder : folder === root ? "" : inFolder(folder, root) ? folder.slice(root.length + 1) : folder;
  if (isJvm(languageId)) return inner.replace(/^main(?:\/|$)/, "");
  return inner.replace(/^(?:src|lib|app|source|pkg)(?:\/|$)/, "");
}

function mirrors(test: string, code: string): boolean {
  const inner = (folder: string) =>
    folder.split("/").filter((part) => part !== "" && !TEST_FOLDER.test(part) && !SOURCE_FOLDER.test(part));
  const [a, b] = [inner(test), inner(code)];
  // A flat folder of tests has those of code at any depth.
  const short = a.length < b.length ? a : b;
  const long = short === a ? b : a;
  return a.join("/") === b.join("/") || (short === a && short.every((part, index) => part === long[index]));
}

function distance(from: string, to: string): number {
  const [a, b] = [from.split("/").slice(0, -1), to.split("/").slice(0, -1)];
  let common = 0;
  while (common < a.length && a[common] === b[common]) common += 1;
  return a.length + b.length - 2 * common;
}

function partsOf(path: string): { readonly folder: string; readonly stem: string; readonly ending: string } {
  const slash = path.lastIndexOf("/");
  const name = path.slice(slash + 1);
  const dot = name.lastIndexOf(".");
  return {
    folder: slash === -1 ? "" : path.slice(0, slash),
    stem: dot > 0 ? name.slice(0, dot) : name,
    ending: dot > 0 ? name.slice(dot + 1) : "",
  };
}

function inFolder(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("/");
}

function isJvm(languageId: string): boolean {
  return languageId === "java" || languageId === "kotlin";
}

const TEST_FOLDER = /^(?:__tests__|tests?|specs?|unit)$/;
const SOURCE_FOLDER = /^(?:src|lib|app|source|pkg|main|java|kotlin)$/;
