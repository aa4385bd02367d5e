/** The first gate: which files contribute nothing to what a model is shown, not even their names. */

import { folderOf } from "../index/modules.ts";
import { IgnoreMatcher } from "./ignoreMatcher.ts";
import { secretFiles } from "./secretFiles.ts";

export type IgnoreFile = ".gitignore" | ".pairwiseignore" | ".git/info/exclude";

/** Why a file is ignored: by its name, which is that of a secret; by a setting; or by a line of an ignore file. */
export type IgnoredBy =
  | { readonly kind: "built-in" }
  | { readonly kind: "pattern" }
  /** `file` is relative to the root, `line` counts from 1. */
  | { readonly kind: "file"; readonly file: string; readonly line: number };

/** What counts in one folder. Of each list, the first that says anything of a path decides. */
interface FolderRules {
  /** Of the folder and all that is in it. */
  readonly ignoredBy: IgnoredBy | undefined;
  /** What they say goes before all else. */
  readonly pairwise: readonly IgnoreMatcher[];
  /** Each of them may ignore, and none takes back what another one ignores. */
  readonly always: readonly IgnoreMatcher[];
  readonly git: readonly IgnoreMatcher[];
}

/**
 * Never changed: more rules make another one. Paths are relative to the root, with `/`, and the root is the empty path. A
 * .pairwiseignore goes before everything else and may take files back (`!path`); a .gitignore may take back only what
 * another one ignores; of two with one name the deeper goes first, and git's own exclude file of a repository last. What is in an ignored folder is ignored, as in git.
 */
export class IgnoreRules {
  readonly #always: readonly IgnoreMatcher[];
  /** By the paths of their files. */
  readonly #files: ReadonlyMap<string, IgnoreMatcher>;
  readonly #ignoreCase: boolean;
  readonly #folders = new Map<string, FolderRules>();

  private constructor(
    always: readonly IgnoreMatcher[],
    files: ReadonlyMap<string, IgnoreMatcher>,
    ignoreCase: boolean,
  ) {
    this.#always = always;
    this.#files = files;
    this.#ignoreCase = ignoreCase;
  }

  /** To begin with where nothing else is to count. */
  static readonly none = new IgnoreRules([], new Map(), false);
  static #builtIn: IgnoreRules | undefined;
  /**
   * The folders of version control, and files that are secrets by nature. Made when first asked for: its patterns cost some
   * milliseconds, which are not to be those of the extension's start.
   */
  static get builtIn(): IgnoreRules {
    return (IgnoreRules.#builtIn ??= new IgnoreRules([secretFileMatcher()], new Map(), false));
  }

  static #builtInAnyCase: IgnoreRules | undefined;
  /** The same where `a` and `A` are one file, as they mostly are on Windows and macOS. */
  static get builtInAnyCase(): IgnoreRules {
    return (IgnoreRules.#builtInAnyCase ??= new IgnoreRules([secretFileMatcher()], new Map(), true));
  }

  /** As most disks of one of Node's platforms tell names apart: on Windows and macOS `.ENV` is `.env`. */
  static builtInOn(platform: string): IgnoreRules {
    return platform === "win32" || platform === "darwin" ? IgnoreRules.builtInAnyCase : IgnoreRules.builtIn;
  }

  /** With what an ignore file in `folder` says, in place of what the file of that name there said before. */
  with(folder: string, fileName: IgnoreFile, text: string): IgnoreRules {
    const file = folder === "" ? fileName : `${folder}/${fileName}`;
    const matcher = IgnoreMatcher.of(file, folder, text.split(/\r?\n/), this.#ignoreCase);
    return new IgnoreRules(this.#always, new Map(this.#files).set(file, matcher), this.#ignoreCase);
  }

  /** With patterns in the words of .gitignore that count for all that is in `folder`, such as those of the editor's settings. */
  withPatterns(patterns: readonly string[], folder = ""): IgnoreRules {
    const matcher = IgnoreMatcher.of(undefined, folder, patterns, this.#ignoreCase);
    return new IgnoreRules([...this.#always, matcher], this.#files, this.#ignoreCase);
  }

  ignores(path: string, isFolder: boolean): boolean {
    return this.ignoredBy(path, isFolder) !== undefined;
  }

  /** The first reason that was found; `undefined` for what is not ignored. */
  ignoredBy(path: string, isFolder: boolean): IgnoredBy | undefined {
    if (isFolder || path === "") return this.#rulesIn(path).ignoredBy;
    const rules = this.#rulesIn(folderOf(path));
    return rules.ignoredBy ?? decide(rules, path);
  }

  #rulesIn(folder: string): FolderRules {
    const known = this.#folders.get(folder);
    if (known) return known;
    const rules = this.#look(folder);
    if (this.#folders.size >= MOST_FOLDERS) this.#folders.clear();
    this.#folders.set(folder, rules);
    return rules;
  }

  #look(folder: string): FolderRules {
    if (folder === "") {
      return this.#withFilesOf("", { ignoredBy: undefined, pairwise: [], always: this.#always, git: [] });
    }
    const above = this.#rulesIn(folderOf(folder));
    if (above.ignoredBy) return above;
    const ignoredBy = decide(above, `${folder}/`);
    if (ignoredBy) return { ...above, ignoredBy };
    // Taken back from those who ignore it, it is open to what they say of what is in it.
    const opened = (matchers: readonly IgnoreMatcher[]): readonly IgnoreMatcher[] =>
      matchers.map((matcher) => (matcher.verdict(`${folder}/`)?.ignored ? matcher.open(folder) : matcher));
    const { pairwise, always, git } = above;
    return this.#withFilesOf(folder, {
      ignoredBy,
      pairwise: opened(pairwise),
      always: opened(always),
      git: opened(git),
    });
  }

  #withFilesOf(folder: string, rules: FolderRules): FolderRules {
    const own = (name: IgnoreFile): readonly IgnoreMatcher[] => {
      const matcher = this.#files.get(folder === "" ? name : `${folder}/${name}`);
      return matcher ? [matcher] : [];
    };
    const pairwise = [...own(".pairwiseignore"), ...rules.pairwise];
    return { ...rules, pairwise, git: [...own(".gitignore"), ...rules.git, ...own(".git/info/exclude")] };
  }
}

function secretFileMatcher(): IgnoreMatcher {
  return IgnoreMatcher.of(undefined, "", secretFiles, true);
}

/** A folder's path ends with a slash. No folder above is ignored. */
function decide({ pairwise, always, git }: FolderRules, path: string): IgnoredBy | undefined {
  for (const matcher of pairwise) {
    const verdict = matcher.verdict(path);
    if (verdict) return reasonOf(matcher, verdict);
  }
  for (const [index, matcher] of always.entries()) {
    if (matcher.verdict(path)?.ignored) return { kind: index === 0 ? "built-in" : "pattern" };
  }
  for (const matcher of git) {
    const verdict = matcher.verdict(path);
    if (verdict) return reasonOf(matcher, verdict);
  }
  return undefined;
}

function reasonOf({ file }: IgnoreMatcher, verdict: { readonly ignored: boolean; readonly line: number }) {
  return verdict.ignored && file !== undefined ? ({ kind: "file", file, line: verdict.line } as const) : undefined;
}

const MOST_FOLDERS = 50_000;
