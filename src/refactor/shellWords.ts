/** What a line for a shell runs, as far as that can be told without running it: POSIX shells, PowerShell, cmd. */

export interface SimpleCommand {
  /** Without quotes and escapes; the first one is what runs. */
  readonly words: readonly string[];
  /** What it writes to is an empty string where it writes to no file. */
  readonly writesTo: string;
  /** The one before hands it what it writes. */
  readonly isPiped: boolean;
}

/** In order; those inside of `$(…)`, backticks, `<(…)` and brackets come behind the one that they stand in. */
export function simpleCommands(line: string): readonly SimpleCommand[] {
  const found: SimpleCommand[] = [];
  scan(line, found, 0);
  return found;
}

/** How many are run one after the other, where a pipe counts as one. */
export function stepsIn(line: string): number {
  const own: SimpleCommand[] = [];
  scan(line, own, DEEPEST);
  return own.filter(({ isPiped }) => !isPiped).length;
}

function scan(line: string, found: SimpleCommand[], depth: number): void {
  let words: string[] = [];
  let word: string | undefined;
  let writesTo = "";
  let isPiped = false;
  const inner: string[] = [];
  const endWord = (): void => {
    if (word === undefined) return;
    if (writesTo === PENDING) writesTo = word;
    else words.push(word);
    word = undefined;
  };
  const endCommand = (nextIsPiped: boolean): void => {
    endWord();
    if (words.length > 0 || writesTo !== "") {
      found.push({ words, writesTo: writesTo === PENDING ? "" : writesTo, isPiped });
    }
    [words, writesTo, isPiped] = [[], "", nextIsPiped];
  };
  let quote = "";
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? "";
    const next = line[at + 1] ?? "";
    const opensInner = quote !== "'" && ((char === "$" && next === "(") || char === "`");
    if (opensInner) {
      const end = char === "`" ? line.indexOf("`", at + 1) : closing(line, at + 1);
      const stop = end === -1 ? line.length : end;
      inner.push(line.slice(char === "`" ? at + 1 : at + 2, stop));
      word = `${word ?? ""}${SUBSTITUTED}`;
      at = stop;
    } else if (quote !== "") {
      if (char === quote) quote = "";
      else if (char === "\\" && quote === '"' && /["\\$`]/.test(next)) {
        word = `${word ?? ""}${next}`;
        at += 1;
      } else word = `${word ?? ""}${char}`;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= "";
    } else if (char === "\\" && next !== "") {
      // Of Windows it is a part of a path.
      const isPath = /[\w.]/.test(next) && /^(?:[A-Za-z]:|.*[\w.~])$/.test(word ?? "") && !/^\w{1,3}$/.test(word ?? "");
      word = `${word ?? ""}${isPath ? "\\" : ""}${next}`;
      at += 1;
    } else if (char === "#" && word === undefined) break;
    else if (/\s/.test(char)) endWord();
    else if (char === "|" || char === "&" || char === ";" || char === "\n") {
      const isRedirection = char === "&" && (line[at - 1] === ">" || next === ">");
      if (isRedirection) continue;
      const isDouble = next === char;
      if (isDouble || (char === "|" && next === "&")) at += 1;
      endCommand(char === "|" && !isDouble);
    } else if ((char === "<" || char === ">") && next === "(") {
      const end = closing(line, at + 1);
      const stop = end === -1 ? line.length : end;
      inner.push(line.slice(at + 2, stop));
      endWord();
      words.push(SUBSTITUTED);
      at = stop;
    } else if (char === ">") {
      if (/^\d$/.test(word ?? "")) word = undefined;
      endWord();
      if (next === ">") at += 1;
      writesTo = PENDING;
    } else if (char === "<") endWord();
    else if (char === ")" || (word === undefined && (char === "(" || (/[{}]/.test(char) && /^[\s;]?$/.test(next))))) {
      endCommand(isPiped && char !== ")");
    } else word = `${word ?? ""}${char}`;
  }
  endCommand(false);
  if (depth < DEEPEST) for (const each of inner) scan(each, found, depth + 1);
}

function closing(line: string, open: number): number {
  let depth = 0;
  let quote = "";
  for (let at = open; at < line.length; at += 1) {
    const char = line[at] ?? "";
    if (char === "\\" && quote !== "'") at += 1;
    else if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === "(") depth += 1;
    else if (char === ")" && (depth -= 1) === 0) return at;
  }
  return -1;
}

/** Stands in a word for what another command writes there. */
export const SUBSTITUTED = "$(…)";
const PENDING = "\u0000";
const DEEPEST = 4;
