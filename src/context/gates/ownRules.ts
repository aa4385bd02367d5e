/** Rules in secretlint's format, for what its recommended ones do not know or do not find in a part of a file. */

import type { SecretLintRuleCreator } from "@secretlint/types";
import { addressSecrets } from "./addressSecrets.ts";
import { assignedSecrets } from "./assignedSecrets.ts";
import { type Find, matches } from "./find.ts";
import { keyMaterial } from "./keyMaterial.ts";
import { loginSecrets } from "./loginSecrets.ts";
import { hasRandomPart, services, tokensOf } from "./serviceTokens.ts";

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

export const ownRules: readonly SecretLintRuleCreator[] = [
  ...services.map((service) => rule(service, (text) => tokensOf(service, text))),
  // OpenAI's of all times, and those of the many who write theirs alike.
  rule(
    "api-key",
    matches(/(?<![\w-])sk-[\w-]{20,}/dg, (key) => hasRandomPart(key) || /\w{45}/.test(key)),
  ),
  ...keyMaterial.map((find) => rule("privatekey-text", find)),
  ...[...addressSecrets, ...loginSecrets].map(([id, find]) => rule(id, find)),
  rule("assigned-secret", assignedSecrets),
];

/** What begins as a token does and goes on to the end of the text: the rest of it may be cut off. */
export const BEGUN_AT_END =
  /(?<![\w-])(?:gh[oprsu]_|github_pat_|gl[a-z]{2,5}-|npm_|hf_|gsk_|xox[a-z]-|xapp-|sk-(?:proj|svcacct|admin|ant)-|[sr]k_(?:live|test)_|AIza|AKIA|ASIA|LTAI|AKID|dop_v1_|pypi-|SG\.|eyJ)[\w.+/-]{8,}$/;

/** A line that ends where the value should come: behind a sign, or behind the name that a value in the next line is of. */
export const OPEN_ASSIGNMENT =
  /(?:pass(?:word|wd|phrase)|pwd|secret|token|credential|[_-]?key|(?<=[a-z])Key)[\w-]{0,30}(?:["'`]?\]?\s{0,2}(?:\??:\s{0,2}[A-Za-z][\w.]{0,20}\s{0,2}=|:=|=>|=|:|,|\()?\s{0,2}(?:\(|[|>][+-]?)?|<\/(?:key|name)>|["']\s?\{)[ \t]*\r?$/i;
