/** Two holes with known answers: whether the model fills them, goes on with the text before them, or talks about them. */

import { ModelError } from "../model.ts";
import type { Hole } from "../hole.ts";
import { formatHole, type FormatName } from "../templates.ts";
import type { Answer, Ask } from "./ask.ts";
import { bad, type Finding, good, type StepResult, warning } from "./findings.ts";

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

type Verdict = "fills" | "continues" | "talks" | "writes-nothing" | "writes-else" | ModelError;

export interface HolesChecked {
  readonly result: StepResult;
  /** The one that works best; `undefined` where none does. */
  readonly format: FormatName | undefined;
}

/** Requests that one format takes. */
const PROBES = [easy, telling];
/** In use, and two others. */
const MOST_FORMATS = 3;
export const MOST_HOLE_REQUESTS = PROBES.length * MOST_FORMATS;

/**
 * `format` is the one in use, `byName` the one that the model's name speaks for. Another one is tried only where the one
 * in use does not fill holes. Rejects with the signal's reason only.
 */
export async function checkHoles(
  ask: Ask,
  format: FormatName,
  byName: FormatName,
  signal: AbortSignal,
): Promise<HolesChecked> {
  try {
    const verdict = await verdictOf(ask, format);
    const isAsGoodAsItGets = verdict === "continues" && ONLY_CONTINUE.has(format);
    if (verdict === "fills" || isAsGoodAsItGets) return { result: good("holes", findingOf(verdict, format)), format };
    const better = await betterFormat(ask, verdict, [byName, "chat-hole"], format);
    const ways = better === undefined ? [] : [{ kind: "set-format", format: better } as const];
    const finding = findingOf(verdict, format, better);
    // What only goes on is of use, too; and one that errs with no other format doing better may just be a weak one.
    if (verdict === "continues" || (verdict === "writes-else" && better === undefined))
      return { result: warning("holes", finding, ways), format: better ?? format };
    return { result: bad("holes", finding, ways), format: better };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ModelError)) throw error;
    return { result: bad("holes", { kind: "failure", failure: error.failure }), format: undefined };
  }
}

async function betterFormat(
  ask: Ask,
  verdict: Verdict,
  others: readonly FormatName[],
  inUse: FormatName,
): Promise<FormatName | undefined> {
  for (const format of new Set(others)) {
    if (format === inUse) continue;
    const other = await verdictOf(ask, format);
    if (other === "fills" || (other === "continues" && verdict !== "continues")) return format;
  }
  return undefined;
}

async function verdictOf(ask: Ask, format: FormatName): Promise<Verdict> {
  const answers: Answer[] = [];
  try {
    for (const { hole } of PROBES) answers.push(await ask(formatHole(format, hole), MAX_TOKENS));
  } catch (error) {
    if (isOfTheFormat(error)) return error;
    throw error;
  }
  const texts = answers.map(({ text }) => withoutFence(text));
  const right = PROBES.filter(({ answer }, at) => answer.test(texts[at] ?? ""));
  if (right.includes(telling)) return "fills";
  if (right.includes(easy)) return "continues";
  if (texts.every((text) => text.trim() === "")) return "writes-nothing";
  return texts.some((text) => TALK.test(text)) ? "talks" : "writes-else";
}

function findingOf(verdict: Verdict, format: FormatName, better?: FormatName): Finding {
  if (verdict === "fills") return format === "chat-hole" ? { kind: "fills-by-chat" } : { kind: "fills", format };
  if (!(verdict instanceof ModelError)) return { kind: verdict, format, better };
  // Where no format is taken, it is not the format.
  return better === undefined
    ? { kind: "failure", failure: verdict.failure }
    : { kind: "format-refused", format, better };
}

/** The end point for it is not there, or wants something else. */
function isOfTheFormat(error: unknown): error is ModelError {
  return (
    error instanceof ModelError && ["model-unknown", "request-refused", "bad-response"].includes(error.failure.kind)
  );
}

/** Chat models put code into a fence, which suggestions are taken out of. */
function withoutFence(text: string): string {
  return text.replace(/^\s*```\w*\n/, "").replace(/\n?```\s*$/, "");
}

const ONLY_CONTINUE: ReadonlySet<FormatName> = new Set(["continuation", "dolly"]);
/** As people are spoken to, and the marks around code in an answer to them. */
const TALK =
  /```|^\s*(sure|certainly|of course|okay|here('s| is| are)|the (code|function|missing|given|correct)|to (complete|fix|fill)|this (code|function)|it (looks|seems|appears)|i('m| am| can|'ll| will)|you (can|need)|<think>|好的|以下|这)/i;
const MAX_TOKENS = 16;
