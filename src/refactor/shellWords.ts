/** What a line for a shell runs, as far as that can be told without running it. */

/** How a shell quotes and escapes: POSIX shells and fish, PowerShell, cmd. */
export type ShellSyntax = "posix" | "powershell" | "cmd";

export interface SimpleCommand {
  /** Without quotes and escapes; the first one is what runs. */
  readonly words: readonly string[];
  /** The files that its output goes to. */
  readonly writesTo: readonly string[];
  /** What its standard input is, where it is not the terminal. */
  readonly input?: "pipe" | "file";
  /** The text of a here-string. */
  readonly given: string;
}

/** @param shell by its name, such as `bash` */
export function syntaxOf(shell: string): ShellSyntax {
  if (/^(?:powershell|pwsh)/i.test(shell)) return "powershell";
  return /^cmd\b/i.test(shell) ? "cmd" : "posix";
}

/**
 * In order; those inside of `$(…)`, backticks, `<(…)` and brackets come behind the one that they stand in. `#` begins no
 * comment: in an interactive zsh and in cmd it does not.
 */
export function simpleCommands(line: string, syntax: ShellSyntax): readonly SimpleCommand[] {
  const found: SimpleCommand[] = [];
  scan(line, syntax, found, 0);
  return found;
}

/** How many are run one after the other, where a pipe counts as one. */
export function stepsIn(line: string, syntax: ShellSyntax): number {
  const own: SimpleCommand[] = [];
  scan(line, syntax, own, DEEPEST);
  return own.filter(({ input, words }) => input !== "pipe" && !words[0]?.startsWith("#")).length;
}

