/** API keys as people paste them, and what the key in them is: what a key is read for, also from where it was stored. */

export type TypedKey =
  | {
      readonly kind: "key";
      readonly key: string;
      /** Spaces, line breaks, or signs that nobody sees were left out. */
      readonly hadSpaces: boolean;
      /** What stood around the key was left out: quotation marks, `Bearer`, the name of a variable. */
      readonly hadMore: boolean;
    }
  | { readonly kind: "empty" }
  /** Signs that no header takes, such as Chinese ones or the dots of a key that a page has hidden. */
  | { readonly kind: "other-signs" }
  /** Several keys one behind the other: nobody knows which is meant. */
  | { readonly kind: "several" };

export function readKey(typed: string): TypedKey {
  const trimmed = typed.trim();
  const bare = trimmed
    .replaceAll(QUOTES, "")
    .replace(/^(export\s+|set\s+|\$env:)?[A-Za-z_]\w*_(KEY|TOKEN)\s*=\s*/i, "")
    .replace(/^(authorization|api-key|x-api-key)\s*:\s*/i, "")
    .replace(/^bearer\s+/i, "")
    .replaceAll(QUOTES, "");
  if (hasSeveral(bare)) return { kind: "several" };
  const key = bare.replaceAll(/[\s\u00ad\u200b-\u200d\u2060\ufeff]/g, "");
  if (key === "") return { kind: "empty" };
  if (!isKey(key)) return { kind: "other-signs" };
  return { kind: "key", key, hadSpaces: typed !== trimmed || bare !== key, hadMore: bare !== trimmed };
}

/** They begin alike, as keys of one service do; what a line break has cut in two does not. */
function hasSeveral(text: string): boolean {
  const [first = "", ...others] = text.split(/\s+/).filter((part) => part.length >= LEAST_KEY_CHARS);
  const [start] = /^[A-Za-z]{2,}[-_]/.exec(first) ?? [];
  return start !== undefined && others.some((other) => other.startsWith(start));
}

const LEAST_KEY_CHARS = 8;

/** Whether a header can have it. */
export function isKey(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

const QUOTES = /^["'`]+|["'`;,]+$/g;
