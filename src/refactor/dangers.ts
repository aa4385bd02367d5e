/** What a command may do that can't be undone, or that its user should know before. It finds what is known, not all there is. */

import {
  inlineCode,
  isEval,
  isShell,
  runsCommands,
  runsInput,
  runsSubstituted,
  scriptFile,
  takesText,
} from "./handedCode.ts";
import { type Danger, KNOWN } from "./knownDangers.ts";
import { BLANK, type ShellSyntax, type SimpleCommand, simpleCommands, syntaxOf } from "./shellWords.ts";
import { argumentsOf, isSureName, possibleCode, SURE_NAMES_IN_TEXT } from "./possibleCode.ts";
import { nameOf, unwrapped, type WrappedCommand } from "./wrappedCommand.ts";

/**
 * @param all the line
 * @param shell that is to run it, by its name, such as `zsh`
 */
export function dangersOf(all: string, shell: string): readonly Danger[] {
  const line = all.slice(0, LONGEST_CHARS);
  const found = new Set<Danger>();
  const looking: Looking = { syntax: syntaxOf(shell), found, depth: 0, isGuess: false, looked: { chars: 0 } };
  const filled = line.replace(BLANK, (blank) => blank.slice(1, -1).replaceAll(" ", "_"));
  look(filled, looking);
  // Where it stays as it is, a blank is two redirections.
  if (filled !== line) lookForKnown(line, looking);
  if (looking.looked.chars > MOST_LOOKED) found.add("runs-code");
  return Array.from(found);
}

interface Looking {
  readonly syntax: ShellSyntax;
  /** What is found is added there. */
  readonly found: Set<Danger>;
  /** Of commands in commands. */
  readonly depth: number;
  /** It may be no command at all. */
  readonly isGuess: boolean;
  /** In all: what stands in commands in commands is looked at again and again. */
  readonly looked: { chars: number };
}

/** A command among those of its line. */
interface Placed {
  readonly command: SimpleCommand;
  readonly wrapped: WrappedCommand;
}

function look(line: string, looking: Looking): void {
  const { syntax, found, depth, looked } = looking;
  looked.chars += line.length;
  if (depth > DEEPEST || looked.chars > MOST_LOOKED) {
    found.add("runs-code");
    return;
  }
  const all = simpleCommands(line.replace(/\$\{IFS\}|\$IFS\b/g, " "), syntax).map((command): Placed => ({
    command,
    wrapped: unwrapped(command.words),
  }));
  const handed = new Set<Placed>();
  for (const [index, placed] of all.entries()) {
    const { command, wrapped } = placed;
    judge(placed, looking);
    // What goes into an interpreter is code, whoever writes it.
    if (runsInput(wrapped, command)) {
      const before = pipedInto(all, index);
      found.add(before.some(isDownload) ? "runs-download" : before.some(isDecoder) ? "disguised" : "runs-code");
      for (const each of before) {
        if (!handed.has(each)) judgeText(each.command.words.slice(1).join("\n"), looking);
        handed.add(each);
      }
      judgeText(command.given, looking);
    }
    const isFromNet = DOWNLOADS.test(line);
    if (isEval(wrapped.name)) {
      if (isFromNet) found.add("runs-download");
    } else if (runsSubstituted(wrapped)) found.add(isFromNet ? "runs-download" : "runs-code");
    const file = scriptFile(wrapped);
    const isOf = ({ words, writesTo }: SimpleCommand): boolean =>
      [...words, ...writesTo].some((word) => lastPart(word) === lastPart(file ?? ""));
    if (file && all.slice(0, index).some((each) => isDownload(each) && isOf(each.command))) found.add("runs-download");
    if (isDisguised(wrapped, syntax)) found.add("disguised");
  }
  if (FORK_BOMB.test(line)) found.add("stops-machine");
}

