/** A model that is shown no secrets: they are replaced in whatever is sent, and put back into what comes in answer. */

import type { Model, ModelRequest, ModelStream, Prompt, PromptPart } from "./model.ts";
import type { Provenance, Redaction } from "./provenance.ts";

export interface Gate {
  /** Of texts that follow each other: a secret may begin in one and end in the next. */
  redact(texts: readonly string[]): { readonly texts: readonly string[]; readonly redactions: readonly Redaction[] };
  restoring(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined>;
}

/** Nothing leaves before `gate` has resolved. */
export function guardedModel(model: Model, gate: () => Promise<Gate>): Model {
  return {
    get name() {
      return model.name;
    },
    stream(request, signal) {
      let inner: ModelStream | undefined;
      return {
        get usage() {
          return inner?.usage ?? UNKNOWN;
        },
        async *[Symbol.asyncIterator]() {
          const opened = await gate();
          signal.throwIfAborted();
          inner = model.stream(guardedRequest(request, opened), signal);
          yield* opened.restoring(inner);
        },
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
  const redactions: Redaction[] = [];
  const redact = (texts: readonly string[]): readonly string[] => {
    const redacted = gate.redact(texts);
    redactions.push(...redacted.redactions);
    return redacted.texts;
  };
  switch (prompt.kind) {
    case "raw":
      return { prompt: { kind: "raw", parts: guardParts(prompt.parts, redact) }, redactions };
    case "hole": {
      const [prefix = "", suffix = ""] = redact([prompt.prefix, prompt.suffix]);
      return { prompt: { kind: "hole", prefix, suffix }, redactions };
    }
    case "chat": {
      const messages = prompt.messages.map(({ role, content }) => ({ role, content: guardMessage(content, redact) }));
      return { prompt: { kind: "chat", messages }, redactions };
    }
  }
}

type Redact = (texts: readonly string[]) => readonly string[];

/**
 * The texts before and after the caret are two parts, in either order and not always beside each other. A line that ends
 * in one and goes on in another may hold a secret; only halves that belong together make one.
 */
function guardParts(parts: readonly PromptPart[], redact: Redact): readonly PromptPart[] {
  const texts = parts.map(({ text, special }) => (special ? text : (redact([text])[0] ?? text)));
  const own = parts.flatMap(({ special }, index) => (special ? [] : [index]));
  const last = own.at(-1);
  for (const other of own.slice(-MOST_APART, -1)) {
    if (last === undefined) break;
    guardBorder(texts, last, other, redact);
    guardBorder(texts, other, last, redact);
  }
  return parts.map(({ special }, index) => ({ text: texts[index] ?? "", special }));
}

function guardBorder(texts: string[], before: number, after: number, redact: Redact): void {
  const [first = "", second = ""] = [texts[before], texts[after]];
  const lineStart = first.lastIndexOf("\n") + 1;
  const lineEnd = second.includes("\n") ? second.indexOf("\n") : second.length;
  const [start = "", end = ""] = redact([first.slice(lineStart), second.slice(0, lineEnd)]);
  texts[before] = first.slice(0, lineStart) + start;
  texts[after] = end + second.slice(lineEnd);
}

/** A message in which a mark stands at the caret: what is on its two sides belongs together. */
function guardMessage(content: string, redact: Redact): string {
  const marks = content.match(MARK) ?? [];
  const texts = redact(content.split(MARK));
  return texts.map((text, index) => text + (marks[index] ?? "")).join("");
}

function guardedRequest(request: ModelRequest, gate: Gate): ModelRequest {
  const { prompt, redactions } = guardPrompt(request.prompt, gate);
  if (redactions.length === 0) return request;
  const { provenance } = request;
  return { ...request, prompt, ...(provenance && { provenance: guardProvenance(provenance, redactions, gate) }) };
}

/** Its texts have to be as they stand in the prompt. */
function guardProvenance(provenance: Provenance, redactions: readonly Redaction[], gate: Gate): Provenance {
  const stretches = provenance.stretches.map((stretch) => ({
    ...stretch,
    text: gate.redact([stretch.text]).texts[0] ?? "",
  }));
  const each = new Map<string, Redaction>();
  for (const redaction of redactions) {
    const count = (each.get(redaction.placeholder)?.count ?? 0) + redaction.count;
    each.set(redaction.placeholder, { ...redaction, count });
  }
  return { stretches, redactions: Array.from(each.values()) };
}

/** The caret's two sides are among so many of the last parts. */
const MOST_APART = 4;
const MARK = /<HOLE\d*>/g;
const UNKNOWN = { promptTokens: undefined, cachedTokens: undefined, outputTokens: undefined, firstTokenMs: undefined };
