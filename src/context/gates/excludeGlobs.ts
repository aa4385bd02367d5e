/** VS Code's globs, as `files.exclude` has them, in git's syntax. */

/** At least one pattern for each glob; more where it has braces. */
export function patternsOfGlobs(globs: readonly string[]): readonly string[] {
  return globs.flatMap((glob) => expandBraces(glob).map(patternOf));
}

/** A glob that does not begin with `**` is about the root, and git has a slash in front for that. */
function patternOf(glob: string): string {
  const path = glob
    .replace(/^\/+/, "")
    .replaceAll("\\", "\\\\")
    .replace(/ +$/, (spaces) => "\\ ".repeat(spaces.length));
  return path.startsWith("**") ? path : `/${path}`;
}

/** `a{b,c{d,e}}` is `ab`, `acd` and `ace`. An opening brace that is not closed is a character. */
function expandBraces(glob: string): readonly string[] {
  let done: readonly string[] = [];
  let open: readonly string[] = [glob];
  while (open.length > 0 && open.length + done.length < MOST_PATTERNS) {
    const parts = open.map((each) => ({ each, choices: firstChoices(each) }));
    done = [...done, ...parts.flatMap(({ each, choices }) => (choices === undefined ? [each] : []))];
    open = parts.flatMap(({ choices }) => choices ?? []);
  }
  return [...done, ...open];
}

/** `undefined` without braces. */
function firstChoices(glob: string): readonly string[] | undefined {
  const start = glob.indexOf("{");
  if (start === -1) return undefined;
  const commas = [start];
  let depth = 0;
  for (let index = start; index < glob.length; index += 1) {
    if (glob[index] === "{") depth += 1;
    if (glob[index] === "}") depth -= 1;
    if (glob[index] === "," && depth === 1) commas.push(index);
    if (depth > 0) continue;
    const [before, after] = [glob.slice(0, start), glob.slice(index + 1)];
    const ends = [...commas.slice(1), index];
    return commas.map((comma, place) => before + glob.slice(comma + 1, ends[place]) + after);
  }
  return undefined;
}

/** A glob of braces alone may be of any number of patterns. */
const MOST_PATTERNS = 1_000;
