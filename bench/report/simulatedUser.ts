/**
 * Somebody who writes code half-hour by half-hour at a pace of their own, and with whom suggestions multiply it by what is given.
 *
 * The pace is in surviving characters per active minute, and is drawn before it is known whether the half-hour has suggestions. The
 * user holds it: after each statement they read and think, and go on writing once the characters that will be left of the half-hour
 * are as many as the pace wants of the active time so far. So what suggestions save of typing is thought away, what is deleted again
 * is written anew, and the effect is what it was said to be, whatever else happens. Half of a statement is taken off, so that the
 * pace is met on average and not only where a statement is just done.
 */

import { logNormal, type Random } from "../replay/random.ts";
import type { TrueBooks } from "./books.ts";
import { statementFrom } from "./statements.ts";
import type { SimulatedWindow } from "./simulatedWindow.ts";

export interface UserTraits {
  /** Surviving characters per active minute on a usual day, without suggestions. */
  readonly charsPerMinute: number;
  /** Of its logarithm, from one half-hour to the next and from one pair of hours to the next. */
  readonly sd: number;
  readonly sdBetween: number;
  /** By which suggestions multiply it. */
  readonly effect: number;
  /** The share of half-hours for most of which the window is not in front. */
  readonly away: number;
}

export interface HalfHour {
  readonly slotMs: number;
  /** Surviving characters per active minute, if there are suggestions and if not. */
  readonly pace: { readonly on: number; readonly off: number };
  /** When the user goes away for the rest of it, if they do. */
  readonly awayMs: number | undefined;
}

/** What the half-hour is like, whichever part it is going to have. */
export function halfHourOf(traits: UserTraits, slotMs: number, usual: number, random: Random): HalfHour {
  const pace = logNormal(random, traits.charsPerMinute * usual, traits.sd);
  const isAway = random() < traits.away;
  const stays = 6 * MINUTE_MS + random() * 7 * MINUTE_MS;
  return {
    slotMs,
    pace: { on: pace * traits.effect, off: pace },
    awayMs: isAway ? slotMs + stays : undefined,
  };
}

export interface Desk {
  readonly window: SimulatedWindow;
  readonly books: TrueBooks;
  readonly random: Random;
  /** What the experiment says when the editor asks for the first time in a half-hour. */
  readonly arm: (slotMs: number) => "on" | "off";
}

interface Statement {
  readonly from: number;
  readonly to: number;
}

const endOf = ({ slotMs, awayMs }: HalfHour): number => awayMs ?? slotMs + SLOT_MS;

/** Until its end, or until the user goes away. They are at the desk when it begins. */
export function workThrough(desk: Desk, half: HalfHour): void {
  const { window, books, random, arm } = desk;
  const endMs = endOf(half);
  window.passTo(half.slotMs);
  window.scroll();
  const isOn = arm(half.slotMs) === "on";
  const perMs = (isOn ? half.pace.on : half.pace.off) / MINUTE_MS;
  let statements: readonly Statement[] = [];
  while (window.nowMs < endMs - 15_000) {
    const from = window.caret;
    const writtenMs = window.nowMs;
    write(desk, isOn);
    statements = [...statements.slice(-8), { from, to: window.caret }];
    const chars = window.caret - from;
    // Taken over from elsewhere: in no outcome.
    if (random() < 0.02) window.paste(`${statementFrom(random)}\n  `);
    if (random() < 0.15) statements = deleteOne(desk, statements);
    const isBehind = (): boolean => {
      const { netChars, activeMs } = books.whole.get(half.slotMs) ?? { netChars: 0, activeMs: 0 };
      return netChars - chars / 2 <= perMs * activeMs;
    };
    while (!isBehind() && window.nowMs < endMs) think(window, endMs, random);
    // As often in a minute with suggestions as without.
    if (random() < (window.nowMs - writtenMs) / PAUSES_EVERY_MS) pause(window, endMs, random);
  }
  window.passTo(endMs);
  if (half.awayMs !== undefined) window.leave();
}

