/** `@cart.ts`, `@problems`: what a question points at, while it is typed and when it is sent. */

import { withoutCode } from "../text/markdownCode.ts";
import type { Attachment } from "./conversation.ts";

/** What may be attached by its name. */
export interface Nameable {
  /** Of a file or folder without its path, or a symbol's. */
  readonly name: string;
  /** Relative to the workspace folder, with `/`; of what is in no file, what else it may be called. */
  readonly path: string;
  readonly attachment: Attachment;
}

/** A kind that what follows is to be of, such as `@file`. */
export interface KindWord {
  readonly kind: "file" | "folder" | "symbol";
  /** `file`, and in the user's language `文件`. */
  readonly names: readonly string[];
}

export interface MentionAt {
  /** Of the `@` in the text. */
  readonly from: number;
  readonly typed: string;
}

/** The mention that is being written at the caret; `undefined` where none is, as in an address of mail. */
export function mentionAt(text: string, caret: number): MentionAt | undefined {
  const from = text.lastIndexOf("@", caret - 1);
  if (from === -1 || caret - from > MOST_TYPED || !mayBegin(text, from)) return undefined;
  const typed = text.slice(from + 1, caret);
  return /^\s|\n|\s\s$/.test(typed) ? undefined : { from, typed };
}

/** What is wanted behind the `@`: `file car`, `file:car` and `文件 car` are files alone. */
export function mentionQuery(
  typed: string,
  kinds: readonly KindWord[],
): { readonly kind: KindWord["kind"] | undefined; readonly text: string } {
  const wanted = typed.replace(/^["“]/, "").toLowerCase();
  for (const { kind, names } of kinds)
    for (const name of names) {
      const behind = wanted.startsWith(name) ? wanted.slice(name.length) : undefined;
      if (behind !== undefined && /^[:：\s]/.test(behind)) return { kind, text: behind.slice(1).trim() };
    }
  return { kind: undefined, text: wanted.trim() };
}

/** Those that match, the likeliest first; `all` comes in the order of how likely each is without anything typed. */
export function completeMention<Named extends Nameable>(
  { kind, text }: ReturnType<typeof mentionQuery>,
  all: readonly Named[],
  most: number,
): readonly Named[] {
  /** By rank; at each key there are tens of thousands to look at, so nothing is sorted. */
  const matching: Named[][] = Array.from({ length: RANKS }, () => []);
  for (const named of all) {
    if (kind !== undefined && named.attachment.kind !== kind) continue;
    const ranked = matching[rankOf(named, text)];
    if (ranked && ranked.length < most) ranked.push(named);
  }
  return matching.flat().slice(0, most);
}

/** Below `RANKS` where it matches. */
function rankOf({ name, path }: Nameable, wanted: string): number {
  if (wanted === "") return 0;
  const lower = name.toLowerCase();
  if (lower === wanted) return 0;
  if (lower.startsWith(wanted)) return 1;
  const at = lower.indexOf(wanted);
  if (at !== -1) return beginsWord(name, at) ? 2 : 3;
  if (path.toLowerCase().includes(wanted)) return 4;
  return isSubsequence(wanted, lower) ? 5 : RANKS;
}

function beginsWord(name: string, at: number): boolean {
  const [before = "", first = ""] = [name[at - 1], name[at]];
  const isLetter = before.toLowerCase() !== before.toUpperCase();
  if (!isLetter && !/\d/.test(before)) return true;
  return first !== first.toLowerCase() && before === before.toLowerCase();
}

/** Beginning with the same character, so that a few letters do not match half of the workspace. */
function isSubsequence(wanted: string, name: string): boolean {
  if (wanted.length < 2 || wanted[0] !== name[0]) return false;
  let at = 0;
  for (const char of name) if (char === wanted[at]) at += char.length;
  return at >= wanted.length;
}

/**
 * What a whole question mentions. `known` has them by what may stand behind the `@`, in small letters; of several that fit
 * the longest is meant, so that names may have spaces. Code in the question is full of `@` and is passed over.
 */
export function mentionsIn(text: string, known: ReadonlyMap<string, Attachment>): readonly Attachment[] {
  let longest = 0;
  for (const { length } of known.keys()) if (length <= LONGEST_NAME) longest = Math.max(longest, length);
  const found = new Map<string, Attachment>();
  const lower = smallWithoutCode(text.slice(0, MOST_CHARS));
  let places = 0;
  for (let at = lower.indexOf("@"); at !== -1 && places < MOST_MENTIONS; at = lower.indexOf("@", at + 1)) {
    places += 1;
    if (!mayBegin(lower, at)) continue;
    const rest = lower.slice(at + 1, at + 2 + longest).replace(/^["“]/, "");
    for (let length = Math.min(longest, rest.length); length > 0; length -= 1) {
      const attachment = endsName(rest, length) ? known.get(rest.slice(0, length)) : undefined;
      if (!attachment) continue;
      found.set(attachment.id, attachment);
      break;
    }
  }
  return Array.from(found.values());
}

/** A mention that says of what kind it is: `@file:cart.ts`, `@folder:"my notes"`. */
export interface KindMention {
  /** As it is written, with the `@`. */
  readonly written: string;
  readonly kind: KindWord["kind"];
  readonly name: string;
}

/** Those of a whole question, each once, whatever they name; a name with spaces stands in quotes. */
export function kindMentionsIn(text: string, kinds: readonly KindWord[]): readonly KindMention[] {
  const searched = text.slice(0, MOST_CHARS);
  const lower = smallWithoutCode(searched);
  const found = new Map<string, KindMention>();
  for (const { index } of lower.matchAll(/@/g)) {
    if (found.size >= MOST_KIND_MENTIONS) break;
    if (!mayBegin(lower, index)) continue;
    const behind = lower.slice(index + 1, index + 1 + LONGEST_NAME);
    const written = /^(\p{L}{1,20})[:：](?:["“]([^"”\n]+)["”]|([^\s"“”`]+))/u.exec(behind);
    const kind = kinds.find(({ names }) => names.includes(written?.[1] ?? ""))?.kind;
    if (!written || !kind) continue;
    const name = (written[2] ?? written[3] ?? "").replace(written[2] === undefined ? PUNCTUATION_BEHIND : /^$/, "");
    const length = written[0].length - (written[2] === undefined ? (written[3]?.length ?? 0) - name.length : 0);
    if (name !== "") found.set(`${kind}:${name}`, { written: searched.slice(index, index + 1 + length), kind, name });
  }
  return Array.from(found.values());
}

/** What a name with its kind may mean: what has it as its path; else what is called so, or has a path that ends so. Symbols are meant by their names alone. */
export function meantBy<Named extends Nameable>(
  { kind, name }: Pick<KindMention, "kind" | "name">,
  all: readonly Named[],
): readonly Named[] {
  const wanted = name
    .replace(/^\.?\//, "")
    .replace(/\/$/, "")
    .toLowerCase();
  const ofKind = all.filter(({ attachment }) => attachment.kind === kind);
  if (kind === "symbol") return ofKind.filter((named) => named.name.toLowerCase() === wanted);
  const byPath = ofKind.filter(({ path }) => path.toLowerCase() === wanted);
  if (byPath.length > 0) return byPath;
  return ofKind.filter(
    (named) => named.name.toLowerCase() === wanted || `/${named.path.toLowerCase()}`.endsWith(`/${wanted}`),
  );
}

/** In small letters, and as long as the text; a character whose small letter is longer stays as it is. */
function smallWithoutCode(text: string): string {
  return withoutCode(text).replace(/\p{Lu}/gu, (letter) =>
    letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter,
  );
}

/** Behind a letter of Latin it is an address, behind a Chinese one a mention. */
function mayBegin(text: string, at: number): boolean {
  return !/[A-Za-z0-9_.+@-]/.test(text[at - 1] ?? "");
}

function endsName(rest: string, length: number): boolean {
  return !/^(?:[a-z0-9_]|[./-][\p{L}\p{N}_])/u.test(rest.slice(length, length + 2));
}

const RANKS = 6;
/** Of the sentence, not of the name. */
const PUNCTUATION_BEHIND = /[,.;:!?)\]}'，。；：！？）】、]+$/u;
const MOST_KIND_MENTIONS = 20;
const MOST_TYPED = 100;
const MOST_CHARS = 100_000;
const MOST_MENTIONS = 200;
const LONGEST_NAME = 260;
