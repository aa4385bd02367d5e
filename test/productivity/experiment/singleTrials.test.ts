import assert from "node:assert/strict";
import { test } from "node:test";
import { ActiveTime } from "../../../src/productivity/activity/activeTime.ts";
import type { Answer, AttributedChange, EditorEvent, Origin } from "../../../src/productivity/editorEvents.ts";
import { SingleTrials } from "../../../src/productivity/experiment/singleTrials.ts";
import type { Fact } from "../../../src/productivity/records.ts";
import { microRandomised } from "../../../src/productivity/statistics/microRandomised.ts";
import { isResult } from "../../../src/productivity/statistics/outcome.ts";
import { seededRandom } from "../../../src/productivity/statistics/seededRandom.ts";

type Trial = Extract<Fact, { kind: "trial" }>;

const URI = "file:///a.ts";
const NOON = 1_800_000_000_000;
const typed: Origin = { kind: "typed" };
const ai: Origin = { kind: "ai", accept: "a:1" };

/** Somebody at a document; time goes on by itself as little as a millisecond with each thing that is done. */
class Rig {
  readonly trials: Trial[] = [];
  nowMs = NOON;
  readonly #active: ActiveTime;
  readonly #trials: SingleTrials;
  #version = 1;
  #draws = 0;

  constructor() {
    this.#active = new ActiveTime({ project: () => "p", record: () => {} });
    this.#trials = new SingleTrials({
      record: (fact) => {
        if (fact.kind === "trial") this.trials.push(fact);
      },
      activeMsAt: (atMs) => this.#active.activeMsAt(atMs),
    });
    this.#heed({ kind: "focus", isFocused: true, atMs: this.nowMs });
  }

  answer(answer: Partial<Extract<Answer, { model: string }>> = {}, uri = URI): void {
    this.wait(1);
    const suggestions = [{ id: "s1", insertText: "x", from: 0, to: 0 }];
    this.#heed({
      kind: "answered",
      uri,
      ask: 0,
      atMs: this.nowMs,
      answer: { kind: "returned", origin: "model", model: "m", suggestions, ...answer },
    });
  }

  draw(isShown: boolean, uri = URI): void {
    const draw = { experiment: "e", draw: this.#draws, isShown };
    const suggestions = [{ id: `d${this.#draws}`, insertText: "x", from: 0, to: 0 }];
    this.#draws += 1;
    this.answer({ kind: isShown ? "returned" : "held-back-singly", draw, suggestions }, uri);
  }

  /** Told `lateMs` after it was. */
  change(offset: number, length: number, text: string, origin: Origin, { uri = URI, lateMs = 0 } = {}): void {
    this.wait(1);
    const change = this.#change(uri, offset, length, text);
    this.#active.heed(change);
    const attributed: AttributedChange = { change, origin };
    this.wait(lateMs);
    if (lateMs > 0) this.#active.tick(this.nowMs);
    this.#trials.attributed(attributed);
  }

  /** Made before what comes next, and told by the function. */
  changeToTell(offset: number, text: string): () => void {
    this.wait(1);
    const change = this.#change(URI, offset, 0, text);
    this.#active.heed(change);
    return () => this.#trials.attributed({ change, origin: typed });
  }

  attributed(attributed: AttributedChange): void {
    this.#active.heed(attributed.change);
    this.#trials.attributed(attributed);
  }

  close(): void {
    this.#heed({ kind: "closed", uri: URI, atMs: this.nowMs });
  }

  end(): void {
    this.#trials.end(this.nowMs);
  }

  /** With the ticks that a window has. */
  wait(ms: number): void {
    for (let left = ms; left > 0; left -= 60_000) {
      this.nowMs += Math.min(left, 60_000);
      if (ms > 1_000) {
        this.#active.tick(this.nowMs);
        this.#trials.tick(this.nowMs);
      }
    }
  }

  /** After which it is known what has lasted, and nothing else has happened. */
  later(): void {
    this.wait(720_000);
  }

  #heed(event: EditorEvent): void {
    this.#active.heed(event);
    this.#trials.heed(event);
  }

  #change(uri: string, offset: number, length: number, text: string) {
    return {
      kind: "change",
      uri,
      atMs: this.nowMs,
      languageId: "typescript",
      version: (this.#version += 1),
      edits: [{ offset, length, text }],
      reason: undefined,
      isDirty: true,
      isSaving: false,
      isComposing: false,
      isOwn: false,
      selectionsBefore: [{ from: offset, to: offset }],
      isActive: true,
    } as const;
  }
}

