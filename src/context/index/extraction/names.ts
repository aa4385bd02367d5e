/**
 * The names in a file's code, found without its grammar: what stands in comments and strings does not count, since the
 * index asks which files use a definition. (Similar code is found by other means, in sources/names.ts.)
 */

/** Each name once, with how often it stands there, in the order of its first place. */
export function namesIn(text: string, languageId: string): readonly (readonly [name: string, count: number])[] {
  const pattern = hasHashComments(languageId) ? withHashComments : withSlashComments;
  const counts = new Map<string, number>();
  // The texts alone: an object for each match would be most of what a query leaves to collect.
  for (const found of text.match(pattern) ?? []) {
    if (found.length < 2 || found.length > LONGEST_CHARS || !NAME_START.test(found)) continue;
    if (KEYWORDS.has(found)) continue;
    counts.set(found, (counts.get(found) ?? 0) + 1);
    if (counts.size >= MOST_NAMES) break;
  }
  return Array.from(counts);
}

export function hasHashComments(languageId: string): boolean {
  return HASH_COMMENTS.has(languageId);
}

const LONGEST_CHARS = 80;
/** A file with more is generated. */
const MOST_NAMES = 4_000;

const HASH_COMMENTS = new Set([
  "python",
  "ruby",
  "shellscript",
  "powershell",
  "perl",
  "r",
  "julia",
  "elixir",
  "makefile",
  "dockerfile",
]);

const NAME_START = /^[\p{L}_$]/u;
const NAME = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;
const STRINGS = String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'`;
const TRIPLE = String.raw`"""[\s\S]*?"""|'''[\s\S]*?'''`;
// The expressions of a template are code, so it is only its plain text that is passed over, as far as that is easy.
const TEMPLATE = "`(?:\\\\.|[^`\\\\$])*`";
const withSlashComments = new RegExp(
  String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|${TRIPLE}|${STRINGS}|${TEMPLATE}|${NAME}`,
  "gu",
);
const withHashComments = new RegExp(String.raw`#[^\n]*|${TRIPLE}|${STRINGS}|${NAME}`, "gu");

/** Of all languages together: a name that is a keyword elsewhere is no great loss. */
const KEYWORDS = new Set(
  (
    "abstract and any as assert async await base bool boolean break byte case catch char checked class const constexpr " +
    "continue crate debugger declare decimal def default del delete do double elif else elsif end ensure enum except " +
    "explicit export extends extern false False final finally fixed float fn for foreach from func function global go " +
    "goto if impl implements import in include inline instanceof int interface internal is keyof lambda let long loop " +
    "match mod module move mut namespace never new nil None nonlocal not null number object of operator or out override " +
    "package params pass private protected pub public raise range readonly ref require rescue return sealed select self " +
    "Self short signed sizeof static str string struct super switch symbol template then this throw throws trait true True " +
    "try type typedef typename typeof uint ulong undefined union unknown unless unsafe unsigned until use using var " +
    "virtual void volatile when where while with yield"
  ).split(" "),
);
