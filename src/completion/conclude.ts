/** What the end of a request means for a call that waited for it. */

import { remainderAt } from "./cache.ts";
import type { Call } from "./call.ts";
import { clean } from "./filters/pipeline.ts";
import type { Flight, FlightEnd } from "./flight.ts";
import type { Offers } from "./offers.ts";
import { dropped, type Outcome } from "./suggestion.ts";

/** `refuted`: the model wrote something else than was typed meanwhile. */
export function conclude(
  end: FlightEnd,
  flight: Flight,
  call: Call,
  origin: "joined" | "model",
  offers: Offers,
): Outcome | "refuted" {
  switch (end.kind) {
    case "answered": {
      if (end.suggestion.kind === "dropped") return end.suggestion;
      const outcome = offer(end.suggestion.insertText, flight, call, origin, offers);
      if (outcome === undefined) return "refuted";
      return outcome.kind === "offered" && origin === "model" ? { ...outcome, usage: end.usage } : outcome;
    }
    case "timed-out": {
      if (end.host === undefined) return dropped("model-not-ready");
      // The lines that had arrived within the limit are better than none.
      const suggestion = clean(end.lines, flight.origin.near);
      const outcome =
        suggestion.kind === "offered" ? offer(suggestion.insertText, flight, call, origin, offers) : undefined;
      if (outcome?.kind === "offered") return outcome;
      return { kind: "failed", failure: { kind: "timed-out", host: end.host, limitMs: call.options.timeLimitMs } };
    }
    case "aborted":
      return { kind: "cancelled" };
    case "failed":
    case "broken":
      return end;
  }
}

/** `undefined` where the caret is not in the text any more. */
function offer(
  text: string,
  { origin: { id, place } }: Flight,
  call: Call,
  origin: "joined" | "model",
  offers: Offers,
): Outcome | undefined {
  const entry = { id, place, text };
  const remainder = remainderAt(entry, call.cursor);
  return remainder === undefined ? undefined : offers.offer(entry, remainder, call, origin);
}
