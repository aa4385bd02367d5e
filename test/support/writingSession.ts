/** One engine in front of one model, an editor, and all that has to hold of them at each step. */

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { CompletionEngine } from "../../src/completion/engine.ts";
import type { CompletionOptions } from "../../src/completion/options.ts";
import type { CompletionBackend } from "../../src/completion/request.ts";
import type { Offered, Origin, Outcome, Trigger } from "../../src/completion/suggestion.ts";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";
import { ModelError } from "../../src/model/model.ts";
import { FakeClock, settled } from "./fakeClock.ts";
import { assertFits } from "./fittingOffer.ts";
import { ScriptedPlay } from "./modelScripts.ts";
import type { Action, Setting } from "./randomWriting.ts";
import { SimulatedEditor } from "./simulatedEditor.ts";

const LIMIT_MS = 2_000;
const LINGER_MS = 200;
/** A request made ahead after an accepted suggestion ends by itself after it. */
const AHEAD_MS = 1_000;

interface Pending {
  readonly asked: CursorSnapshot;
  readonly trigger: Trigger;
  readonly startedAt: number;
  readonly controller: AbortController;
  outcome: Outcome | undefined;
}

export class WritingSession {
  readonly #clock = new FakeClock();
  readonly #editor: SimulatedEditor;
  readonly #play: ScriptedPlay;
  readonly #engine: CompletionEngine;
  readonly #options: CompletionOptions;
  readonly #mayBreak: boolean;
  readonly #asksItself: boolean;
  readonly #calls: Pending[] = [];
  readonly #dismissed = new Set<string>();
  readonly #seen: Map<Origin, number>;
  #warming = 0;
  #settledAt = 0;
  #acceptedAt = Number.NEGATIVE_INFINITY;
  /** What is seen at the caret. */
  #ghost: { readonly offered: Offered; readonly rest: string; readonly asked: CursorSnapshot } | undefined;
  #fault: unknown;

