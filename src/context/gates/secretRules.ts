/** What counts as a secret in one line of text: secretlint's recommended rules, and some of ours for what they lack. */

import type { SecretLintRuleCreator, SecretLintSourceCode } from "@secretlint/types";

/** Where in the line, and what kind. */
export interface SecretRange {
  readonly start: number;
  /** Of the first character behind it. */
  readonly end: number;
  readonly rule: string;
}

export type FindSecrets = (line: string) => readonly SecretRange[];

/** What of secretlint's module is used: its rules can be called one by one, and those for text answer at once. */
export interface RulePreset {
  readonly rules: readonly SecretLintRuleCreator[];
}

export function secretFinder(preset: RulePreset): FindSecrets {
  const found: SecretRange[] = [];
  let line = "";
  const handlers = preset.rules.flatMap((creator) => {
    const rule = creator.meta.id.replace(/^.*secretlint-rule-/, "");
    if (NOT_FOR_LINES.has(rule)) return [];
    const context = {
      sharedOptions: {},
      locale: "en",
      createTranslator: () => (messageId: string) => ({ message: messageId, messageId, data: {} }),
      report: ({ range: [start, end] }: { readonly range: readonly [number, number] }) => {
        const value = valueIn(line, start, end);
        if (value) found.push({ ...value, rule });
      },
      ignore: () => undefined,
    };
    const handler = creator.create(context as unknown as Parameters<typeof creator.create>[0], OPTIONS);
    return handler.file ? [handler] : [];
  });
  return (text) => {
    if (!MAY_HOLD_ONE.test(text)) return [];
    found.length = 0;
    line = text;
    for (const handler of handlers) void handler.file?.(sourceOf(text));
    for (const { rule, pattern } of ownRules) {
      for (const match of text.matchAll(pattern)) {
        const [start, end] = match.indices?.groups?.["secret"] ?? [0, 0];
        if (end > start && (!NEEDS_PROOF.has(rule) || looksSecret(text.slice(start, end))))
          found.push({ start, end, rule });
      }
    }
    return merged(found);
  };
}

/** Some rules report a whole assignment: only its value is a secret, and its name tells a model what stands there. */
function valueIn(
  line: string,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } | undefined {
  const text = line.slice(start, end);
  const assigned = /^[\w.\-"'[\] ]{0,60}?["']?\s*(?:=>|:=|=|:)\s*["']?(?=\S{8})/.exec(text);
  const from = assigned && !text.startsWith("//") && !/^\w+:\/\//.test(text) ? start + assigned[0].length : start;
  // Some count from the wrong character: what goes on in the same letters is part of it.
  const rest = /^[\w+/=-]*/.exec(line.slice(end))?.[0].length ?? 0;
  const to = start + (text + line.slice(end, end + rest)).replace(/["';,\s]+$/, "").length;
  return to > from ? { start: from, end: to } : undefined;
}

/** Overlapping ones are one secret, the kind of the first. */
function merged(ranges: readonly SecretRange[]): readonly SecretRange[] {
  const sorted = ranges.toSorted((one, other) => one.start - other.start || other.end - one.end);
  const result: SecretRange[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last && range.start < last.end) result[result.length - 1] = { ...last, end: Math.max(last.end, range.end) };
    else result.push(range);
  }
  return result;
}

/** No example, no placeholder, no piece of code: letters and digits in no order that a word has. */
function looksSecret(value: string): boolean {
  if (
    /^0x[\da-f.]{1,63}$|example|changeme|placeholder|your|xxxx|dummy|<|\$\{|\(|\[|process\.|environ|getenv/i.test(value)
  )
    return false;
  return entropyOf(value) >= LEAST_ENTROPY && /\d/.test(value) && /\p{L}/u.test(value);
}

/** In bits a character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

function sourceOf(content: string): SecretLintSourceCode {
  const source = { content, filePath: "file.txt", ext: ".txt", contentType: "text", hasBOM: false };
  return source as unknown as SecretLintSourceCode;
}

/** AWS's key ids alone are not secret, and yet nobody else's business. */
const OPTIONS = { enableIDScanRule: true };
const NEEDS_PROOF = new Set(["env-value", "assigned-secret"]);
/** They read files of their own, or only tell other rules what to leave. */
const NOT_FOR_LINES = new Set(["filter-comments", "no-k8s-kind-secret", "no-dotenv"]);

/** A line without any of this has no secret in it, and most lines have not. */
const MAY_HOLD_ONE = /[\w+/=.~-]{16}|:\/\/[^\s/]*:[^\s/]*@|(?:pass|secret|token|key|auth|cred)\w*["']?\s*[:=]/i;
const LEAST_ENTROPY = 2.8;

const NAME = String.raw`(?:pass(?:word|wd|phrase)?|secret|token|api_?key|access_?key|private_?key|credential|auth)`;

const ownRules: readonly { readonly rule: string; readonly pattern: RegExp }[] = [
  { rule: "jwt", pattern: /\b(?<secret>eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,})/dg },
  // Newer forms than the recommended rules know.
  { rule: "openai", pattern: /\b(?<secret>sk-(?:proj|svcacct|admin)-[\w-]{20,})/dg },
  { rule: "github", pattern: /\b(?<secret>github_pat_\w{30,})/dg },
  { rule: "google-api-key", pattern: /\b(?<secret>AIza[\w-]{35})/dg },
  // As in a .env file: a name in capitals, a value without white space.
  {
    rule: "env-value",
    pattern: new RegExp(
      String.raw`^\s*(?:export\s+|-\s+|ENV\s+)?["']?[A-Z][A-Z0-9_]*(?<=${NAME.toUpperCase()}[A-Z0-9_]*)\s*[=:]\s*["']?(?<secret>[^\s"'#]{8,})`,
      "dgm",
    ),
  },
  {
    rule: "assigned-secret",
    pattern: new RegExp(String.raw`${NAME}\w*["']?\s*(?::=|=>|[:=])\s*["'\`](?<secret>[^"'\`\s]{8,})["'\`]`, "dgi"),
  },
];
