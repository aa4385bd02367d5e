/** What may be a name, by VS Code's identifiers of languages. */

import { languageOf } from "../context/syntax/languages.ts";

/** Why a name can't be used. */
export type NameFault = "invalid" | "keyword" | "taken" | "misleading" | "visibility" | "same";

/** `undefined` where nothing speaks against it. */
export function nameFault(
  old: string,
  name: string,
  languageId: string,
  taken: ReadonlySet<string>,
): NameFault | undefined {
  if (name === old) return "same";
  if (name.length > LONGEST_CHARS || !shapeOf(languageId).test(name) || DUNDER.test(name)) return "invalid";
  // What nobody sees, and other shapes of the same letters.
  if (/\p{Default_Ignorable_Code_Point}/u.test(name) || name.normalize("NFKC") !== name) return "misleading";
  // A Cyrillic letter that looks like a Latin one makes two names that nobody can tell apart.
  if (/\p{Script=Latin}/u.test(name) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name)) return "misleading";
  if (keywordsOf(languageId).has(name) || (foldsCase(languageId) && keywordsOf(languageId).has(name.toLowerCase())))
    return "keyword";
  // The first letter says who may use it.
  if (FIRST_LETTER_COUNTS.has(languageId) && isUpper(old) !== isUpper(name)) return "visibility";
  if (taken.has(name)) return "taken";
  if (!foldsCase(languageId) || name.toLowerCase() === old.toLowerCase()) return undefined;
  const folded = name.toLowerCase();
  return Array.from(taken).some((other) => other.toLowerCase() === folded) ? "taken" : undefined;
}

/** All words of a text that may be names. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(WORDS) ?? []);
}

/** Names that the code of a file has by themselves: those in comments and strings, and members of something, collide with none. */
export function namesUsed(text: string, languageId: string): ReadonlySet<string> {
  let code = "";
  let at = 0;
  for (const { from, to } of languageOf(languageId)?.scan(text).closed ?? []) {
    code += `${text.slice(at, from)} `;
    at = to;
  }
  // What is called on oneself is how some languages declare it.
  return wordsOf(
    (code + text.slice(at)).replace(
      /(?<!\b(?:self|this|cls))(?<!\.)(?:\?\.|\.|->)[\p{L}_$][\p{L}\p{N}\p{M}_$]*/gu,
      " ",
    ),
  );
}

/** Without what marks a variable where the name stands, which is not of it. */
export function bareWord(word: string, languageId: string): string {
  if (languageId === "php" || languageId === "powershell" || languageId === "perl") return word.replace(/^[$@%]/, "");
  if (languageId === "ruby") return word.replace(/^(?:@@?|\$|:)/, "");
  return word;
}

function shapeOf(languageId: string): RegExp {
  return SHAPES[languageId] ?? /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u;
}

function keywordsOf(languageId: string): ReadonlySet<string> {
  return KEYWORDS[languageId] ?? EVERYWHERE;
}

function foldsCase(languageId: string): boolean {
  return CASE_FOLDING.has(languageId);
}

function isUpper(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}

const WORDS = /[\p{L}_$][\p{L}\p{N}\p{M}_$]*/gu;
const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const ASCII = /^[A-Za-z_]\w*$/;
const ECMA_SCRIPT = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;
const STYLE = /^-{0,2}[A-Za-z_][\w-]*$/;
const SHAPES: Readonly<Record<string, RegExp>> = {
  javascript: ECMA_SCRIPT,
  javascriptreact: ECMA_SCRIPT,
  typescript: ECMA_SCRIPT,
  typescriptreact: ECMA_SCRIPT,
  vue: ECMA_SCRIPT,
  svelte: ECMA_SCRIPT,
  java: /^[\p{L}_$][\p{L}\p{N}_$]*$/u,
  ruby: /^[\p{L}_][\p{L}\p{N}_]*[?!]?$/u,
  c: ASCII,
  shellscript: ASCII,
  lua: ASCII,
  dart: /^[A-Za-z_$][\w$]*$/,
  css: STYLE,
  scss: STYLE,
  less: STYLE,
};

const ECMA_WORDS = words(
  "arguments async await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null of package private protected public return static super switch this throw true try typeof undefined var void while with yield NaN Infinity any boolean never number object string symbol unknown bigint constructor prototype",
);
const C_WORDS = words(
  "alignas alignof and asm auto bool break case catch char class const constexpr continue decltype default delete do double else enum explicit export extern false float for friend goto if inline int long mutable namespace new noexcept not nullptr NULL operator or private protected public register restrict return short signed sizeof static struct switch template this throw true try typedef typename union unsigned using virtual void volatile while xor main",
);
const KEYWORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  javascript: ECMA_WORDS,
  javascriptreact: ECMA_WORDS,
  typescript: ECMA_WORDS,
  typescriptreact: ECMA_WORDS,
  vue: ECMA_WORDS,
  svelte: ECMA_WORDS,
  python: words(
    "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return self cls try while with yield list dict set str int float bool type id input print len object tuple range map filter sum min max open next iter all any hash format bytes",
  ),
  go: words(
    "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var nil true false iota string int bool byte rune error len cap make new append panic recover copy delete close any _ init main",
  ),
  java: words(
    "abstract assert boolean break byte case catch char class const continue default do double else enum extends false final finally float for goto if implements import instanceof int interface long native new null package private protected public record return sealed short static strictfp super switch synchronized this throw throws transient true try var void volatile while yield _",
  ),
  csharp: words(
    "abstract as async await base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using value var virtual void volatile while yield",
  ),
  c: C_WORDS,
  cpp: C_WORDS,
  rust: words(
    "as async await break const continue crate dyn else enum extern false fn for gen if impl in let loop macro match mod move mut pub ref return self Self static struct super trait true try type union unsafe use where while yield _ abstract become box do final override priv typeof unsized virtual String Option Result Vec Some None Ok Err",
  ),
  ruby: words(
    "BEGIN END alias and begin break case class def defined do else elsif end ensure false for if in module next nil not or redo rescue retry return self super then true undef unless until when while yield initialize",
  ),
  php: words(
    "abstract and array as break callable case catch class clone const continue declare default die do echo else elseif empty endif enum eval exit extends final finally fn for foreach function global goto if implements include instanceof insteadof interface isset list match namespace new null or print private protected public readonly require return self parent static switch this throw trait true false try unset use var while xor yield",
  ),
  shellscript: words(
    "if then else elif fi case esac for select while until do done in function time echo exit return local export readonly declare set unset test PATH HOME IFS",
  ),
};
/** For languages that are not listed: what hardly any of them lets be a name. */
const EVERYWHERE = words(
  "and as break case catch class const continue def default do else elseif end enum extends false finally fn for func function goto if import in interface is let local match module new nil not null or package private protected public return self static struct super switch then this throw true try type use using val var void when where while with yield",
);
const CASE_FOLDING = new Set(["powershell", "vb", "sql", "pascal", "fortran", "bat"]);
const FIRST_LETTER_COUNTS = new Set(["go", "ruby", "haskell", "erlang", "elixir"]);
const DUNDER = /^__.*__$/;
const LONGEST_CHARS = 60;