function scan(line: string, syntax: ShellSyntax, found: SimpleCommand[], depth: number, isPiped = false): void {
  const [escape, quotes] = MARKS[syntax];
  const command = new OpenCommand(found, isPiped);
  const inner: { readonly text: string; readonly isPiped: boolean }[] = [];
  /** Gives where it ends. */
  const within = (open: number, isBacktick: boolean, isPiped: boolean): number => {
    const end = isBacktick ? line.indexOf("`", open + 1) : closing(line, open, escape);
    const stop = end === -1 ? line.length : end;
    const text = line.slice(open + 1, stop);
    // Of `((x * 2))` only what is substituted in it runs.
    const [, sum] = (!isBacktick && /^\(([^]*)\)$/.exec(text)) || [];
    inner.push({ text: sum === undefined ? text : `: "${sum.replaceAll('"', "")}"`, isPiped });
    return stop;
  };
  let quote = "";
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? "";
    const next = line[at + 1] ?? "";
    const isBacktick = char === "`" && syntax === "posix";
    const isDollar = char === "$" && next === "(" && syntax !== "cmd";
    if (quote !== "'" && (isBacktick || isDollar)) {
      at = within(isDollar ? at + 1 : at, isBacktick, false);
      command.add(SUBSTITUTED);
    } else if (quote !== "") {
      if (char === quote) quote = "";
      else if (char === escape && quote === '"' && /["\\$`]/.test(next)) {
        command.add(next);
        at += 1;
      } else command.add(char);
    } else if (quotes.includes(char)) {
      quote = char;
      command.add("");
    } else if (char === escape && next !== "") {
      command.add(next);
      at += 1;
    } else if (/\s/.test(char) && char !== "\n") command.endWord();
    else if (/[|&\n]/.test(char) || (char === ";" && syntax !== "cmd")) {
      const isRedirection = (char === "&" && (/[<>]/.test(line[at - 1] ?? "") || next === ">")) || line[at - 1] === ">";
      if (isRedirection) continue;
      const isDouble = next === char;
      if (char === "&" && !isDouble && syntax === "powershell" && command.isEmpty) {
        command.add("&");
        command.endWord();
      } else {
        if (isDouble || (char === "|" && next === "&")) at += 1;
        command.end(char === "|" && !isDouble);
      }
    } else if ((char === "<" || char === ">") && next === "(" && syntax === "posix") {
      at = within(at + 1, false, char === ">");
      command.endWord();
      command.add(SUBSTITUTED);
    } else if (char === ">") {
      if (next === ">") at += 1;
      command.redirect("output");
    } else if (char === "<") {
      const length = /^<+/.exec(line.slice(at))?.[0].length ?? 1;
      at += length - 1;
      command.redirect(length === 3 ? "text" : "input");
    } else if (char === "(" && next === "(" && syntax === "posix" && command.isBetween) {
      at = within(at, false, false);
    } else if (char === ")") command.end(false);
    else if (/[{}]/.test(char) && syntax === "powershell") command.end(false);
    else if (/[({}]/.test(char) && command.isBetween && (char === "(" || /^[\s;]?$/.test(next))) {
      // An argument in PowerShell, or what `&` runs.
      if (char === "(" && syntax === "powershell" && !command.isEmpty) command.add(SUBSTITUTED);
      command.endBefore();
    } else command.add(char);
  }
  command.end(false);
  if (depth < DEEPEST) for (const { text, isPiped } of inner) scan(text, syntax, found, depth + 1, isPiped);
}

class OpenCommand {
  readonly #found: SimpleCommand[];
  #words: string[] = [];
  #word: string | undefined;
  #writesTo: string[] = [];
  #input: SimpleCommand["input"];
  #given = "";
  /** What the next word is, where it is none of the command's own. */
  #target: "output" | "input" | "text" | undefined;

  constructor(found: SimpleCommand[], isPiped: boolean) {
    this.#found = found;
    this.#input = isPiped ? "pipe" : undefined;
  }

  get isEmpty(): boolean {
    return this.isBetween && this.#words.length === 0;
  }

  /** No word is open. */
  get isBetween(): boolean {
    return this.#word === undefined;
  }

  add(text: string): void {
    this.#word = `${this.#word ?? ""}${text}`;
  }

  endWord(): void {
    const word = this.#word;
    if (word === undefined) return;
    if (this.#target === "output") this.#writesTo.push(word);
    else if (this.#target === "text") this.#given = word;
    else if (this.#target === undefined) this.#words.push(word);
    this.#target = this.#word = undefined;
  }

  redirect(target: "output" | "input" | "text"): void {
    // `2>` is no word.
    if (/^\d$/.test(this.#word ?? "")) this.#word = undefined;
    this.endWord();
    this.#target = target;
    if (target !== "output") this.#input = "file";
  }

  /** At a bracket: what stands in it is fed as the command is. */
  endBefore(): void {
    this.end(this.#input === "pipe");
  }

  end(nextIsPiped: boolean): void {
    this.endWord();
    if (this.#words.length > 0 || this.#writesTo.length > 0) {
      const input = this.#input;
      this.#found.push({ words: this.#words, writesTo: this.#writesTo, given: this.#given, ...(input && { input }) });
    }
    [this.#words, this.#writesTo, this.#given, this.#target] = [[], [], "", undefined];
    this.#input = nextIsPiped ? "pipe" : undefined;
  }
}

function closing(line: string, open: number, escape: string): number {
  let depth = 0;
  let quote = "";
  for (let at = open; at < line.length; at += 1) {
    const char = line[at] ?? "";
    if (char === escape && quote !== "'") at += 1;
    else if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === "(") depth += 1;
    else if (char === ")" && (depth -= 1) === 0) return at;
  }
  return -1;
}

/** The escape character and the quotes. */
const MARKS: Readonly<Record<ShellSyntax, readonly [string, string]>> = {
  posix: ["\\", `'"`],
  powershell: ["`", `'"`],
  cmd: ["^", '"'],
};
/** What the user has to fill in, such as `<file>`. */
export const BLANK = /<[A-Za-z](?:[\w ./-]{0,40}\w)?>(?!\w)/g;
/** Stands in a word for what another command writes there. */
export const SUBSTITUTED = "$(…)";
const DEEPEST = 16;
