/** A text that stands at the caret of a prompt, and the secrets that go from one into the other. */

import type { Gate } from "./guarded.ts";
import type { PromptPart } from "./model.ts";
import type { Redaction } from "./provenance.ts";

interface Around {
  readonly parts: readonly PromptPart[];
  readonly text: string;
  readonly redactions: readonly Redaction[];
}

/**
 * The prompt without what of its parts belongs to a secret that `text` has a share of, and `text` as it may be sent. The
 * model may have been shown one side of the text alone. So each side is tried without the other, too, and each time as it
 * was: half of a secret is not recognised any more.
 */
export function guardAround(parts: readonly PromptPart[], text: string, gate: Gate): Around {
  const edges = new Map(parts.filter(({ side }) => side !== undefined).map((part) => [part, edgesOf(part.text)]));
  const nothing = edgesOf("");
  const at = (side: PromptPart["side"]) =>
    Array.from(edges).flatMap(([part, edge]) => (part.side === side ? edge : []));
  const middles: string[] = [];
  const redactions: Redaction[] = [];
  for (const before of [...at("before"), nothing]) {
    for (const after of [...at("after"), nothing]) {
      if (before === after) continue;
      const lines = [before.lastLine, text, after.firstLine];
      const together = gate.redact(lines);
      if (together.redactions.length === 0) continue;
      if (lines.every((line, index) => gate.redact([line]).texts[0] === together.texts[index])) continue;
      const [tail = "", middle = "", head = ""] = together.texts;
      before.tails.push(tail);
      after.heads.push(head);
      middles.push(middle);
      redactions.push(...together.redactions);
    }
  }
  const rest = gate.redact([withoutAll(text, middles)]);
  const guarded = parts.map((part) => ({ ...part, text: edges.get(part)?.guarded() ?? part.text }));
  const [middle = ""] = rest.texts;
  const sent = guarded.map((part) => part.text).join("\n") + middle;
  const each = new Map([...redactions, ...rest.redactions].map((redaction) => [redaction.placeholder, redaction]));
  // The same secret was tried many times, and some of what was found so is a part of what was.
  const left = Array.from(each.values()).filter(({ placeholder }) => sent.includes(placeholder));
  return { parts: guarded, text: middle, redactions: left };
}

function edgesOf(text: string) {
  const start = text.lastIndexOf("\n") + 1;
  const end = text.includes("\n") ? text.indexOf("\n") : text.length;
  const [lastLine, firstLine] = [text.slice(start), text.slice(0, end)];
  const tails: string[] = [];
  const heads: string[] = [];
  const guarded = () =>
    start === 0
      ? withoutAll(text, [...tails, ...heads])
      : withoutAll(firstLine, heads) + text.slice(end, start) + withoutAll(lastLine, tails);
  return { lastLine, firstLine, tails, heads, guarded };
}

/** `text` without what any of `versions` of it has replaced; what the one has there that replaced most stands for all. */
function withoutAll(text: string, versions: readonly string[]): string {
  const others = versions.filter((version) => version !== text);
  if (others.length === 0) return text;
  const ends = others.map((version) => {
    const start = commonStart(text, version);
    const rest = commonStart(reversed(text.slice(start)), reversed(version.slice(start)));
    return { start, rest, replacement: version.slice(start, version.length - rest) };
  });
  const start = Math.min(...ends.map((end) => end.start));
  const rest = Math.min(...ends.map((end) => end.rest));
  const [most] = ends.toSorted((one, other) => one.start + one.rest - other.start - other.rest);
  return text.slice(0, start) + (most?.replacement ?? "") + text.slice(text.length - rest);
}

function commonStart(one: string, other: string): number {
  const longest = Math.min(one.length, other.length);
  for (let at = 0; at < longest; at++) if (one[at] !== other[at]) return at;
  return longest;
}

function reversed(text: string): string {
  return text.split("").toReversed().join("");
}
