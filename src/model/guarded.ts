/** A model that is shown no secrets: they are replaced in whatever is sent, and put back into what comes in answer. */

import { guardAround } from "./guardedText.ts";
import type {
  ChatMessage,
  ChatPrompt,
  Model,
  ModelRequest,
  ModelStream,
  Prompt,
  PromptPart,
  ToolDefinition,
} from "./model.ts";
import type { Provenance, Redaction } from "./provenance.ts";
import type { ScoreRequest } from "./scoring.ts";
import { wrappedStream } from "./wrappedStream.ts";
import type { Hole } from "./hole.ts";

export interface Gate {
  /** Of texts that follow each other: a secret may begin in one and end in the next. */
  redact(texts: readonly string[]): { readonly texts: readonly string[]; readonly redactions: readonly Redaction[] };
  /** Puts back only what stands in the place of one of `placeholders`. */
  restoring(pieces: AsyncIterable<string>, placeholders: ReadonlySet<string>): AsyncGenerator<string, void, undefined>;
}

/** Nothing leaves before `gate` has resolved. What is scored is what may be sent, with placeholders for secrets. */
export function guardedModel(model: Model, gate: () => Promise<Gate>): Model {
  return {
    get name() {
      return model.name;
    },
    stream(request, signal) {
      let inner: ModelStream | undefined;
      // What it wants done is not put back: a secret goes to no tool, unless its user passes it on.
      return wrappedStream(
        () => inner,
        async function* () {
          const opened = await gate();
          signal.throwIfAborted();
          const { guarded, placeholders } = guardRequest(request, opened);
          inner = model.stream(guarded, signal);
          yield* placeholders.size === 0 ? inner : opened.restoring(inner, placeholders);
        },
      );
    },
    get score() {
      const score = model.score?.bind(model);
      if (score === undefined) return undefined;
      return async (request: ScoreRequest, signal: AbortSignal) => {
        const opened = await gate();
        signal.throwIfAborted();
        return score(guardScore(request, opened), signal);
      };
    },
  };
}

type Warm = (prompt: Prompt, signal: AbortSignal, provenance?: Provenance) => Promise<unknown>;

/** The same for prompts that are only to be read ahead. */
export function guardedWarm(warm: Warm, gate: () => Promise<Gate>): Warm {
  return async (prompt, signal, provenance) => {
    const opened = await gate();
    if (signal.aborted) return;
    const guarded = guardPrompt(prompt, opened);
    const told = provenance && guardProvenance(provenance, guarded.redactions, opened);
    await warm(guarded.prompt, signal, told);
  };
}

/** The prompt as it may be sent, and what was replaced in it. */
function guardPrompt(
  prompt: Prompt,
  gate: Gate,
): { readonly prompt: Prompt; readonly redactions: readonly Redaction[] } {
  const { redact, redactions } = collecting(gate);
  switch (prompt.kind) {
    case "raw":
      return { prompt: { kind: "raw", parts: guardParts(prompt.parts, gate, redact) }, redactions };
    case "hole": {
      const [prefix, suffix] = guardSides(prompt.prefix, prompt.suffix, gate, redact);
      return { prompt: { kind: "hole", prefix, suffix }, redactions };
    }
    case "infill":
      return { prompt: { kind: "infill", hole: guardHole(prompt.hole, gate, redact) }, redactions };
    case "chat":
      return { prompt: guardChat(prompt, redact), redactions };
  }
}

/** Pictures can't be looked through. */
function guardChat({ messages, tools }: ChatPrompt, redact: Redact): ChatPrompt {
  const one = (text: string): string => redact([text])[0] ?? "";
  const guardCalls = ({ toolCalls }: ChatMessage) =>
    toolCalls && { toolCalls: toolCalls.map((call) => ({ ...call, arguments: one(call.arguments) })) };
  return {
    kind: "chat",
    messages: messages.map((message) => ({
      ...message,
      content: guardMessage(message.content, redact),
      ...guardCalls(message),
    })),
    ...(tools && { tools: tools.map((tool) => guardTool(tool, one)) }),
  };
}

/** Those of other extensions say what these like. */
function guardTool({ name, description, parameters }: ToolDefinition, one: (text: string) => string): ToolDefinition {
  const schema = JSON.stringify(parameters);
  const guarded = one(schema);
  // A placeholder may have taken the end of a string with it.
  return { name, description: one(description), parameters: guarded === schema ? parameters : objectIn(guarded) };
}

function objectIn(json: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(json) as Readonly<Record<string, unknown>>;
  } catch {
    return { type: "object" };
  }
}

function guardHole(hole: Hole, gate: Gate, redact: Redact): Hole {
  const { path, languageId, prefix, suffix, repository, neighbours } = hole;
  const one = (text: string): string => redact([text])[0] ?? "";
  const [before, after] = guardSides(prefix, suffix, gate, redact);
  return {
    path: one(path),
    languageId,
    prefix: before,
    suffix: after,
    ...(repository !== undefined && { repository: one(repository) }),
    ...(neighbours && { neighbours: neighbours.map(({ path, text }) => ({ path: one(path), text: one(text) })) }),
  };
}

