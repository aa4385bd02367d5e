/** A model's failure as it comes back from a file. */

import type { ModelFailure } from "../model/failure.ts";
import { type Check, isNumber, isObject, isText, shape } from "../text/shapes.ts";

const isOptional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const host = isText;

const shapes: Readonly<Record<ModelFailure["kind"], Readonly<Record<string, Check>>>> = {
  "reference-unknown": { reference: isText },
  "address-missing": { provider: isText },
  "key-missing": { host },
  "key-rejected": { host },
  "key-unusable": { host },
  "access-refused": { host, detail: isText },
  "rate-limited": { host, retryAfterMs: isOptional(isNumber), detail: isOptional(isText) },
  "quota-exhausted": { host },
  "spending-limit": { limit: isNumber, currency: (value) => value === "USD" || value === "CNY", retryInMs: isNumber },
  "model-unknown": { host, model: isText },
  "request-refused": { host, detail: isText },
  redirected: { host, target: isOptional(isText) },
  "model-loading": { host },
  "server-error": { host, status: isNumber, detail: isOptional(isText) },
  unreachable: { host, code: isOptional(isText) },
  "bad-response": { host },
  interrupted: { host, detail: isOptional(isText) },
  "timed-out": { host, limitMs: isNumber },
  "model-file-missing": { path: isText },
  "model-file-unusable": { path: isText, detail: isText },
  "engine-absent": { platform: isText },
  "engine-stopped": { detail: isText, retryInMs: isOptional(isNumber) },
  "editor-consent-missing": { model: isText },
  "editor-model-missing": { model: isText },
  "editor-model-blocked": { model: isText },
  "editor-model-failed": { model: isText, detail: isText },
  "chat-untaught": { model: isText },
  "pictures-unseen": { model: isText },
  "prompt-too-long": { tokens: isNumber, limit: isNumber },
};

const checks = new Map<unknown, Check>(Object.entries(shapes).map(([kind, fields]) => [kind, shape(fields)]));

/** `undefined` for what is none, or of a kind that this version does not know. */
export function parseFailure(value: unknown): ModelFailure | undefined {
  if (!isObject(value)) return undefined;
  return checks.get(value["kind"])?.(value) === true ? (value as unknown as ModelFailure) : undefined;
}
