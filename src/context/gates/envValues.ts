/** The values in a file of environment variables that are to be looked for elsewhere. */

import { isRandom } from "./randomness.ts";

/** Secrets by their names or by their looks; not what switches a mode, a port, or an address without a password. */
export function valuesOfEnv(text: string): readonly string[] {
  return Array.from(text.matchAll(LINE)).flatMap(({ groups }) => {
    const { name = "", quoted, plain = "" } = groups ?? {};
    const value = quoted?.slice(1, -1) ?? plain.trim();
    const password = /:\/\/[^\s:/@]*:([^\s@/]+)@/.exec(value)?.[1];
    if (password !== undefined) return password.length < LEAST_CHARS ? [] : [password];
    // A value of several lines is a key; its lines stand elsewhere with other line breaks between them.
    const parts = value.split(/\r?\n|\\n/).filter((part) => part.length >= LEAST_CHARS && !part.startsWith("-----"));
    return parts.filter((part) => !NO_SECRET.test(part) && (NAME.test(name) || looksSecret(part)));
  });
}

/** Not an address, a path or a version, but for what is random. */
function looksSecret(value: string): boolean {
  if (value.length < LEAST_UNNAMED_CHARS || !/\d/.test(value) || !/\p{L}/u.test(value)) return false;
  return isRandom(value) || !/[/.@:]/.test(value);
}

const LINE =
  /^[ \t]*(?:export[ \t]+)?(?<name>[\w.]+)[ \t]*=[ \t]*(?:(?<quoted>"[^"]*"|'[^']*'|`[^`]*`)|(?<plain>[^#\r\n]*))/gm;
const NAME = /pass|pwd|secret|token|(?:^|_)key|apikey|credential|private|auth|dsn|salt|signature/i;
/** Stands for a value, or is too usual in code to be replaced wherever it stands. */
const NO_SECRET =
  /^(?:[$<{].*|true|false|null|none|undefined|default|development|production|staging|enabled|disabled|localhost|\d+|(?:https?:)?\/\/.*|[\w.+-]+@[\w.-]+|change_?me.*|your.*|password|secret|example.*)$/i;
const LEAST_CHARS = 6;
const LEAST_UNNAMED_CHARS = 8;