  constructor(setting: Setting, seen: Map<Origin, number>) {
    const { first, second, scripts, deaf, format, backend, warms, options } = setting;
    this.#seen = seen;
    this.#asksItself = setting.asksItself;
    this.#editor = new SimulatedEditor([first, second === first ? { ...first, path: `other/${first.path}` } : second]);
    this.#editor.moveTo(first.text.indexOf("\n", first.text.length / 2));
    this.#play = new ScriptedPlay(this.#clock, scripts, () => this.#editor.snapshot(), deaf);
    this.#options = {
      timeLimitMs: LIMIT_MS,
      lingerMs: LINGER_MS,
      maxLines: 8,
      scopes: { comments: true, strings: true },
      mostPieceTokens: 3_500,
      ...options,
    };
    this.#mayBreak = backend === "throws" || scripts.some(({ ending }) => ending === "bug");
    const made: CompletionBackend = {
      model: this.#play.model,
      format,
      local: true,
      ...(warms ? { warm: (_prompt, signal) => this.#warm(signal) } : {}),
    };
    this.#engine = new CompletionEngine({
      backend: () => {
        if (backend === "at-once") return made;
        if (backend === "throws") throw new TypeError("bug");
        if (backend === "refuses")
          return Promise.reject(new ModelError({ kind: "model-file-missing", path: "m.gguf" }));
        if (backend === "never") return new Promise(() => {});
        return settled().then(() => made);
      },
      clock: this.#clock,
      options: () => this.#options,
      isCurrent: (cursor) => this.#editor.isCurrent(cursor),
      onEvent: (event) => {
        if (event.kind === "requested") this.#play.trigger = event.trigger;
      },
    });
  }

  async #warm(signal: AbortSignal): Promise<void> {
    this.#warming += 1;
    await new Promise((resolve) => {
      signal.addEventListener("abort", resolve, { once: true });
    });
    this.#warming -= 1;
  }

  async run(actions: readonly Action[]): Promise<void> {
    for (const one of actions) {
      const before = this.#editor.snapshot();
      await this.#do(one);
      if (this.#asksItself && !this.#editor.isCurrent(before)) await this.#ask("automatic", false, false);
      await settled();
      this.#check();
    }
    await this.#play.pass(LIMIT_MS + LINGER_MS + AHEAD_MS);
    this.#check();
    assert.equal(this.#play.open(), 0, "no request is left when the writer has stopped");
    assert.equal(this.#clock.sleeping, 0, "no timer is left when the writer has stopped");
    this.#engine.stop();
    await settled();
    assert.equal(this.#warming, 0, "nothing is read ahead when the engine has been stopped");
    assert.ok(
      this.#calls.every(({ outcome }) => outcome !== undefined),
      "every call settles",
    );
  }

  async #do(one: Action): Promise<void> {
    switch (one.kind) {
      case "ask":
        return this.#ask(one.trigger, one.item, one.aborted);
      case "pass":
        return this.#play.pass(one.ms);
      case "cancel": {
        const pending = this.#calls.findLast(({ outcome }) => outcome === undefined);
        if (!pending) return;
        pending.controller.abort();
        await settled();
        assert.equal(pending.outcome?.kind, "cancelled", "a call that is cancelled settles as such at once");
        return;
      }
      case "typeAlong":
        for (const character of Array.from(this.#ghost?.rest ?? "").slice(0, one.chars)) this.#type(character);
        return;
      case "type":
        return this.#type(one.text);
      case "accept":
        return this.#accept();
      case "acceptWord": {
        const word = /^\s*\S+/.exec(this.#ghost?.rest ?? "")?.[0];
        return word === undefined ? undefined : this.#type(word);
      }
      case "dismiss":
        return this.#dismiss();
      case "rest":
        return this.#engine.rest(this.#editor.snapshot());
      case "clear":
        // As a change of the model does, after which there is nothing to wave away.
        this.#ghost = undefined;
        return this.#engine.clear();
      case "stop":
        this.#engine.stop();
        await settled();
        assert.equal(this.#play.open(), 0, "no request is left after a stop");
        assert.equal(this.#clock.sleeping, 0, "no timer is left after a stop");
        assert.ok(
          this.#calls.every(({ outcome }) => outcome !== undefined),
          "every call settles after a stop",
        );
        return;
      default:
        this.#ghost = undefined;
        return this.#edit(one);
    }
  }

  #edit(one: Exclude<Action, { readonly kind: "ask" | "pass" | "cancel" | "type" }>): void {
    switch (one.kind) {
      case "bracket":
        return this.#editor.typeBracket(one.bracket);
      case "backspace":
        return this.#editor.backspace();
      case "deleteLine":
        return this.#editor.deleteLine();
      case "undo":
        return this.#editor.undo();
      case "move":
        return this.#editor.moveTo(one.to);
      case "switch":
        return this.#editor.switchTo(one.to);
      default:
        throw new Error(one.kind);
    }
  }

  #type(text: string): void {
    this.#editor.type(text);
    const ghost = this.#ghost;
    this.#ghost = ghost?.rest.startsWith(text) ? { ...ghost, rest: ghost.rest.slice(text.length) } : undefined;
  }

  async #ask(trigger: Trigger, item: boolean, aborted: boolean): Promise<void> {
    const word = /[\p{L}\d_]+$/u.exec(this.#editor.text.slice(0, this.#editor.caret))?.[0];
    const asked = this.#editor.snapshot(item && word ? { text: `${word}Of`, replaces: word.length } : undefined);
    const controller = new AbortController();
    if (aborted) controller.abort();
    const call: Pending = { asked, trigger, startedAt: this.#clock.now(), controller, outcome: undefined };
    this.#calls.push(call);
    void this.#engine.complete(asked, trigger, controller.signal).then(
      (outcome) => this.#settle(call, outcome),
      (error: unknown) => (this.#fault ??= error),
    );
    await settled();
    if (aborted) assert.equal(call.outcome?.kind, "cancelled");
    const older = this.#calls.slice(0, -1);
    assert.ok(
      older.every(({ outcome }) => outcome !== undefined),
      "the newest call ends those before it",
    );
  }

  #settle(call: Pending, outcome: Outcome): void {
    call.outcome = outcome;
    this.#settledAt = this.#clock.now();
    try {
      assert.equal(getEventListeners(call.controller.signal, "abort").length, 0, "no listener is left on the signal");
      assert.ok(
        this.#mayBreak || outcome.kind !== "broken",
        `no fault: ${String("error" in outcome && outcome.error)}`,
      );
      if (outcome.kind !== "offered") return;
      this.#seen.set(outcome.origin, (this.#seen.get(outcome.origin) ?? 0) + 1);
      assert.ok(this.#editor.isCurrent(call.asked), "nothing is offered for a caret that has moved");
      assert.equal(call.controller.signal.aborted, false, "nothing is offered to a call that was cancelled");
      const count = call.trigger === "manual" ? this.#options.alternatives : 1;
      assert.ok(outcome.suggestions.length > 0 && outcome.suggestions.length <= count, "as many as were wanted");
      for (const offered of outcome.suggestions) {
        assertFits(offered, call.asked, outcome.origin);
        const comesBack = call.trigger === "automatic" && this.#dismissed.has(keyOf(offered, call.asked));
        assert.ok(!comesBack, "what was dismissed does not come back by itself");
      }
      const [offered] = outcome.suggestions;
      if (offered) this.#ghost = { offered, asked: call.asked, rest: offered.replaceBefore ? "" : offered.insertText };
    } catch (error) {
      this.#fault ??= error;
    }
  }

  #accept(): void {
    const ghost = this.#ghost;
    if (!ghost || !this.#editor.isCurrent(ghost.asked)) return;
    this.#editor.accept(ghost.offered);
    this.#ghost = undefined;
    this.#acceptedAt = this.#clock.now();
    this.#engine.accepted(this.#editor.snapshot());
  }

  #dismiss(): void {
    const ghost = this.#ghost;
    if (!ghost || !this.#editor.isCurrent(ghost.asked)) return;
    this.#dismissed.add(keyOf(ghost.offered, ghost.asked));
    this.#engine.dismiss(ghost.offered.id);
    this.#ghost = undefined;
  }

  #check(): void {
    if (this.#fault !== undefined) throw this.#fault;
    const late = this.#calls.find(({ outcome, startedAt }) => !outcome && this.#clock.now() - startedAt > LIMIT_MS);
    assert.equal(late, undefined, "every call settles within its time limit");
    const now = this.#clock.now();
    const isAlone = this.#calls.every(({ outcome }) => outcome !== undefined) && now - this.#settledAt > LINGER_MS;
    if (isAlone && now - this.#acceptedAt > AHEAD_MS) {
      assert.equal(this.#play.open("automatic"), 0, "a request that nobody comes back for ends soon");
    }
    assert.ok(this.#play.open("automatic") <= 1, "one request at a time is made by itself");
    assert.ok(
      this.#play.open("manual") <= this.#options.alternatives,
      "no more requests than suggestions were asked for",
    );
  }
}

function keyOf({ insertText, replaceBefore }: Offered, { uri, prefix, suffix }: CursorSnapshot): string {
  return JSON.stringify([uri, prefix, suffix, insertText, replaceBefore]);
}
