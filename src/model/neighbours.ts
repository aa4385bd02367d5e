/** Code of other files in front of the one that is written. */

/** Lines of another file. */
export interface Neighbour {
  /** Relative to the workspace folder, with `/`; empty where it is of no file. */
  readonly path: string;
  /** With `\n` as its line breaks, without one at its end. */
  readonly text: string;
}

interface Quoting {
  readonly path: string;
  readonly languageId: string;
  readonly neighbours?: readonly Neighbour[];
}

/** Other files in front of this one, where a format has no place of its own for them: each under a comment with its path. */
export function quoted({ path, languageId, neighbours = [] }: Quoting): string {
  if (neighbours.length === 0) return "";
  const comment = commentOf(languageId);
  const others = neighbours.map((other) => `${comment(other.path)}\n${other.text}\n\n`);
  return others.join("") + (path === "" ? "" : `${comment(path)}\n`);
}

function commentOf(languageId: string): (words: string) => string {
  if (WITH_HASHES.test(languageId)) return (words) => `# ${words}`;
  if (WITH_DASHES.test(languageId)) return (words) => `-- ${words}`;
  if (WITH_TAGS.test(languageId)) return (words) => `<!-- ${words} -->`;
  return (words) => `// ${words}`;
}

const WITH_HASHES =
  /^(?:python|ruby|shellscript|perl|r|julia|elixir|yaml|toml|dockerfile|makefile|cmake|powershell|coffeescript|ini|properties)$/;
const WITH_DASHES = /^(?:sql|lua|haskell|ada|elm|vhdl)$/;
const WITH_TAGS = /^(?:html|xml|markdown|vue|svelte)$/;
