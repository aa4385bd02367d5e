/** Code that a command hands to an interpreter or to another program. */

import { SUBSTITUTED, type SimpleCommand } from "./shellWords.ts";
import { nameOf, type WrappedCommand } from "./wrappedCommand.ts";

/** What takes its arguments as text, whatever they say: it shows, counts or looks for it. */
export function takesText(name: string): boolean {
  return TEXT.test(name);
}

/** The code in its arguments, of a language that is not looked into; of awk, sed, `perl -n` and `perl -p` all of it. */
export function inlineCode(
  name: string,
  words: readonly string[],
): { readonly code: string; readonly isFilter: boolean } {
  if (FILTER.test(name)) return { code: words.join("\n"), isFilter: true };
  const none = { code: "", isFilter: false };
  const option = CODE_OPTIONS.find(([names]) => names.test(name))?.[1];
  if (!option) return none;
  let isFilter = false;
  for (const [at, word] of words.entries()) {
    if (option.test(word)) {
      isFilter ||= /^(?:perl|ruby)/.test(name) && /^-\w*[np]/.test(word);
      return { code: words.slice(at).join("\n"), isFilter };
    }
    isFilter ||= /^(?:perl|ruby)/.test(name) && /^-[lai0]*[np]/.test(word);
    // Behind it are a program's own arguments.
    if (word === "--" || word === "-m" || (!word.startsWith("-") && !/^-[rWX]$/.test(words[at - 1] ?? ""))) return none;
  }
  return none;
}

/** Whether a filter's code runs commands. */
export function runsCommands(code: string): boolean {
  return /\b(?:system|exec|popen|qx)\b|\|\s*getline|\|\s*"\w|`|^\d*e\s|^s(.).*\1[gpiI\d]*e[gpiI\d]*$/m.test(code);
}

/** Whether it runs what it reads from its standard input. */
export function runsInput({ name, words, through }: WrappedCommand, { input, given }: SimpleCommand): boolean {
  if (!input && given === "") return false;
  if (name === "") return through.some((each) => /^(?:ssh|parallel|chroot|nsenter|sudo|doas|runuser)$/.test(each));
  if (isShell(name) || INTERPRETER.test(name)) return isWithoutScript(name, words);
  // `docker exec -i web sh`
  if (input === "file" || EXECS.test(`${name} ${words.join(" ")}`)) {
    if (isShell(nameOf(words.at(-1) ?? "")) && !takesText(name)) return true;
  }
  return (
    /^(?:su|at|batch|psql|mysql|mariadb|sqlite3|sqlcmd|mongosh?|iex|invoke-expression)$/.test(name) ||
    (/^(?:crontab|source|\.)$/.test(name) && /^(?:-|\/dev\/stdin)$/.test(words.at(-1) ?? ""))
  );
}

/** Whether it runs what another command writes: `bash <(…)`. */
export function runsSubstituted({ name, words }: WrappedCommand): boolean {
  return (isShell(name) || INTERPRETER.test(name) || isSource(name)) && words.includes(SUBSTITUTED);
}

/** The file that it runs: its own one, or a script. */
export function scriptFile({ name, written, words }: WrappedCommand): string | undefined {
  if (isShell(name) || INTERPRETER.test(name) || isSource(name)) return words.find((word) => !word.startsWith("-"));
  return /[\\/]/.test(written) ? written : undefined;
}

/** Of a shell its name, or the syntax of it in a variable. */
export function isShell(name: string): boolean {
  return SHELL.test(name);
}

function isWithoutScript(name: string, words: readonly string[]): boolean {
  const operands = words.filter(
    (word, at) => !/^[-+]./.test(word) && !(isShell(name) && /^[-+]\w*[oO]$/.test(words[at - 1] ?? "")),
  );
  const takesCommands = isShell(name) && words.some((word) => /^-\w*s$/.test(word));
  return operands.length === 0 || /^(?:-|\/dev\/stdin)$/.test(operands[0] ?? "") || takesCommands;
}

/** It runs the text of its arguments. */
export function isEval(name: string): boolean {
  return /^(?:eval|iex|invoke-expression)$/.test(name);
}

function isSource(name: string): boolean {
  return name === "source" || name === ".";
}

const SHELL = /^(?:ba|z|da|a|k|c|tc|fi)?sh$|^(?:cmd|powershell|pwsh|%comspec%|nu|elvish|xonsh)$/;
const INTERPRETER = /^(?:python[\d.]*|pypy3?|perl|ruby|node|php|deno|bun|lua|rscript|julia|osascript)$/;
const EXECS = /^(?:docker|podman|kubectl|lxc|wsl|adb)\b.* exec\b/;
const FILTER = /^(?:[gmn]?awk|g?sed)$/;
const CODE_OPTIONS: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:python[\d.]*|pypy3?)$/, /^-[a-zA-Z]*c/],
  [/^(?:node|bun)$/, /^(?:-e|-p|-pe|--eval|--print)(?:=|$)/],
  [/^(?:perl|ruby)$/, /^-[lnpaiwsWc0\d]*[eE]/],
  [/^php$/, /^-[rBRE]/],
  [/^deno$/, /^eval$/],
  [/^(?:osascript|lua|rscript|julia|groovy|scala|ghc)$/, /^-[eE]/],
];
const TEXT =
  /^(?:[efz]?grep|rg|ag|ack|echo|printf|man|info|tldr|apropos|whatis|which|whereis|where|type|hash|help|compgen|jq|yq|ls|ll|dir|cat|bat|less|more|head|tail|wc|sort|uniq|cut|tr|diff|comm|stat|:|true|false|test|\[{1,2}|cd|pushd|history|pgrep|ps|locate|notify-send|say|logger|figlet|write-(?:host|output|verbose)|get-[a-z]+|select-[a-z]+|where-object|measure-object|sort-object|format-(?:list|table|wide|custom|hex)|out-[a-z]+|convert(?:to|from)-[a-z]+|findstr)$/;
