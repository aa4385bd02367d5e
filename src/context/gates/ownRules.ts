/** Rules in secretlint's format, for what its recommended ones do not know or do not find in a part of a file. */

import type { SecretLintRuleCreator } from "@secretlint/types";
import { assignedSecrets } from "./assignedSecrets.ts";
import { isRandom } from "./randomness.ts";
import type { Span } from "./spans.ts";

type Find = (text: string) => Iterable<Span>;

function rule(id: string, find: Find): SecretLintRuleCreator {
  return {
    messages: { found: { en: () => `found ${id}` } },
    meta: { id, recommended: true, type: "scanner", supportedContentTypes: ["text"] },
    create(context) {
      const translate = context.createTranslator({ found: { en: () => `found ${id}` } });
      return {
        file({ content }) {
          for (const { start, end } of find(content))
            context.report({ message: translate("found"), range: [start, end] });
        },
      };
    },
  };
}

/** The group `secret`, or else the whole of each match. */
function matches(pattern: RegExp, accepts: (secret: string, user: string) => boolean = () => true): Find {
  return function* (text) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = match.indices?.groups?.["secret"] ?? match.indices?.[0] ?? [0, 0];
      if (accepts(text.slice(start, end), match.groups?.["user"] ?? "")) yield { start, end };
    }
  };
}

/** One of the parts between dashes is a key; the names of styles, such as `sk-folding-cube`, have none. */
function hasKeyInIt(text: string): boolean {
  return text.split("-").some((part) => part.length >= 16 && isRandom(part)) || (text.length >= 40 && isRandom(text));
}

function isRealPassword(password: string, user: string): boolean {
  if (password === user || /^(.)\1*$/.test(password)) return false;
  return !/[${}<>]|^%[A-Z_]+%$|\.\.\.|^(?:my|your)?[-_]?(?:pass(?:word|wd)?|pwd|secret|token|user(?:name)?|root|admin|guest|test|key|x-oauth-basic)$/i.test(
    password,
  );
}

export const ownRules: readonly SecretLintRuleCreator[] = [
  rule("jwt", matches(/(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*){1,3}/dg)),
  // OpenAI's of all times, and those of the many who write theirs alike.
  rule("api-key", matches(/(?<![\w-])sk-[\w-]{20,}/dg, hasKeyInIt)),
  rule("github", matches(/(?<![\w-])github_pat_\w{30,}/dg)),
  rule("gitlab", matches(/(?<![\w-])gl(?:pat|dt|rt|ptt|cbt|ft|soat)-[\w.-]{20,}/dg)),
  rule("google", matches(/(?<![\w-])(?:AIza[\w-]{35}|GOCSPX-[\w-]{20,}|ya29\.[\w-]{20,})/dg)),
  rule("sendgrid", matches(/(?<![\w-])SG\.[\w-]{16,32}\.[\w-]{16,64}/dg)),
  rule("stripe", matches(/(?<![\w-])whsec_[A-Za-z0-9+/]{24,}/dg)),
  rule("pypi", matches(/(?<![\w-])pypi-AgE[\w-]{50,}/dg)),
  rule("azure", matches(/(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{40,}={0,2})/dgi)),
  rule("telegram", matches(/(?<![\w-])\d{8,10}:AA[\w-]{33}(?![\w-])/dg)),
  rule("age", matches(/AGE-SECRET-KEY-1[A-Z0-9]{50,}/dg)),
  rule("npm", matches(/(?:^|:)_(?:auth|authToken|password)=["']?(?<secret>[\w+/=.-]{8,})/dgm)),
  rule("authorization", matches(/\b(?:Bearer|Basic)\s{1,2}(?<secret>[\w+/.~-]{16,}={0,2})/dgi, isRandom)),
  // Whatever the protocol, the server's name and the characters in the password.
  rule(
    "basicauth",
    matches(/:\/\/(?<user>[^\s:/@"'`<>]{0,100}):(?<secret>[^\s@/"'`<>]{4,200})@(?=[\w[$])/dg, isRealPassword),
  ),
  rule("assigned-secret", assignedSecrets),
];

/** What begins as a token does and goes on to the end of the text: the rest of it may be cut off. */
export const BEGUN_AT_END =
  /(?<![\w-])(?:gh[oprsu]_|github_pat_|glpat-|npm_|hf_|gsk_|xox[a-z]-|xapp-|sk-(?:proj|svcacct|admin|ant)-|[sr]k_(?:live|test)_|AIza|AKIA|ASIA|SG\.|eyJ)[\w.+/-]{8,}$/;

/** A line that ends where the value should come. */
export const OPEN_ASSIGNMENT =
  /(?:pass(?:word|wd|phrase)|pwd|secret|token|credential|[_-]?key)[\w-]{0,30}["'`]?\]?\s{0,2}(?:\??:\s{0,2}[A-Za-z][\w.]{0,20}\s{0,2}=|:=|=>|=|:|,|\()\s*$/i;
