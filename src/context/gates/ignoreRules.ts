/** The first gate: which files contribute nothing to what a model is shown, not even their names. */

import ignore, { type Ignore } from "ignore";

export type IgnoreFile = ".gitignore" | ".pairwiseignore";

const BUILT_IN = `
.git/
.env
.env.*
!.env.example
!.env.sample
!.env.template
!.env.defaults
*.pem
*.key
*.p12
*.pfx
*.keystore
*.jks
id_rsa
id_dsa
id_ecdsa
id_ed25519
.netrc
.npmrc
.pypirc
.htpasswd
credentials
*.kdbx
`;

/** Never changed: more rules make another one. Paths are relative to the root, with `/`. */
export class IgnoreRules {
  readonly #layers: readonly Layer[];

  private constructor(layers: readonly Layer[]) {
    this.#layers = layers;
  }

  /** Git's own folder, and files that are secrets by nature. */
  static readonly builtIn = new IgnoreRules([layer("", BUILT_IN, 0)]);

  /** With what an ignore file in `folder` says; the empty path is the root. */
  with(folder: string, fileName: IgnoreFile, text: string): IgnoreRules {
    // What .pairwiseignore says goes before what any .gitignore says.
    return this.#and(layer(folder, text, fileName === ".pairwiseignore" ? 2 : 1));
  }

  /** With patterns in the words of .gitignore that count for all folders, such as those of the editor's settings. */
  withPatterns(patterns: readonly string[]): IgnoreRules {
    return this.#and(layer("", patterns.join("\n"), 1));
  }

  /** As git does: what is in an ignored folder is ignored, whatever is said of it. */
  ignores(path: string, isFolder: boolean): boolean {
    for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) {
      if (this.#decides(path.slice(0, end), true)) return true;
    }
    return this.#decides(path, isFolder);
  }

  #and(added: Layer): IgnoreRules {
    // Those of deeper folders go before those above them; of one folder the later one.
    const layers = [...this.#layers, added].toSorted(
      (one, other) => one.rank - other.rank || one.folder.length - other.folder.length,
    );
    return new IgnoreRules(layers);
  }

  #decides(path: string, isFolder: boolean): boolean {
    for (let index = this.#layers.length - 1; index >= 0; index -= 1) {
      const verdict = this.#layers[index]?.test(path, isFolder);
      if (verdict !== undefined) return verdict;
    }
    return false;
  }
}

interface Layer {
  readonly folder: string;
  readonly rank: number;
  /** `undefined` where it says nothing of the path. */
  test(path: string, isFolder: boolean): boolean | undefined;
}

function layer(folder: string, text: string, rank: number): Layer {
  const rules: Ignore = ignore({ allowRelativePaths: true }).add(text);
  const start = folder === "" ? "" : `${folder}/`;
  return {
    folder,
    rank,
    test(path, isFolder) {
      if (!path.startsWith(start) || path.length === start.length) return undefined;
      const { ignored, unignored } = rules.test(path.slice(start.length) + (isFolder ? "/" : ""));
      return ignored ? true : unignored ? false : undefined;
    },
  };
}

/**
 * VS Code's globs (`files.exclude`) in the words of .gitignore: both know `*`, `**`, `?` and `[…]`, VS Code knows
 * `{a,b}` besides, and its globs count from the root.
 */
export function patternsOfGlobs(globs: readonly string[]): readonly string[] {
  return globs.flatMap(expandBraces).map((glob) => (glob.startsWith("**/") ? glob : `/${glob.replace(/^\/+/, "")}`));
}

function expandBraces(glob: string): readonly string[] {
  const found = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(glob);
  if (!found) return [glob];
  const [, before = "", choices = "", after = ""] = found;
  return choices.split(",").flatMap((choice) => expandBraces(before + choice + after));
}
