/** API keys as people paste them, and what the key in them is. */

export type TypedKey =
  | {
      readonly kind: "key";
      readonly key: string;
      /** Spaces or line breaks were left out. */
      readonly hadSpaces: boolean;
      /** What stood around the key was left out: quotation marks, `Bearer`, the name of a variable. */
      readonly hadMore: boolean;
    }
  | { readonly kind: "empty" }
  /** Signs that no header takes, such as Chinese ones or the dots of a key that a page has hidden. */
  | { readonly kind: "other-signs" };

export function readKey(typed: string): TypedKey {
  const trimmed = typed.trim();
  const bare = trimmed
    .replace(/^(export\s+|set\s+|\$env:)?[A-Za-z_]\w*_(KEY|TOKEN)\s*=\s*/i, "")
    .replace(/^(authorization|api-key|x-api-key)\s*:\s*/i, "")
    .replace(/^bearer\s+/i, "")
    .replaceAll(/^["'`]+|["'`;,]+$/g, "");
  const key = bare.replaceAll(/\s/g, "");
  if (key === "") return { kind: "empty" };
  if (!/^[\x21-\x7e]+$/.test(key)) return { kind: "other-signs" };
  return { kind: "key", key, hadSpaces: typed !== trimmed || bare !== key, hadMore: bare !== trimmed };
}