function judge({ command, wrapped }: Placed, looking: Looking): void {
  const { syntax, found, depth, isGuess } = looking;
  const inner: Looking = { ...looking, depth: depth + 1 };
  const { name, words, through } = wrapped;
  if (ADMINISTRATOR.test(name) || through.some((each) => ADMINISTRATOR.test(each))) found.add("as-administrator");
  for (const path of [...command.writesTo, ...targetsOf(name, words)]) {
    if (DEVICE.test(path)) found.add("erases-disk");
    else if (OF_SYSTEM.test(path)) found.add("overwrites-system");
    if (/^\/dev\/(?:tcp|udp)\//.test(path)) found.add("sends-files");
  }
  if (command.input && through.includes("ssh")) found.add("sends-files");
  const isWriting = command.writesTo.some((path) => !/^(?:\/dev\/.*|&?\d|nul)$/i.test(path));
  if (takesText(name) && !isWriting) return;
  const said = argumentsOf(name, words).join(" ");
  judgeKnown(name, command.input ? `${said} <` : said, found);
  judgeCalls([wrapped.written, said].join(" "), found);
  // A script may come in words of its own.
  const script = scriptIn(name, words);
  if (script) look(script.text, { ...inner, syntax: script.syntax ?? syntax });
  for (const own of commandsAfter(wrapped))
    judge({ command: { words: own, writesTo: [], given: "" }, wrapped: unwrapped(own) }, inner);
  const { code, isFilter } = inlineCode(name, words);
  if (code !== "" && (!isFilter || runsCommands(code) || REMOVES.test(code))) {
    found.add("runs-code");
    if (SURE_NAMES_IN_TEXT.test(code)) found.add("deletes");
  }
  // What is compared and computed is no command.
  const isExpression = syntax === "powershell" && /^[$\d[(-]/.test(wrapped.written) && !through.includes("&");
  if (code !== "" || isExpression) return;
  // In a text that may be prose only the second word: `shell rm x`, but not `removes the rm command`.
  for (const word of possibleCode(wrapped, command.words)) {
    if (/\s/.test(word)) {
      lookForKnown(word, looking);
    } else if ((!isGuess || word === command.words[1]) && isSureName(nameOf(word))) judgeKnown(nameOf(word), "", found);
  }
}

/** The files that it writes, of those in its arguments. */
function targetsOf(name: string, words: readonly string[]): readonly string[] {
  if (name === "tee" || name === "mv") return words;
  const isInPlace = name === "sed" && words.some((word) => /^-\w*i|^--in-place/.test(word));
  return isInPlace || /^(?:cp|install|ln)$/.test(name) ? words.slice(-1) : [];
}

function judgeKnown(name: string, said: string, found: Set<Danger>): void {
  for (const [danger, names, arguments_] of KNOWN)
    if (names.test(name) && (!arguments_ || arguments_.test(said))) found.add(danger);
}

/** Calls of a language, and statements of a database. */
function judgeCalls(text: string, found: Set<Danger>): void {
  if (REMOVES.test(text)) found.add("deletes");
  if (SQL.test(text)) found.add("drops-data");
  if (DELETES_ALL.test(text) && !/\bwhere\b/i.test(text)) found.add("drops-data");
}

/** What a shell or an interpreter is given to run. */
function judgeText(text: string, looking: Looking): void {
  const { found } = looking;
  if (text === "") return;
  judgeCalls(text, found);
  if (SURE_NAMES_IN_TEXT.test(text)) found.add("deletes");
  lookForKnown(text, looking);
}

/** In what may be a command or none: that it can't be told what it runs would be told of any text. */
function lookForKnown(text: string, looking: Looking): void {
  const inside = new Set<Danger>();
  look(text, { ...looking, found: inside, depth: looking.depth + 1, isGuess: true });
  for (const danger of inside) if (danger !== "disguised" && danger !== "runs-code") looking.found.add(danger);
}

function scriptIn(
  name: string,
  words: readonly string[],
): { readonly text: string; readonly syntax?: ShellSyntax } | undefined {
  if (isEval(name)) return { text: words.join(" ") };
  if (name === "cmd" || name === "%comspec%") {
    const at = words.findIndex((word) => /^(?:\/\w)*\/[ckr]/i.test(word));
    const attached = words[at]?.replace(/^(?:\/\w)*\/[ckr]/i, "") ?? "";
    return at === -1 ? undefined : { text: [attached, ...words.slice(at + 1)].join(" ").trim(), syntax: "cmd" };
  }
  if (/^(?:powershell|pwsh)$/.test(name)) {
    let at = 0;
    while (/^[-/]/.test(words[at] ?? "") && !isPrefix(words[at], "command"))
      at += /^[-/](?:ep|ex|v|w|in|o|c[ou]|p|s|wd)\w*$/i.test(words[at] ?? "") ? 2 : 1;
    const text = words.slice(isPrefix(words[at], "command") ? at + 1 : at).join(" ");
    return text === "" || words.some((word) => isPrefix(word, "file")) ? undefined : { text, syntax: "powershell" };
  }
  if (!isShell(name)) return undefined;
  const at = words.findIndex((word) => /^-\w*c$/.test(word));
  const text = words.slice(at + 1).find((word) => !word.startsWith("-"));
  return at === -1 || text === undefined ? undefined : { text, syntax: "posix" };
}

/** PowerShell takes an option that is begun. */
function isPrefix(word: string | undefined, option: string): boolean {
  const [, begun] = /^(?:--?|\/)([a-z]+)$/.exec(word?.toLowerCase() ?? "") ?? [];
  return begun !== undefined && option.startsWith(begun);
}

/** Those that `find` and `fd` run, and those whose output PowerShell keeps: `$x = …`. */
function commandsAfter({ name, written, words }: WrappedCommand): readonly (readonly string[])[] {
  const [kept, attached] = /^\$[\w:]+(?:[+-]?=(.*))?$/.exec(written) ?? [];
  if (kept !== undefined && attached) return [[attached, ...words]];
  if (kept !== undefined && /^[+-]?=$/.test(attached === undefined ? (words[0] ?? "") : "=")) {
    return [attached === undefined ? words.slice(1) : words];
  }
  if (!/^(?:g?find|fd|fdfind)$/.test(name)) return [];
  const runs = name.endsWith("find") && name !== "fdfind" ? /^-(?:exec|ok)(?:dir)?$/ : /^(?:-[xX]|--exec(?:-batch)?)$/;
  return words.flatMap((word, at) => {
    const rest = words.slice(at + 1);
    const end = rest.findIndex((each) => each === ";" || each === "+" || runs.test(each));
    return runs.test(word) ? [rest.slice(0, end === -1 ? rest.length : end)] : [];
  });
}

/** Those before it in its pipe. */
function pipedInto(all: readonly Placed[], index: number): readonly Placed[] {
  let first = index;
  while (first > 0 && all[first]?.command.input === "pipe") first -= 1;
  return all.slice(first, index);
}

function isDownload({ wrapped: { name } }: Placed): boolean {
  return DOWNLOAD.test(name);
}

function isDecoder({ wrapped: { name } }: Placed): boolean {
  return /^(?:base64|base32|xxd|openssl|certutil|rev|gunzip|zcat)$/.test(name);
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? "";
}

/** What is run is not what it is called, or is only known when it runs. */
function isDisguised({ name, written, words, through }: WrappedCommand, syntax: ShellSyntax): boolean {
  if (isEval(name) && words.length > 0) return true;
  if (/^(?:powershell|pwsh)$/.test(name))
    return words.some((word) => isPrefix(word, "encodedcommand") || /^[-/]ec$/i.test(word));
  if (syntax === "cmd") return /[%!].*[%!]/.test(name) && name !== "%comspec%";
  const whole = written === "." ? (words[0] ?? "") : written;
  // A backslash that is left there stood in quotes.
  const run = syntax === "posix" ? whole.slice(whole.lastIndexOf("/") + 1) : lastPart(whole);
  // An expression stands for itself in PowerShell, and is run behind `&` and `.` alone.
  if (syntax === "powershell") return (through.includes("&") || written === ".") && /\$(?!profile\b)/i.test(run);
  return written !== "." && /\$|^!.|^\{(?:.*,|\}$)|\?|.\*|[^[]*\[[^[\]]+\]/.test(run);
}

const ADMINISTRATOR = /^(?:sudo|doas|pkexec|su|gsudo|runuser)$/;
const DOWNLOAD =
  /^(?:curl|wget|fetch|iwr|irm|invoke-webrequest|invoke-restmethod|http|https|aria2c|nc|ncat|start-bitstransfer)$/;
const DOWNLOADS = /\b(?:curl|wget|fetch|iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring|aria2c|ncat)\b/i;
const DEVICE = /^(?:\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|disk|rdisk|mapper\/)|\\\\\.\\)/i;
const OF_SYSTEM =
  /^(?:\/(?:etc|boot|usr|bin|sbin|lib|sys|proc)\/|(?:.*\/)?\.(?:ssh|bashrc|bash_profile|zshrc|zprofile|profile)\b|(?:~|\$HOME|\$\{HOME\}|\/home\/[^/]+|\/Users\/[^/]+|\/root)\/\.(?:gitconfig|npmrc)\b|[A-Z]:[\\/]Windows)/i;
const FORK_BOMB = /\(\)\s*\{[^}]{0,80}\|[^}]{0,80}&\s*\}\s*;/;
const SQL =
  /\b(?:drop\s+(?:table|database|schema|index|view|user|keyspace|collection)|truncate\s+(?:table\s+)?["'`\w.]+\s*(?:;|["']|cascade|$)|dropDatabase\(|flush(?:all|db)\b)/i;
const DELETES_ALL = /\bdelete\s+from\s+["'`\w.]+/i;
/** As JavaScript, Python, Ruby, Perl, PHP, Rust and .NET name it. */
const REMOVES =
  /\b(?:rmtree|rmSync|rmdirSync|unlinkSync|unlink|rm_rf|rm_r|remove_dir_all|removeSync|emptyDir(?:Sync)?)\b|\b(?:os|fs|File|FileUtils|Dir|shutil|Deno|promises)\.(?:rm|remove\w*|unlink|rmdir|delete|truncate)\b|(?:::|\.)Delete(?:File|Directory)?\(/;
const DEEPEST = 4;
/** Characters. */
const MOST_LOOKED = 20_000;
/** What is longer is refused as too long. */
const LONGEST_CHARS = 2_000;