const TEN = "0123456789";
const ends = (rig: Rig) => rig.trials.map(({ draw, state, reason }) => `${draw} ${state}${reason && ` ${reason}`}`);

test("the time is that at work from the draw to the 40th character, typed or accepted, with pauses of two minutes at most", () => {
  const rig = new Rig();
  rig.change(0, 0, TEN.repeat(4), typed);
  rig.draw(true);
  rig.wait(10_000);
  rig.change(40, 0, TEN, typed);
  rig.wait(600_000);
  rig.change(50, 0, TEN.repeat(2), ai);
  rig.change(70, 0, "012345678", typed);
  rig.later();
  assert.deepEqual(rig.trials, [], "39 are not 40");
  rig.change(79, 0, "9", typed, { lateMs: 900 });
  rig.wait(590_000);
  assert.deepEqual(rig.trials, [], "whether it stays is not known");
  rig.later();
  // 10,001 ms, then two minutes of ten, 1 ms, and two minutes of twelve; that it was told later is no work of theirs.
  assert.deepEqual(rig.trials, [
    {
      kind: "trial",
      atMs: NOON + 2,
      experiment: "e",
      draw: 0,
      isShown: true,
      isAsked: false,
      state: "reached",
      reason: "",
      activeMs: 250_002,
      survivingChars: 40,
    },
  ]);
});

test("what is deleted again is taken off, and what stood there before or is not by hand does not count", () => {
  const rig = new Rig();
  rig.draw(false);
  rig.change(100, 0, TEN.repeat(3), typed);
  rig.change(110, 10, "", { kind: "deleted" });
  rig.change(0, 50, "", { kind: "deleted" });
  rig.change(0, 0, TEN.repeat(9), { kind: "paste" });
  // What has moved is still known: 5 of it are replaced by 7.
  rig.change(140, 5, "abcdefg", typed);
  rig.change(0, 0, "0123456", typed);
  rig.change(0, 0, "01234567", typed);
  rig.later();
  assert.deepEqual(rig.trials, []);
  rig.change(0, 0, "012", typed);
  rig.later();
  assert.deepEqual(
    rig.trials.map(({ survivingChars, isShown }) => [survivingChars, isShown]),
    [[40, false]],
  );
});

test("of a suggestion that begins with what was typed only the rest is new, and a line break is one character", () => {
  const rig = new Rig();
  rig.draw(true);
  rig.change(0, 0, "ab", typed);
  // The accept replaces the two before the caret.
  rig.wait(1);
  const change = {
    kind: "change",
    uri: URI,
    atMs: rig.nowMs,
    languageId: "typescript",
    version: 9,
    edits: [{ offset: 0, length: 2, text: `ab${TEN.repeat(3)}\r\n123456` }],
    reason: undefined,
    isDirty: true,
    isSaving: false,
    isComposing: false,
    isOwn: false,
    selectionsBefore: [{ from: 2, to: 2 }],
    isActive: true,
  } as const;
  rig.attributed({ change, origin: ai });
  rig.later();
  assert.equal(rig.trials.length, 0, "2 + 30 + 1 + 6");
  rig.change(40, 0, "7", typed);
  rig.later();
  assert.equal(rig.trials[0]?.survivingChars, 40);
});