/** Reads and thinks for some seconds: not to the end of the half-hour in one go, since only what is done next tells that one worked. */
function think(window: SimulatedWindow, endMs: number, random: Random): void {
  window.passTo(Math.min(endMs, window.nowMs + Math.min(logNormal(random, 4_000, 0.8), 50_000)));
  window.scroll();
}

/** To fetch a coffee, with the window in front. */
function pause(window: SimulatedWindow, endMs: number, random: Random): void {
  window.passTo(Math.min(endMs, window.nowMs + (1 + 7 * random()) * MINUTE_MS));
  window.scroll();
}

/** One statement, in which suggestions help or not; at its end a new line. */
function write(desk: Desk, isOn: boolean): void {
  const { window, random } = desk;
  const statement = statementFrom(random);
  const begun = 2 + Math.floor(random() * 10);
  type(desk, statement.slice(0, begun));
  const isManual = random() < 0.01;
  const rest = statement.slice(begun);
  const fate = random();
  const given = { id: `${window.nowMs}`, insertText: fate < 0.55 ? rest : otherThan(rest, random) };
  const afterMs = 120 + Math.floor(logNormal(random, 250, 0.5));
  const isShown = isOn || isManual;
  if (random() < 0.3) {
    window.ask("automatic", afterMs, { kind: "nothing", why: "dropped", reason: "empty" });
    type(desk, rest);
  } else {
    const at = window.caret;
    window.ask(isManual ? "manual" : "automatic", afterMs, {
      kind: isShown ? "returned" : "held-back",
      suggestions: [{ ...given, from: at, to: at }],
      origin: "model",
      model: "embedded/smollm2-135m-instruct",
    });
    if (!isShown) type(desk, rest);
    else if (fate < 0.4) {
      window.pass(logNormal(random, 1_300, 0.4));
      window.accept(rest, given.id);
    } else if (fate < 0.45) takeWord(desk, rest, given.id);
    else {
      // Looked at and left, or seen too shortly: what is wanted is typed, which may be what is suggested.
      window.pass(logNormal(random, 600, 0.7));
      type(desk, rest);
    }
  }
  type(desk, "\n  ");
}

function takeWord(desk: Desk, rest: string, id: string): void {
  const { window, random } = desk;
  const word = /^\s*[\p{L}\p{N}_]+|^\W/u.exec(rest)?.[0] ?? "";
  window.pass(logNormal(random, 1_300, 0.4));
  if (word.length >= 2 && word.length < rest.length) window.acceptWord(word, id);
  else return type(desk, rest);
  type(desk, rest.slice(word.length));
}

/** Key by key, now and then a wrong one; the editor asks at the end of words, and is not waited for. */
function type(desk: Desk, text: string): void {
  const { window, random } = desk;
  for (const character of text) {
    if (random() < 0.02) {
      window.key("q");
      window.pass(250);
      window.backspace();
      window.pass(120);
    }
    window.key(character);
    if (character === " ") window.ask("automatic", 40, { kind: "nothing", why: "cancelled", reason: "newer" });
    window.pass(60 + random() * 100);
  }
}

/** One of the last statements of this half-hour goes again, and the caret comes back to the end. */
function deleteOne({ window, random }: Desk, statements: readonly Statement[]): readonly Statement[] {
  const index = Math.floor(random() * statements.length);
  const gone = statements[index];
  if (!gone) return statements;
  window.pass(logNormal(random, 1_500, 0.4));
  window.remove(gone.from, gone.to);
  const length = gone.to - gone.from;
  window.moveTo(window.text.length);
  return statements
    .filter((each) => each !== gone)
    .map((each) => (each.from > gone.from ? { ...each, from: each.from - length, to: each.to - length } : each));
}

/** Another way to go on, which is not wanted. */
const otherThan = (rest: string, random: Random): string => `~${statementFrom(random)}${rest.length}`;

const MINUTE_MS = 60_000;
const PAUSES_EVERY_MS = 15 * MINUTE_MS;
const SLOT_MS = 1_800_000;
