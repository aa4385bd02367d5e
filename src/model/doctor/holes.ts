/** Two holes with known answers: whether the model fills them, goes on with the text before them, or talks about them. */

import { ModelError } from "../model.ts";
import type { Hole } from "../hole.ts";
import { formatHole, type FormatName } from "../templates.ts";
import type { Ask } from "./ask.ts";
import { failed } from "./failureWays.ts";
import { bad, type BetterFormat, type Finding, good, type StepResult, type Way, warning } from "./findings.ts";

interface Probe {
  readonly hole: Hole;
  readonly answer: RegExp;
}

/** Whoever goes on with the text before it knows this one. */
const easy: Probe = {
  hole: {
    path: "sum.py",
    languageId: "python",
    prefix: "def add(a, b):\n    return",
    suffix: "\n\n\nprint(add(2, 3))\n",
  },
  answer: /^\s*\(?\s*(a\s*\+\s*b|b\s*\+\s*a)\b/,
};

/** Which module it is stands after the hole alone. */
const telling: Probe = {
  hole: {
    path: "load.py",
    languageId: "python",
    prefix: "import",
    suffix: '\n\n\ndef load(text):\n    return json.loads(text)["items"]\n',
  },
  answer: /^\s*json\b/,
};

interface Verdict {
  readonly kind: "fills" | "continues" | "talks" | "writes-nothing" | "writes-else";
  /** What it wrote in the first hole that it did not fill, the beginning. */
  readonly written: string;
}

export interface HolesChecked {
  readonly result: StepResult;
  /** The one that works best; `undefined` where none does. */
  readonly format: FormatName | undefined;
}

/** What suggestions would make of an answer; empty where they would drop it. */
export type Clean = (answer: string, hole: Hole) => string;

/** Requests that one format takes. */
const PROBES = [easy, telling];
/** In use, and two others. */
const MOST_FORMATS = 3;
export const MOST_HOLE_REQUESTS = PROBES.length * MOST_FORMATS;

/**
 * `format` is the one in use. `others` are tried only where it does not fill holes, and are such as the user can set.
 * Rejects with the signal's reason only.
 */
export async function checkHoles(
  ask: Ask,
  clean: Clean,
  format: FormatName,
  others: readonly FormatName[],
  signal: AbortSignal,
): Promise<HolesChecked> {
  try {
    const verdict = await verdictOf(ask, clean, format);
    if (verdict instanceof ModelError) return await refused(ask, clean, verdict, format, others);
    const isAsGoodAsItGets = verdict.kind === "continues" && ONLY_CONTINUE.has(format);
    if (verdict.kind === "fills") {
      const finding: Finding = format === "chat-hole" ? { kind: "fills-by-chat" } : { kind: "fills", format };
      return { result: good("holes", finding), format };
    }
    const { kind, written } = verdict;
    if (isAsGoodAsItGets) return { result: good("holes", { kind, format, written, better: undefined }), format };
    const better = await betterFormat(ask, clean, others, format, kind === "continues");
    const finding = { kind, format, written, better };
    // What only goes on is of use, too; and one that errs with no other format doing better may just be a weak one.
    if (kind === "continues" || (kind === "writes-else" && better === undefined))
      return { result: warning("holes", finding, waysTo(better)), format: better?.format ?? format };
    return { result: bad("holes", finding, waysTo(better)), format: better?.format };
  } catch (error) {
    signal.throwIfAborted();
    return { result: failed("holes", error), format: undefined };
  }
}

async function refused(
  ask: Ask,
  clean: Clean,
  error: ModelError,
  format: FormatName,
  others: readonly FormatName[],
): Promise<HolesChecked> {
  const better = await betterFormat(ask, clean, others, format, false);
  // Where no format is taken, it is not the format.
  if (better === undefined) return { result: failed("holes", error), format: undefined };
  return { result: bad("holes", { kind: "format-refused", format, better }, waysTo(better)), format: better.format };
}

function waysTo(better: BetterFormat | undefined): readonly Way[] {
  return [better === undefined ? { kind: "choose-model" } : { kind: "set-format", format: better.format }];
}

/** One that fills holes goes before one that goes on, which is only better where the one in use does not even do that. */
async function betterFormat(
  ask: Ask,
  clean: Clean,
  others: readonly FormatName[],
  inUse: FormatName,
  goesOn: boolean,
): Promise<BetterFormat | undefined> {
  let second: BetterFormat | undefined;
  for (const format of new Set(others)) {
    if (format === inUse) continue;
    const other = await verdictOf(ask, clean, format);
    if (other instanceof ModelError) continue;
    if (other.kind === "fills") return { format, fills: true };
    if (other.kind === "continues" && !goesOn) second ??= { format, fills: false };
  }
  return second;
}

async function verdictOf(ask: Ask, clean: Clean, format: FormatName): Promise<Verdict | ModelError> {
  const answers: string[] = [];
  try {
    for (const { hole } of PROBES) {
      const asked = formatHole(format, hole);
      // Whoever chats may begin with a sentence and a fence, which suggestions leave out.
      answers.push((await ask(asked, asked.prompt.kind === "chat" ? MAX_CHAT_TOKENS : MAX_TOKENS)).text);
    }
  } catch (error) {
    if (isOfTheFormat(error)) return error;
    throw error;
  }
  const isRight = PROBES.map(({ hole, answer }, at) => answer.test(clean(answers[at] ?? "", hole)));
  const right = PROBES.filter((_, at) => isRight[at]);
  const missed = answers.filter((_, at) => !isRight[at]);
  const [text = ""] = missed;
  const written = text.trim().replaceAll(/\s+/g, " ").slice(0, WRITTEN_CHARS);
  const hasTalked = missed.some((each) => TALK.test(each));
  if (right.includes(telling)) return { kind: hasTalked ? "talks" : "fills", written };
  if (right.includes(easy)) return { kind: "continues", written };
  if (answers.every((each) => each.trim() === "")) return { kind: "writes-nothing", written };
  return { kind: hasTalked ? "talks" : "writes-else", written };
}

/** The end point for it is not there, or wants something else. */
function isOfTheFormat(error: unknown): error is ModelError {
  return (
    error instanceof ModelError && ["model-unknown", "request-refused", "bad-response"].includes(error.failure.kind)
  );
}

const ONLY_CONTINUE: ReadonlySet<FormatName> = new Set(["continuation", "dolly"]);
/** As people are spoken to, and the marks around code in an answer to them. */
const TALK =
  /```|^\s*(sure|certainly|of course|okay|here('s| is| are)|the (code|function|missing|given|correct)|to (complete|fix|fill)|this (code|function)|it (looks|seems|appears)|i('m| am| can|'ll| will)|you (can|need)|<think>|好的|以下|这)/i;
const MAX_TOKENS = 16;
const MAX_CHAT_TOKENS = 48;
const WRITTEN_CHARS = 60;
