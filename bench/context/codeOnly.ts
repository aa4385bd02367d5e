/** The code of a file alone, at the same offsets: what it says in comments and strings needs and defines nothing. */

/** `text` with comments and strings blanked, all of a template string too; line breaks stay. TypeScript and Python. */
export function codeOnly(path: string, text: string): string {
  return text.replace(path.endsWith(".py") ? python : ecmaScript, (found, kept: string | undefined) => {
    const start = kept ?? "";
    return start + found.slice(start.length).replace(/[^\n]/g, " ");
  });
}

const STRINGS = String.raw`"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'`;
const python = new RegExp(String.raw`()(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|#[^\n]*|${STRINGS})`, "g");
const TEMPLATE = "`(?:\\\\[\\s\\S]|[^`\\\\])*`";
/** Where a value may begin, a stroke begins a regular expression. Its quotes would begin strings. */
const REGEX = String.raw`([=(,:[!&|?{};\n]\s*)\/(?![/*\s])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/`;
const ecmaScript = new RegExp(String.raw`${REGEX}|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|${STRINGS}|${TEMPLATE}`, "g");
