/** Tells what chance, or somebody who wants a password, has written from what people write otherwise. */

/**
 * How many letters or digits stand together in what looks like one word or number, on average. In names of code that is 4
 * and more, in text to the base of 16 or 64 it is 2.
 */
function wordLength(text: string): number {
  const runs = text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d{1,3}|[^\p{ASCII}]+/gu) ?? [];
  return runs.reduce((sum, run) => sum + run.length, 0) / Math.max(1, runs.length);
}

/** As a token or a key is. A number or a date is not, since it has next to no letters. */
export function isRandom(text: string): boolean {
  if (HEX.test(text) && /\d/.test(text)) return true;
  const letters = text.match(/[A-Za-z]/g)?.length ?? 0;
  return letters >= LEAST_LETTERS && new Set(text).size >= LEAST_CHARACTERS && wordLength(text) <= MOST_RANDOM;
}

/** Of what is given to a key or a token. */
export function hasSecretLooks(value: string): boolean {
  if (value.length < LEAST_TOKEN_CHARS || /[(){};,]/.test(value)) return false;
  if (isRandom(value) || (BASE_32.test(value) && /\d/.test(value))) return true;
  return isMixed(value) && wordLength(value) <= MOST_MIXED;
}

/** People make up passwords, and put digits and signs in them. `isSure`: nothing else can stand there. */
export function isMadeUpPassword(value: string, isSure: boolean): boolean {
  const hasDigitOrSign = /\d|[^\w.:/-]/.test(value);
  if (isSure && hasDigitOrSign && /[A-Za-z]/.test(value) && !/[()[\]{}]|\.\w+$/.test(value)) return true;
  if (value.length < LEAST_PASSWORD_CHARS) return false;
  return wordLength(value) <= MOST_MIXED && (hasDigitOrSign || hasMixedCase(value));
}

/** It is elsewhere, or is a path, an address or a name. */
export function standsForSecret(value: string): boolean {
  return NO_SECRET.test(value);
}

function hasMixedCase(value: string): boolean {
  return value.length >= LEAST_MIXED_CHARS && /[a-z]/.test(value) && /[A-Z]/.test(value);
}

/** Small letters, capitals, digits, and signs that are in no name, or a length that no name has. */
function isMixed(value: string): boolean {
  const isUnusual = /[^\w.:/-]/.test(value) || /\w{20}/.test(value);
  return /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && isUnusual;
}

const MOST_RANDOM = 2.6;
/** A hash, or a key of 12 bytes and more. */
const HEX = /^(?=[\da-f]*[a-f][\da-f]*[a-f])[\da-f]{24,}$/;
const LEAST_LETTERS = 4;
/** What repeats itself is a pattern to be filled in. */
const LEAST_CHARACTERS = 7;
const LEAST_TOKEN_CHARS = 12;
const LEAST_PASSWORD_CHARS = 8;
const LEAST_MIXED_CHARS = 10;
const MOST_MIXED = 3.2;
const BASE_32 = /^[A-Z2-7]{16,}$/;
const NO_SECRET =
  /^(?:[$@#%.~]|\/(?![\w+/]{27,}={0,2}$)|--|https?:|urn:|data:|file:)|\$\{|\{\{|%[A-Z_]+%|<|\.\.\.|\*\*\*|xxxx|^0x[\da-f]{1,40}\W?$|example|change_?me|replace|placeholder|dummy|sample|insert|your|process\.env|environ|getenv|secrets\.|^(?:none|null|nil|true|false|undefined)$|^\w*(?:pass(?:word|wd)?|secret|token|key)_?\d{0,2}$/i;
