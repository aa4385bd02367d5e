/** How the messages of a repository are written, learned from its last ones. */

import { headOf } from "../text/offsets.ts";

export interface MessageStyle {
  /** The messages that it was learned from, without those that tools write. */
  readonly subjects: readonly string[];
  /** `undefined` where they are no conventional commits. The most used first. */
  readonly conventional: { readonly types: readonly string[]; readonly scopes: readonly string[] } | undefined;
  readonly isChinese: boolean;
  /** Of a subject, in characters; nine of ten are not longer, where these are not short. */
  readonly subjectLength: number;
  /** Such as PAIR-12; where most have one. */
  readonly issueKeys: "start" | "end" | undefined;
  /** How many of them have one, from 0 to 1. */
  readonly bodies: number;
  readonly startsLower: boolean;
}

/** @param messages the last first */
export function styleOf(messages: readonly string[]): MessageStyle {
  const own = messages
    .map((message) => message.replaceAll("\r", "").trim())
    .filter((each) => each && !BY_TOOL.test(each));
  const subjects = own.map((message) => withoutPull(message.split("\n", 1)[0] ?? ""));
  const parts = subjects.map((subject) => CONVENTIONAL.exec(subject));
  const share = (count: number): number => (own.length === 0 ? 0 : count / own.length);
  const isConventional = share(parts.filter(Boolean).length) >= 0.6;
  const rests = subjects.map((subject, index) =>
    subject.slice(isConventional ? (parts[index]?.[0].length ?? 0) : 0).replace(KEY_START, ""),
  );
  const lengths = subjects.map((subject) => Array.from(subject).length).toSorted((one, other) => one - other);
  const [starts, ends] = [KEY_START, KEY_END].map((key) => share(subjects.filter((each) => key.test(each)).length));
  return {
    subjects,
    conventional: isConventional
      ? { types: byUse(parts.map((part) => part?.[1])), scopes: byUse(parts.map((part) => part?.[2])) }
      : undefined,
    isChinese: share(subjects.filter((subject) => HAN.test(subject)).length) > 0.5,
    subjectLength: Math.min(
      MOST_SUBJECT,
      Math.max(USUAL_SUBJECT, lengths[Math.floor((lengths.length - 1) * 0.9)] ?? 0),
    ),
    issueKeys: (starts ?? 0) >= 0.5 ? "start" : (ends ?? 0) >= 0.5 ? "end" : undefined,
    bodies: share(own.filter((message) => withoutTrailers(message).includes("\n")).length),
    startsLower: share(rests.filter((rest) => /^\p{Ll}/u.test(rest)).length) > 0.5,
  };
}

/** For a model. @param branch the one that is checked out: it may name the issue */
export function styleLines(style: MessageStyle, branch: string | undefined): readonly string[] {
  const { subjects, conventional, isChinese, subjectLength, issueKeys, bodies, startsLower } = style;
  if (subjects.length === 0) return ["The subject is in the imperative mood and at most 50 characters long."];
  const key = issueOf(branch, subjects);
  return [
    conventional &&
      `Use Conventional Commits: type(scope): subject. Types in use: ${conventional.types.join(", ")}.` +
        (conventional.scopes.length > 0
          ? ` Scopes in use: ${conventional.scopes.join(", ")}.`
          : " No scopes are in use."),
    isChinese ? "Write in Chinese (用中文写)." : "Write in the language of these messages.",
    `The subject is at most ${subjectLength} characters long` +
      (startsLower ? " and begins with a small letter." : "."),
    bodies >= 0.5
      ? "After a blank line a body tells what changes and why."
      : bodies < 0.15
        ? "Only the subject, no body."
        : "A body only where the subject does not say enough.",
    issueKeys && key !== undefined && `The issue is ${key}; it stands at the ${issueKeys} of the subject.`,
    !(issueKeys && key !== undefined) && "Name no issue number.",
    `The last subjects of this repository:\n${subjects
      .slice(0, SHOWN)
      .map((subject) => `- ${headOf(subject, 100)}`)
      .join("\n")}`,
  ].filter((line) => typeof line === "string");
}

/** The issue that a branch is named after, such as `feature/pair-12-menus`, of a project that the messages name. */
function issueOf(branch: string | undefined, subjects: readonly string[]): string | undefined {
  const keys = (branch ?? "").toUpperCase().match(/(?<![A-Z0-9])[A-Z][A-Z0-9]+-\d+/g) ?? [];
  return keys.find((key) => subjects.some((subject) => subject.includes(key.replace(/\d+$/, ""))));
}

/** Without the number of a pull request, which its server adds. */
function withoutPull(subject: string): string {
  return subject.replace(/ \(#\d+\)$/, "");
}

function withoutTrailers(message: string): string {
  return message.replace(/(?:\n+[A-Z][A-Za-z-]+(?:-by|-Id|-by-id): .*)+$/i, "").trim();
}

function byUse(names: readonly (string | undefined)[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  const most = Array.from(counts).toSorted(([, one], [, other]) => other - one);
  return most.slice(0, MOST_NAMES).map(([name]) => name);
}

/** Of git and of the usual robots. */
const BY_TOOL =
  /^(?:Merge (?:branch|pull request|remote|tag|commit)|Revert "|fixup! |squash! |Bump \S+ from |chore\(deps)/;
export const CONVENTIONAL = /^([a-z]{2,12})(?:\(([^()\s]{1,40})\))?!?: (?=\S)/;
const KEY_START = /^\[?[A-Z][A-Z0-9]+-\d+\]?:? ?/;
const KEY_END = /[[( ][A-Z][A-Z0-9]+-\d+[\])]?$/;
const HAN = /\p{Script=Han}/u;
export const MOST_SUBJECT = 72;
/** Where all are shorter, a longer one does not hurt. */
const USUAL_SUBJECT = 50;
const MOST_NAMES = 12;
const SHOWN = 10;