/** Whatever is redacted is noted. */
function collecting(gate: Gate): { readonly redact: Redact; readonly redactions: readonly Redaction[] } {
  const redactions: Redaction[] = [];
  const redact = (texts: readonly string[]): readonly string[] => {
    const redacted = gate.redact(texts);
    redactions.push(...redacted.redactions);
    return redacted.texts;
  };
  return { redact, redactions };
}

type Redact = (texts: readonly string[]) => readonly string[];

function guardParts(parts: readonly PromptPart[], gate: Gate, redact: Redact): readonly PromptPart[] {
  const textOf = (wanted: PromptPart["side"]): string => parts.find(({ side }) => side === wanted)?.text ?? "";
  const [before, after] = guardSides(textOf("before"), textOf("after"), gate, redact);
  return parts.map((part) => {
    if (part.special) return part;
    if (part.side !== undefined) return { ...part, text: part.side === "before" ? before : after };
    return { ...part, text: redact([part.text])[0] ?? "" };
  });
}

/**
 * The texts before and after the caret. A secret that begins in one and ends in the other comes first: half of it may look
 * like a whole one, and the other half would then be left. Then each by itself, since where one ends in the middle of a
 * secret the two together may look like none. What is left may be named by the one and stand in the other.
 */
function guardSides(before: string, after: string, gate: Gate, redact: Redact): readonly [string, string] {
  const [start, end] = guardBorder(before, after, (lines) => (goesAcross(lines, gate) ? redact(lines) : lines));
  return guardBorder(redact([start])[0] ?? "", redact([end])[0] ?? "", redact);
}

function guardBorder(before: string, after: string, redact: Redact): readonly [string, string] {
  const lineStart = startOfLastLines(before);
  const lineEnd = endOfFirstLines(after);
  const [start = "", end = ""] = redact([before.slice(lineStart), after.slice(0, lineEnd)]);
  return [before.slice(0, lineStart) + start, end + after.slice(lineEnd)];
}

/** A token, a key or a list of values may go over several lines. */
function startOfLastLines(text: string): number {
  let at = text.length;
  for (let lines = 0; lines < MOST_LINES_ACROSS && at > 0; lines += 1) at = text.lastIndexOf("\n", at - 1);
  return Math.max(0, at + 1);
}

function endOfFirstLines(text: string): number {
  let at = -1;
  for (let lines = 0; lines < MOST_LINES_ACROSS; lines += 1) {
    at = text.indexOf("\n", at + 1);
    if (at === -1) return text.length;
  }
  return at;
}

/** Both texts then look otherwise than each by itself. */
function goesAcross(texts: readonly string[], gate: Gate): boolean {
  const together = gate.redact(texts);
  if (together.redactions.length === 0) return false;
  return texts.every((text, index) => gate.redact([text]).texts[0] !== together.texts[index]);
}

/** A message in which a mark stands at the caret: what is on its two sides belongs together, as in `guardSides`. */
function guardMessage(content: string, redact: Redact): string {
  const marks = content.match(MARK) ?? [];
  const texts = redact(content.split(MARK));
  return texts.map((text, index) => (redact([text])[0] ?? "") + (marks[index] ?? "")).join("");
}

interface Guarded {
  readonly guarded: ModelRequest;
  readonly placeholders: ReadonlySet<string>;
}

/** The prompt and the text as they may be sent. A secret that goes across comes first, as in a prompt. */
function guardScore({ prompt, continuation, provenance }: ScoreRequest, gate: Gate): ScoreRequest {
  const around = guardAround(prompt.parts, continuation, gate);
  const { redact, redactions } = collecting(gate);
  const parts = guardParts(around.parts, gate, redact);
  const told = provenance && {
    provenance: guardProvenance(provenance, [...around.redactions, ...redactions], gate),
  };
  return { prompt: { kind: "raw", parts }, continuation: around.text, ...told };
}

function guardRequest(request: ModelRequest, gate: Gate): Guarded {
  const { prompt, redactions } = guardPrompt(request.prompt, gate);
  const placeholders = new Set(redactions.map(({ placeholder }) => placeholder));
  if (placeholders.size === 0) return { guarded: request, placeholders };
  const { provenance } = request;
  const told = provenance && { provenance: guardProvenance(provenance, redactions, gate) };
  return { guarded: { ...request, prompt, ...told }, placeholders };
}

/** Its texts have to be as they stand in the prompt. */
function guardProvenance(provenance: Provenance, redactions: readonly Redaction[], gate: Gate): Provenance {
  const redact: Redact = (texts) => gate.redact(texts).texts;
  const textOf = (side: string): string => provenance.stretches.find(({ source }) => source === side)?.text ?? "";
  const [before, after] = guardSides(textOf("before"), textOf("after"), gate, redact);
  const stretches = provenance.stretches.map((stretch) => {
    if (stretch.source === "before") return { ...stretch, text: before };
    if (stretch.source === "after") return { ...stretch, text: after };
    return { ...stretch, text: redact([stretch.text])[0] ?? "" };
  });
  const each = new Map<string, Redaction>();
  for (const redaction of redactions) {
    const count = (each.get(redaction.placeholder)?.count ?? 0) + redaction.count;
    each.set(redaction.placeholder, { ...redaction, count });
  }
  return { ...provenance, stretches, redactions: Array.from(each.values()) };
}

/** As many as the longest private key has, and some. */
const MOST_LINES_ACROSS = 60;
const MARK = /<HOLE\d*>/g;
