/** Values that are given to a name which is that of a secret: in code, in settings files, on command lines. */

import { isRandom, wordLength } from "./randomness.ts";
import type { Span } from "./spans.ts";

/** Of values for which nothing but the name speaks. Costs little where no such name occurs. */
export function* assignedSecrets(text: string): Generator<Span, void, undefined> {
  for (const match of text.matchAll(NAME)) {
    const word = match[0].toLowerCase();
    const from = match.index + word.length;
    const isPassword = /^(?:pass|pwd)/.test(word);
    for (const [pattern, accepts] of FORMS) {
      pattern.lastIndex = from;
      const found = pattern.exec(text);
      const value = found?.groups?.["value"];
      if (!found || value === undefined) continue;
      const span = { start: found.index + found[0].lastIndexOf(value), end: 0 };
      if (accepts(value, isPassword, found.groups?.["rest"] ?? "")) yield { ...span, end: span.start + value.length };
      break;
    }
  }
}

type Accepts = (value: string, isPassword: boolean, restOfName: string) => boolean;

function acceptsQuoted(value: string, isPassword: boolean, rest: string): boolean {
  if (NO_SECRET.test(value) || ABOUT_IT.test(rest)) return false;
  // People make up passwords, and put digits and signs in them.
  if (isPassword) return wordLength(value) <= MOST_IN_PASSWORD && (hasMixedCase(value) || /\d|[^\w.:/-]/.test(value));
  return value.length >= LEAST_TOKEN_CHARS && isRandom(value);
}

function hasMixedCase(value: string): boolean {
  return value.length >= LEAST_MIXED_CHARS && /[a-z]/.test(value) && /[A-Z]/.test(value);
}

/** Without quotes it may be code: no name of a variable, of a member or of a file. */
function acceptsPlain(value: string, isPassword: boolean, rest: string): boolean {
  return (
    !/^[A-Za-z_]\w*(?:\.\w+)+$|[/\\]\w+\.\w+$/.test(value) && acceptsQuoted(value, isPassword, rest) && isRandom(value)
  );
}

/** A variable of the environment may have an easy value. */
function acceptsVariable(value: string, _isPassword: boolean, rest: string): boolean {
  if (NO_SECRET.test(value) || ABOUT_IT.test(rest)) return false;
  return isRandom(value) || (/\d/.test(value) && /[A-Za-z]/.test(value) && wordLength(value) <= MOST_IN_VARIABLE);
}

const NAME =
  /pass(?:word|wd|phrase|code)|pwd|secret|token|credential|(?:api|access|private|account|auth|client|encryption|signing|master|shared|service)[_-]?key|(?<=[A-Z]_)KEY(?![a-z])/gi;

const REST = String.raw`(?<rest>[\w-]{0,30})`;
/** After the name, where it stands now. */
const FORMS: readonly (readonly [pattern: RegExp, accepts: Accepts])[] = [
  [
    // The end of the line may be where a text is cut. name: Type = "value", "name": "value", name => "value", set("name", "value")
    new RegExp(
      String.raw`${REST}["'\`]?\]?\s{0,2}(?:\??:\s{0,2}[A-Za-z][\w.]{0,20}\s{0,2}=|:=|=>|={1,3}|:|,)\s{0,80}[bfru]?(?<quote>["'\`])(?<value>[^"'\`\s]{8,300})(?:\k<quote>|$)`,
      "y",
    ),
    acceptsQuoted,
  ],
  // NAME=value, alone in its line or behind what sets variables
  [
    new RegExp(
      String.raw`(?<=^\s{0,12}(?:export\s+|ENV\s+|ARG\s+|-\s+|set\s+)?[A-Z0-9_]{0,60})(?<rest>[A-Z0-9_]{0,30})=(?<value>[^\s"'\`#$<>(){}[\]]{8,300})(?=\s|$)`,
      "my",
    ),
    acceptsVariable,
  ],
  // name=value, name: value
  [
    new RegExp(
      String.raw`${REST}["']?(?:=|:[ \t]{1,8})(?<value>[^\s"'\`#,;&$<>(){}[\]]{8,300})(?=[\s;,&#"'\`]|$)`,
      "my",
    ),
    acceptsPlain,
  ],
];

/** What is left of the name says that it is about a secret, and not one. */
const ABOUT_IT =
  /^[_-]?(?:name|url|uri|path|file|dir|type|kind|end_?point|prefix|suffix|header|field|label|id$|ids$|arn|ref|regexp?|pattern|length|param|placeholder|hint|policy|symbol|address|class|selector|error|message|format|version|schema|scheme|algorithm|izer|ize)/i;
/** Stands for a secret that is elsewhere, or is a path, an address or a name. */
const NO_SECRET =
  /^(?:[$@#%./~]|--|https?:|urn:|data:|file:)|\$\{|\{\{|%[A-Z_]+%|<|\.\.\.|\*\*\*|xxxx|^0x[\da-f]{1,40}\W?$|example|change_?me|replace|placeholder|dummy|sample|insert|your|process\.env|environ|getenv|secrets\./i;
const LEAST_TOKEN_CHARS = 12;
const LEAST_MIXED_CHARS = 10;
const MOST_IN_PASSWORD = 3.2;
const MOST_IN_VARIABLE = 4;
