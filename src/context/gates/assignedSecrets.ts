/** Values that are given to a name which is that of a secret: in code, in settings files, on command lines, in notes. */

import { hasSecretLooks, isMadeUpPassword, isRandom, standsForSecret } from "./randomness.ts";
import type { Span } from "./spans.ts";

/** Of values for which nothing but the name speaks. Costs little where no such name occurs. */
export function* assignedSecrets(text: string): Generator<Span, void, undefined> {
  for (const match of text.matchAll(NAME)) {
    const from = match.index + match[0].length;
    if (text.startsWith(PLACEHOLDER_START, match.index) && PLACEHOLDER.test(text.slice(match.index, from + 12)))
      continue;
    const isPassword = PASSWORD.test(match[0]);
    for (const [pattern, accepts] of /[^\p{ASCII}]/u.test(match[0]) ? NOTES : FORMS) {
      pattern.lastIndex = from;
      const { index = 0, groups, indices } = pattern.exec(text) ?? {};
      const [start, end] = indices?.groups?.["value"] ?? [0, 0];
      if (index === 0 || end === 0) continue;
      const rest = groups?.["rest"] ?? "";
      if (!ABOUT_IT.test(rest) && accepts(text.slice(start, end), { isPassword, isExact: EXACT.test(rest) }))
        yield { start, end };
      break;
    }
  }
}

/** What the name says. */
interface Named {
  /** Otherwise a key or a token, which no human being has made up. */
  readonly isPassword: boolean;
  /** Nothing follows in the name. */
  readonly isExact: boolean;
}

type Accepts = (value: string, named: Named) => boolean;

function acceptsQuoted(value: string, { isPassword, isExact }: Named): boolean {
  if (standsForSecret(value)) return false;
  return isPassword ? isMadeUpPassword(value, isExact) : hasSecretLooks(value);
}

/** Without quotes it may be code: no name of a variable, of a member or of a file. */
function acceptsPlain(value: string, named: Named): boolean {
  return !CODE.test(value) && acceptsQuoted(value, named) && (!named.isPassword || isSurePassword(value, named));
}

function isSurePassword(value: string, { isExact }: Named): boolean {
  return isRandom(value) || (isExact && /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[a-z_]+\d$/.test(value));
}

/** A variable of the environment may have an easy value. */
function acceptsVariable(value: string, { isPassword, isExact }: Named): boolean {
  if (standsForSecret(value) || /^\d+$/.test(value)) return false;
  return isRandom(value) || hasSecretLooks(value) || (isPassword && (isExact || /\d/.test(value)) && !CODE.test(value));
}

/** In a sentence the value may be followed by anything that is no part of it. */
function acceptsNoted(value: string, { isPassword }: Named): boolean {
  if (standsForSecret(value) || CODE.test(value)) return false;
  return isPassword ? /\d/.test(value) : hasSecretLooks(value);
}

const PASSWORD = /^(?:pass|pwd|mot|contra|senha|mima|密|口|パ|비|пароль)/i;
const NAME =
  /pass(?:word|wd|phrase|code|wort)|(?<![a-z])pass(?=["']?\]?[ \t]?(?:[:=]|,[ \t]?["']))|pwd|mot de passe|contrase[ñn]a|(?<![a-z])(?:senha|mima)(?![a-z])|secret|token|credential|(?:api|access|private|account|auth|client|encryption|signing|master|shared|preshared|service|license|storage|session|cookie|fernet|webhook|deploy|app|aes|des|hmac|mch|jwt|host)[_-]?(?:v\d)?key|(?<=[A-Z]_)KEY(?![a-z])|(?<=\btls\.)key|requirepass|masterauth|(?<![\w-])sk(?=["']?\s?[:=])|mnemonic|密码|口令|密钥|秘钥|令牌|私钥|凭证|パスワード|비밀번호|пароль/gi;
/** What a secret was replaced by (see `redactor.ts`) is no name. */
const PLACEHOLDER = /^SECRET_[a-z0-9]{4,5}_[a-z0-9]{3}/;
const PLACEHOLDER_START = "SECRET_";
const EXACT = /^[_-]?\d*$/;
const REST = String.raw`(?<rest>[\w-]{0,30}(?:\.key)?)`;