test("draws that follow one another each have their own 40 characters, and those of another document are others", () => {
  const rig = new Rig();
  rig.draw(true);
  rig.change(0, 0, TEN.repeat(2), typed);
  rig.draw(false);
  rig.draw(true, "file:///b.ts");
  rig.change(20, 0, TEN.repeat(2), typed);
  rig.later();
  assert.deepEqual(ends(rig), ["0 reached"]);
  rig.change(0, 0, TEN.repeat(2), typed, { uri: "file:///b.ts" });
  rig.change(40, 0, TEN.repeat(2), typed);
  rig.later();
  assert.deepEqual(ends(rig), ["0 reached", "1 reached"]);
  assert.ok(rig.trials.every(({ survivingChars }) => survivingChars === 40));
});

test("a change that is told after a draw, and was made before it, is none of its characters", () => {
  const rig = new Rig();
  rig.draw(true);
  const tell = rig.changeToTell(0, TEN.repeat(3));
  rig.draw(false);
  tell();
  rig.change(30, 0, TEN, typed);
  rig.later();
  assert.deepEqual(ends(rig), ["0 reached"]);
  rig.change(40, 0, TEN.repeat(3), typed);
  rig.later();
  assert.deepEqual(ends(rig), ["0 reached", "1 reached"]);
});

test("where the document or the window is closed before, or it takes half an hour, it is told that nothing is known", () => {
  const rig = new Rig();
  rig.draw(true);
  rig.change(0, 0, TEN, typed);
  rig.close();
  rig.draw(false);
  for (let minute = 0; minute <= 30; minute += 1) {
    rig.wait(60_000);
    rig.change(0, 0, "x", typed);
  }
  rig.draw(true);
  rig.end();
  assert.deepEqual(ends(rig), ["0 censored document-closed", "1 censored too-long", "2 censored session-ended"]);
});

test("one that was held back and asked for by hand after that says so, and stays what it was drawn to be", () => {
  const rig = new Rig();
  rig.draw(false);
  rig.answer({ suggestions: [{ id: "other", insertText: "x", from: 0, to: 0 }] });
  rig.draw(false);
  rig.answer({ suggestions: [{ id: "d1", insertText: "x", from: 0, to: 0 }] });
  rig.end();
  assert.deepEqual(
    rig.trials.map(({ isShown, isAsked }) => [isShown, isAsked]),
    [
      [false, false],
      [false, true],
    ],
  );
});

test("a suggestion that is accepted and undone leaves nothing: its time goes on until 40 characters stay", () => {
  for (const undoneMs of [900, 540_000]) {
    const rig = new Rig();
    rig.draw(true);
    rig.wait(500);
    rig.change(0, 0, "x".repeat(45), ai);
    rig.wait(undoneMs);
    rig.change(0, 45, "", { kind: "undo" });
    rig.change(0, 0, TEN.repeat(2), typed);
    rig.wait(5_000);
    rig.change(20, 0, TEN.repeat(2), typed);
    // What is taken back later than after ten minutes was there.
    rig.later();
    rig.change(0, 40, "", { kind: "deleted" });
    const work = 501 + Math.min(undoneMs + 1, 120_000) + 1 + 5_001;
    assert.deepEqual(
      rig.trials.map(({ state, activeMs, survivingChars }) => [state, activeMs, survivingChars]),
      [["reached", work, 40]],
    );
  }
});

test("kept code that is typed at one pace takes the same time, however often suggestions were taken back meanwhile", () => {
  const random = seededRandom(1);
  const rows = Array.from({ length: 10 }, (_, session) => {
    const rig = new Rig();
    let length = 0;
    for (let draw = 0; draw < 60; draw += 1) {
      const isShown = random() >= 0.2;
      rig.draw(isShown);
      if (isShown && random() < 1 / 3) {
        rig.wait(300);
        rig.change(length, 0, "y".repeat(45), ai);
        rig.wait(250);
        rig.change(length, 45, "", { kind: "undo" });
      }
      for (let key = 0; key < 60; key += 1) {
        rig.wait(300);
        rig.change(length, 0, "x", typed);
        length += 1;
      }
    }
    rig.later();
    return rig.trials.map(({ isShown, activeMs, state }) => {
      assert.equal(state, "reached");
      return { session: String(session), isShown, seconds: activeMs / 1_000 };
    });
  });
  const result = microRandomised(rows.flat());
  assert.ok(isResult(result));
  // A third of the shown ones cost half a second of twelve.
  assert.ok(Math.abs(Math.log(result.estimate)) < 0.03, String(1 / result.estimate));
});

