/** What is asked and answered, and which run an answer belongs to. */

import { unixNewlines } from "../../text/lines.ts";
import type { Answer, ChangeEvent, EditorEvent, GivenSuggestion, Instant } from "../editorEvents.ts";
import type { Fact, ResponseRecord } from "../records.ts";
import { alternativeOf, charsLeft } from "./alternative.ts";
import { type Place, withCaretAt } from "./place.ts";
import { MOST_RECENT_CHANGES, placeNow } from "./placing.ts";
import type { Run } from "./run.ts";
import type { Runs } from "./runs.ts";
import { lineCount } from "./shapes.ts";

type Asked = Extract<EditorEvent, { readonly kind: "asked" }>;

type Selection = Extract<EditorEvent, { readonly kind: "selection" }>;
type Response = Pick<ResponseRecord, "outcome" | "reason" | "run" | "chars" | "lines" | "choices" | "model">;

interface Needs {
  readonly runs: Runs;
  readonly record: (fact: Fact) => void;
}

export class Answers {
  readonly #needs: Needs;
  readonly #asks = new Map<number, Asked>();
  /** Of the documents that were asked about last: their last changes, the newest last. */
  readonly #recent = new Map<string, readonly ChangeEvent[]>();
  /** Where the caret went after the last question, with no change since. */
  readonly #carets = new Map<string, Selection>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** What a suggestion is behind that was asked for before. */
  changed(change: ChangeEvent): void {
    this.#carets.delete(change.uri);
    const recent = this.#recent.get(change.uri);
    if (recent) this.#recent.set(change.uri, [...recent.slice(1 - MOST_RECENT_CHANGES), change]);
  }

  selected(selection: Selection): void {
    if (this.#recent.has(selection.uri)) this.#carets.set(selection.uri, selection);
  }

  closed(uri: string): void {
    this.#recent.delete(uri);
    this.#carets.delete(uri);
  }

  asked(asked: Asked): void {
    const { atMs, uri, languageId: language, trigger } = asked;
    this.#asks.set(asked.ask, asked);
    if (this.#asks.size > MOST_ASKS) this.#forgetOldest(atMs);
    const recent = this.#recent.get(uri) ?? [];
    this.#carets.delete(uri);
    this.#recent.delete(uri);
    this.#recent.set(uri, recent);
    for (const oldest of [...this.#recent.keys()].slice(0, -MOST_DOCUMENTS)) this.closed(oldest);
    if (asked.repeats === undefined) this.#needs.record({ kind: "opportunity", atMs, uri, language, trigger });
  }

  /** Each question has one response; one that is repeated has none a second time where it was given something. */
  #forgetOldest(atMs: Instant): void {
    const [oldest] = this.#asks.values();
    if (oldest) this.answered({ kind: "answered", ask: oldest.ask, uri: oldest.uri, answer: UNANSWERED, atMs });
  }

  answered({ ask, uri, answer, atMs }: Extract<EditorEvent, { readonly kind: "answered" }>): void {
    const asked = this.#asks.get(ask);
    this.#asks.delete(ask);
    if (!asked) return;
    const respond = (response: Response): void => {
      const { languageId: language, atMs: askedMs, repeats } = asked;
      if (repeats === "returned") return;
      this.#needs.record({ kind: "response", atMs, uri, language, afterMs: atMs - askedMs, ...response });
    };
    const [first] = answer.kind === "nothing" ? [] : answer.suggestions;
    if (answer.kind === "nothing" || first === undefined) {
      const { outcome, reason } = nothingOf(answer);
      respond({ outcome, reason, run: undefined, chars: 0, lines: 0, choices: 0, model: "" });
      // A newer question is on its way.
      if (outcome !== "cancelled") this.#hide(uri, asked.version, atMs);
      return;
    }
    const { suggestions, origin: reason, model } = answer;
    const size = {
      chars: charsLeft(alternativeOf(first, asked.offset), asked.offset),
      lines: lineCount(unixNewlines(first.insertText)),
      choices: suggestions.length,
    };
    if (answer.kind !== "returned") {
      respond({ outcome: answer.kind, reason, run: undefined, ...size, model });
      this.#hide(uri, asked.version, atMs);
      return;
    }
    const run = this.#show(asked, suggestions, model, atMs)?.name;
    respond({ outcome: "returned", reason, run, ...size, model });
  }

  withheld({ uri, version, atMs }: Extract<EditorEvent, { readonly kind: "withheld" }>): void {
    this.#hide(uri, version, atMs);
  }

  /** The editor got nothing. It asks again where the document has changed since, or where something is being composed. */
  #hide(uri: string, version: number, atMs: Instant): void {
    const run = this.#needs.runs.in(uri);
    const changed = this.#recent.get(uri)?.at(-1);
    if (run?.place?.composed === undefined && (changed === undefined || changed.version <= version)) {
      this.#needs.runs.rest(run, "superseded", atMs);
    }
  }

  /** The run that is shown now; `undefined` where the document has gone another way meanwhile. */
  #show(
    { uri, offset, version, trigger, others, languageId: language }: Asked,
    suggestions: readonly GivenSuggestion[],
    model: string,
    atMs: Instant,
  ): Run | undefined {
    const known = suggestions.map(({ id }) => this.#needs.runs.of(id)).find((run) => run !== undefined);
    const place = placeNow({ recent: this.#recent.get(uri) ?? [], suggestions, offset, version, known: known?.place });
    if (!place) return known;
    const before = this.#needs.runs.in(uri);
    if (before !== known) this.#needs.runs.rest(before, "superseded", atMs);
    known?.settleComposition();
    if (known && !known.place) known.advanced(progress(known.lastPlace, place), "typed");
    const ids = suggestions.map(({ id }) => id);
    const run = known ?? this.#needs.runs.start({ uri, language, trigger, model, atMs }, ids);
    for (const given of suggestions) {
      const followed = known && place.alternatives.find(({ id }) => id === given.id);
      run.offer(
        given.id,
        followed ? charsLeft(followed, place.caret) : charsLeft(alternativeOf(given, offset), offset),
      );
    }
    if (others && run.contaminated === "no") run.contaminated = "other-active";
    run.showAt(place, atMs);
    this.#needs.runs.show(run);
    // The caret has gone on meanwhile: VS Code does not show it.
    const at = this.#carets.get(uri)?.selections[0];
    const isThere = !at || (at.anchor === at.active && withCaretAt(place, at.active) !== undefined);
    if (!isThere) this.#needs.runs.rest(run, "cursor-moved", atMs);
    return run;
  }
}

/** By how many of its characters one is further on that was out of sight, such as while something was composed. */
function progress(before: Place | undefined, now: Place): number {
  for (const one of now.alternatives) {
    const same = before?.alternatives.find(({ id }) => id === one.id);
    if (before && same) return charsLeft(same, before.caret) - charsLeft(one, now.caret);
  }
  return 0;
}

function nothingOf(answer: Answer): Pick<Response, "outcome" | "reason"> {
  return answer.kind === "nothing"
    ? { outcome: answer.why, reason: answer.reason }
    : { outcome: "dropped", reason: "empty" };
}

const MOST_DOCUMENTS = 16;
const MOST_ASKS = 200;
const UNANSWERED: Answer = { kind: "nothing", why: "cancelled", reason: "unanswered" };