/** What stands between the name and a value in quotes: all signs that any language has for it, and some calls. */
const GIVES = [
  // name: Type = , name As String =, name[] =, name :: String =
  String.raw`(?:\??:{1,2}|\sAs)\s{0,2}[&A-Za-z][\w.<>\[\]|&' ]{0,30}=`,
  String.raw`\[\w{0,8}\]\s{0,2}=`,
  // name="secret" value=, "name": "secret", "value": , variable "secret" { default =
  String.raw`,?\s{0,80}["']?value["']?\s{0,2}[:=]|\{\s{0,80}default\s{0,10}=`,
  String.raw`:=|\?=|\|\|=?|\?\?=?|=>|<-|[=!]={0,2}|[:：]|,|\(|(?<=[ \t])`,
].join("|");
const CALLS = String.raw`(?:(?:String::from|Some|SecretStr|Buffer\.from|b64decode|bytes|ConvertTo-SecureString)?[( ]\s{0,80})?`;
const QUOTED = new RegExp(
  String.raw`${REST}\\?["'\`]?\]?\)?\s{0,2}(?:${GIVES})\s{0,80}${CALLS}(?:<string>|[bfru@$]{1,2})?(?<quote>"""|'''|["']?\\["']|["'\`])(?<value>[^"'\`\s]{5,4000}?)(?=\k<quote>|\\?["'\`]|$)`,
  "dy",
);

/** The first that fits decides. */
const FORMS: readonly (readonly [pattern: RegExp, accepts: Accepts])[] = [
  [QUOTED, acceptsQuoted],
  // NAME=value, alone in its line or behind what sets variables; the end of the line may be where a text is cut.
  [
    new RegExp(
      String.raw`(?<=^\s{0,12}(?:export\s+|ENV\s+|ARG\s+|-\s+|set(?:env|x)?\s+|set -\w+\s+|#\s*)?[A-Z0-9_]{0,60})(?<rest>[A-Z0-9_]{0,30})(?:\s?[?:]?=\s?|(?<=(?:ENV|env|-x)\s[\w ]{0,90})\s)(?<value>[^\s"'\`$<>(){}[\]]{4,4000})(?=\s*$|\s+[#&;])`,
      "dmy",
    ),
    acceptsVariable,
  ],
  // <name>value</name>, <key>name</key><string>value</string>, <string name="name">value</string>
  [
    new RegExp(
      String.raw`${REST}(?:["']\s?)?(?:<\/key>\s{0,80}<string)?>\s{0,20}(?<value>[^\s<>"'{}$]{5,4000})\s{0,20}<\/`,
      "dy",
    ),
    acceptsQuoted,
  ],
  // name=value, name: value, --name value, and alone in a line also name = value, name value
  [
    new RegExp(
      String.raw`${REST}["'\`]?(?:=|[ \t]?:[ \t]{1,8}|：[ \t]?|(?<=--[\w-]{0,60})[ \t]|[ \t]{0,30}=?[ \t]{1,30}(?=\S+[ \t]*;?\r?$)|[ \t]\|[ \t]{1,30}|["']?,?\r?\n[ \t]*["']?value["']?:[ \t]*|:(?=[ \t]{0,2}[|>][+-]?[ \t]*\r?\n))(?:[|>][+-]?[ \t]*\r?\n[ \t]*)?(?<value>(?:(?!&[\w.-]+=)[^\s"'\`,;<>(){}[\]]){6,4000})(?=[\s,;<"'\`|)}\]&]|$)`,
      "dmy",
    ),
    acceptsPlain,
  ],
  // The password is value; \${the.password:value}
  [
    /(?<rest>)(?:[ \t]+is:?[ \t]+|(?<=\$\{[\w.-]{0,80}):)(?<value>[^\s"'`,;<>(){}[\]]{6,200})/dy,
    (value, named) => named.isPassword && isRandom(value) && acceptsPlain(value, named),
  ],
  // name: value, in a file of settings
  [
    new RegExp(
      String.raw`(?<=^[ \t]{0,40}[\w.-]{0,60})(?<rest>):[ \t]{1,8}(?<value>[^\s"'\`,;<>(){}[\]]{6,100})(?=[ \t]*(?:\s#.*)?\r?$)`,
      "dmy",
    ),
    (value, named) => named.isPassword && /\d/.test(value) && !CODE.test(value) && acceptsQuoted(value, named),
  ],
];

/** In languages without spaces, and in words for people. */
const NOTES: readonly (readonly [pattern: RegExp, accepts: Accepts])[] = [
  [/(?<rest>)[^\w\n"'`]{0,12}["'`]?(?<value>[!#$%&*+\-./0-9:<=>?@A-Z^_a-z~]{6,4000})/dy, acceptsNoted],
];

/** A name, a member, a call, a file. */
const CODE =
  /^[A-Za-z_$]\w*(?:\??\.[A-Za-z_]\w*)+$|^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$|[/\\]\w+\.\w+$|^\w+=(?!=?$)|^[a-z]+(?:[A-Z][a-z]+)+\d?$/;
/** What is left of the name says that it is about a secret, and not one. */
const ABOUT_IT =
  /^[_-]?(?:name|url|uri|path|file|dir|type|kind|end_?point|prefix|suffix|header|field|label|id$|ids$|arn|ref|regexp?|pattern|length|param|placeholder|hint|policy|symbol|address|class|selector|error|message|format|version|schema|scheme|algorithm|izer|ize)/i;