test("whatever is written and taken back, it is what a look at each character ten minutes later says", () => {
  for (let seed = 0; seed < 30; seed += 1) {
    const random = seededRandom(seed);
    const below = (most: number): number => Math.floor(random() * most);
    const rig = new Rig();
    const written: { readonly atMs: number; goneMs: number }[] = [];
    const document: (typeof written)[number][] = [];
    const drawn: number[] = [];
    for (let step = 0; step < 150; step += 1) {
      rig.wait(2_000 + below(90_000));
      if (random() < 0.3) {
        rig.draw(random() < 0.8);
        drawn.push(rig.nowMs);
      }
      const offset = below(document.length + 1);
      const isTaken = random() < 0.45;
      const length = isTaken ? Math.min(below(60), document.length - offset) : 0;
      const chars = isTaken ? 0 : 1 + below(30);
      rig.change(offset, length, "x".repeat(chars), isTaken ? { kind: "deleted" } : random() < 0.5 ? ai : typed);
      const added = Array.from({ length: chars }, () => ({ atMs: rig.nowMs, goneMs: Infinity }));
      for (const gone of document.splice(offset, length, ...added)) gone.goneMs = rig.nowMs;
      written.push(...added);
    }
    const endMs = rig.nowMs;
    rig.later();
    rig.end();
    const expected = drawn.map((atMs) => {
      const lasting = written.filter((one) => one.atMs > atMs && one.goneMs - one.atMs >= 600_000);
      const tookMs = (lasting[39]?.atMs ?? Infinity) - atMs;
      return tookMs <= 1_800_000 ? tookMs : "censored";
    });
    const found = rig.trials.toSorted((one, other) => one.draw - other.draw);
    assert.deepEqual(
      found.map(({ state, activeMs }) => (state === "reached" ? activeMs : state)),
      expected,
      `seed ${seed}`,
    );
    // Of the others it is known how long there were none, and no longer than somebody worked.
    for (const { atMs, state, activeMs } of found)
      if (state === "censored") assert.ok(activeMs === 1_800_000 || activeMs <= endMs + 120_000 - atMs);
  }
});

test("where a document or the window is closed, what has been there for ten seconds counts, and it is told that this was all", () => {
  const rig = new Rig();
  rig.draw(true);
  rig.wait(1_000);
  rig.change(0, 0, TEN.repeat(4), ai);
  rig.wait(12_000);
  rig.close();
  rig.draw(true);
  rig.wait(1_000);
  rig.change(0, 0, TEN.repeat(4), ai);
  rig.wait(8_000);
  rig.end();
  assert.deepEqual(
    rig.trials.map(({ state, reason, activeMs }) => [state, reason, activeMs]),
    [
      ["reached", "document-closed", 1_001],
      // It was not there before that: that is all that is known.
      ["censored", "session-ended", 1_001],
    ],
  );
});

test("what git or another program takes away, nobody has taken back", () => {
  const rig = new Rig();
  rig.draw(true);
  rig.change(0, 0, TEN.repeat(4), typed);
  rig.wait(60_000);
  rig.change(90, 5, "elsewhere", { kind: "disk" });
  assert.deepEqual(rig.trials, []);
  rig.change(0, 95, "another branch", { kind: "disk" });
  assert.deepEqual(ends(rig), ["0 reached read-anew"]);
});

test("suggestions after which nothing is written fill no memory: the oldest are given up, and told", () => {
  const rig = new Rig();
  for (let index = 0; index < 520; index += 1) rig.draw(true);
  for (let index = 0; index < 600; index += 1) rig.draw(true, `file:///${index}.ts`);
  assert.equal(rig.trials.length, 1_120 - 1_024);
  assert.ok(rig.trials.every(({ reason }) => reason === "too-many"));
  rig.end();
  assert.equal(new Set(rig.trials.map(({ draw }) => draw)).size, 1_120);
});
