/** What counts as a secret in a line: secretlint's recommended rules, and some of ours for what they lack. */

import type { SecretLintRuleContext, SecretLintRuleCreator, SecretLintSourceCode } from "@secretlint/types";
import { isRealPassword } from "./addressSecrets.ts";
import { ownRules } from "./ownRules.ts";
import { merged, type Span } from "./spans.ts";

/** Where in the text, and what kind. */
export interface SecretRange extends Span {
  readonly rule: string;
}

/** Of a text of at most some thousand characters, in their order and none over another. */
export type FindSecrets = (text: string) => readonly SecretRange[];

/** What of secretlint's module is used. Its core would set up all rules anew for each text, and answer later. */
export interface RulePreset {
  readonly rules: readonly SecretLintRuleCreator[];
}

/** Of what is found in more than a line, and not by rules in secretlint's format. */
export const otherRules = {
  privateKey: "privatekey",
  jwt: "jwt",
  kubernetes: "kubernetes",
  cut: "cut",
  envFile: "env-file",
} as const;

function ruleOf(creator: SecretLintRuleCreator): string {
  return creator.meta.id.replace(/^.*secretlint-rule-/, "");
}

/** Of all that can be found. */
export function ruleNames(preset: RulePreset): readonly string[] {
  const inLines = [...preset.rules, ...ownRules].map(ruleOf).filter((rule) => !NOT_FOR_LINES.has(rule));
  return [...new Set([...inLines, ...Object.values(otherRules)])];
}

export function secretFinder(preset: RulePreset): FindSecrets {
  const found: SecretRange[] = [];
  let content = "";
  const handlers = [...preset.rules, ...ownRules].flatMap((creator) => {
    const rule = ruleOf(creator);
    if (NOT_FOR_LINES.has(rule)) return [];
    const context: SecretLintRuleContext = {
      sharedOptions: {},
      createTranslator: () => (messageId, data) => ({ message: "", messageId: String(messageId), data }),
      report({ range: [start, end], message: { messageId, data } }) {
        if (messageId === ACCOUNT_NUMBER) return;
        const span = passwordIn(content, told(content, start, data) ?? { start, end });
        if (ADDRESSES.has(rule) && !isRealPassword(content.slice(span.start, span.end), "")) return;
        found.push({ ...span, rule });
      },
      ignore: () => undefined,
    };
    return [creator.create(context, OPTIONS)];
  });
  return (text) => {
    if (!MAY_HOLD_ONE.test(text)) return [];
    found.length = 0;
    content = text;
    const source = sourceOf(text);
    for (const handler of handlers) void handler.file?.(source);
    return merged(found);
  };
}

/** Some rules give another range than that of the secret, which they tell in their message's data. */
function told(content: string, from: number, data: unknown): Span | undefined {
  for (const value of Object.values(data ?? {})) {
    const start = typeof value === "string" && value !== "" ? content.indexOf(value, from) : -1;
    if (start === -1) continue;
    const end = start + String(value).length;
    // A rule may end earlier than the token, which then goes on in the same letters.
    return { start, end: end + (/^[\w-]*/.exec(content.slice(end, end + MOST_REST_CHARS))?.[0].length ?? 0) };
  }
  return undefined;
}

/** Of an address only the password: what else it says is of use, and some rules go on far behind it. */
function passwordIn(content: string, { start, end }: Span): Span {
  const found = /^(?:\w+:)?\w+(?:\+\w+)?:\/\/[^\s:/@]*:([^\s@/]+)@/.exec(content.slice(start, end));
  const password = found?.[1] ?? "";
  if (!found || password === "") return { start, end };
  const to = start + found[0].length - 1;
  return { start: to - password.length, end: to };
}

/** A file without a name: no rule then reads one from the disk, and none keeps to files of certain names. */
function sourceOf(content: string): SecretLintSourceCode {
  const source = { content, filePath: undefined, ext: "", contentType: "text", hasBOM: false };
  return source as unknown as SecretLintSourceCode;
}

/** AWS's key ids are found with this option only; its account numbers, which are then found too, are no secret. */
const OPTIONS = { enableIDScanRule: true };
const ACCOUNT_NUMBER = "AWSAccountID";
/** `filter-comments` lets a comment in a file open the gate; private keys are of many lines (see `privateKeys.ts`). */
const NOT_FOR_LINES: ReadonlySet<string> = new Set(["filter-comments", "privatekey"]);
/** A line without any of this has no secret in it. */
const MAY_HOLD_ONE =
  /[\w+/=.~-]{16}|:\/\/|pass|pwd|secret|token|key|cred|auth|mysql|curl|identified|senha|mima|mnemonic|seed|login|openssl|:\d{2,5}:|[@$]|[^\p{ASCII}]/iu;
/** They also find what is written in the place of a password in an example. */
const ADDRESSES: ReadonlySet<string> = new Set(["basicauth", "database-connection-string"]);
const MOST_REST_CHARS = 200;
