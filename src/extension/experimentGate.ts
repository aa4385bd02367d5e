/** Whether suggestions that come by themselves are shown in this half-hour. */

import type * as vscode from "vscode";
import type { WorkedSlot } from "../productivity/experiment/assigning.ts";
import { slotOf } from "../productivity/experiment/slots.ts";
import type { ExperimentState } from "../productivity/experiment/state.ts";
import type { SingleDraw } from "../productivity/editorEvents.ts";
import type { Sha256 } from "../productivity/experiment/plan.ts";
import { isHeldBackSingly } from "../productivity/experiment/singleDraws.ts";
import type { SinglesAnswer, SlotAnswer } from "../productivity/ledger/experimentQuestions.ts";
import { type Failure, isFailure } from "../productivity/ledger/failure.ts";
import type { CountingState } from "./countingState.ts";

export interface GateNeeds {
  /** Of the installation: remembers whether an experiment goes on, so that the ledger need not be opened to know that none does. */
  readonly memory: vscode.Memento;
  /** The time that what is counted gets. */
  nowMs(): number;
  counting(): CountingState["kind"];
  readonly sha256: Sha256;
  /** Asks the ledger, which is opened for it. */
  assign(slot: WorkedSlot, nowMs: number): Promise<SlotAnswer | Failure>;
  /** An experiment goes on, or does so no more. */
  changed(): void;
}

/** `asked`: the ledger has not answered yet. */
type Part = "asked" | "shown" | "held-back";

/**
 * At each suggestion the half-hour of now is compared with the one that is known; there is no timer that could be late after a
 * sleep, or wrong after the clock was set. A half-hour's part is asked for with the first question of the editor in it, while the
 * model writes. What comes before the ledger has answered is held back, whichever part it is going to be, so that both begin alike;
 * a ledger that does not answer takes suggestions away for two seconds at most. One that could not say is asked again with the
 * suggestions that follow, after growing pauses; what was shown meanwhile the report counts, where the half-hour was to be without.
 */
export class ExperimentGate {
  readonly #needs: GateNeeds;
  #known: "running" | "paused" | undefined;
  #slotMs: number | undefined;
  #part: Part = "shown";
  /** Where single suggestions are drawn in this half-hour. */
  #singles: (SinglesAnswer & { readonly experiment: string }) | undefined;
  /** In this session, of whatever experiment: none is made twice. */
  #draws = 0;
  /** Of the last question: an answer to an earlier one is none. */
  #asks = 0;
  /** The last question was not answered: from when on it is asked again, and how long that was waited for. */
  #again: { readonly fromMs: number; readonly pauseMs: number } | undefined;

  constructor(needs: GateNeeds) {
    this.#needs = needs;
    this.#known = this.#remembered();
  }

  /** As far as is known without asking the ledger. */
  get status(): "running" | "paused" | undefined {
    return this.#known;
  }

  /** Also tells that somebody works: the half-hour gets its part with the first call in it. */
  holdsBack(): boolean {
    if (!this.#isCounted) return false;
    const nowMs = this.#needs.nowMs();
    const slotMs = slotOf(nowMs);
    if (slotMs !== this.#slotMs) this.#enter(slotMs);
    else if (this.#again && nowMs >= this.#again.fromMs) void this.#ask(slotMs);
    return this.#part !== "shown";
  }

  /** The half-hour of now. */
  get slotMs(): number {
    return slotOf(this.#needs.nowMs());
  }

  /** Single suggestions are drawn now. */
  get drawsSingly(): boolean {
    return this.#isCounted && !this.holdsBack() && this.#singles !== undefined;
  }

  /** The next draw, for a suggestion that comes for the first time; undefined where none are drawn now. */
  draw(): SingleDraw | undefined {
    if (!this.drawsSingly || !this.#singles) return undefined;
    const { experiment, key, oneIn } = this.#singles;
    const draw = this.#draws;
    this.#draws += 1;
    return { experiment, draw, isShown: !isHeldBackSingly({ key, draw, oneIn }, this.#needs.sha256) };
  }

  /** Another window may have paused or stopped it. */
  lookAgain(): void {
    const slotMs = slotOf(this.#needs.nowMs());
    // Another half-hour gets its part when somebody works in it.
    if (slotMs === this.#slotMs && this.#known === "running" && this.#part !== "asked") void this.#ask(slotMs);
  }

  /** What the ledger says of the last experiment; undefined where there is none. */
  note(state: Pick<ExperimentState, "status"> | undefined): void {
    const status = state?.status;
    this.#set(status === "running" || status === "paused" ? status : undefined);
  }

  /** Everything was deleted. */
  forget(): void {
    this.#set(undefined);
  }

  /** What is not counted is no part of the experiment, and nobody is to do without for nothing. */
  get #isCounted(): boolean {
    const counting = this.#needs.counting();
    return counting !== "off" && counting !== "stopped";
  }

  #enter(slotMs: number): void {
    this.#slotMs = slotMs;
    this.#singles = undefined;
    this.#again = undefined;
    // Another window may have begun one meanwhile: it takes part from a half-hour's start on, so this is the time to look.
    const known = this.#remembered();
    if (known !== this.#known) {
      this.#known = known;
      this.#needs.changed();
    }
    if (known !== "running") {
      this.#asks += 1;
      this.#part = "shown";
      return;
    }
    this.#part = "asked";
    void this.#ask(slotMs);
  }

  /** Until the answer comes it stays as it is. Never rejects. */
  async #ask(slotMs: number): Promise<void> {
    const ask = (this.#asks += 1);
    const pauseMs = Math.min((this.#again?.pauseMs ?? SHORTEST_PAUSE_MS / 2) * 2, LONGEST_PAUSE_MS);
    // While it is asked it is not asked once more.
    this.#again = undefined;
    const impatience = setTimeout(() => {
      if (ask === this.#asks && this.#part === "asked") this.#part = "shown";
    }, PATIENCE_MS);
    const answer = await this.#needs.assign(workedSlot(slotMs), this.#needs.nowMs()).catch(() => undefined);
    clearTimeout(impatience);
    if (ask !== this.#asks) return;
    if (answer === undefined || isFailure(answer) || (answer.kind === "none" && answer.why === "not-now")) {
      this.#again = { fromMs: this.#needs.nowMs() + pauseMs, pauseMs };
      // What it said of this half-hour before still holds.
      if (this.#part === "asked") this.#part = "shown";
      return;
    }
    this.#part = answer.kind === "assigned" && answer.assignment.arm === "off" ? "held-back" : "shown";
    this.#singles =
      answer.kind === "assigned" && answer.singles ? { ...answer.singles, experiment: answer.experiment } : undefined;
    if (answer.kind === "none" && answer.why !== "not-yet")
      this.#remember(answer.why === "paused" ? "paused" : undefined);
  }

  #set(known: "running" | "paused" | undefined): void {
    if (known === this.#known) return;
    // The half-hour is looked at anew with the next suggestion.
    this.#slotMs = undefined;
    this.#part = "shown";
    this.#singles = undefined;
    this.#again = undefined;
    this.#asks += 1;
    this.#remember(known);
  }

  #remember(known: "running" | "paused" | undefined): void {
    if (known === this.#known) return;
    this.#known = known;
    void this.#needs.memory.update(MEMORY, known);
    this.#needs.changed();
  }

  #remembered(): "running" | "paused" | undefined {
    const remembered = this.#needs.memory.get<unknown>(MEMORY);
    return remembered === "running" || remembered === "paused" ? remembered : undefined;
  }
}

/** By the time zone in which it begins, so that all windows say the same of it. */
function workedSlot(slotMs: number): WorkedSlot {
  const begin = new Date(slotMs);
  const [year, month, day] = [begin.getFullYear(), begin.getMonth() + 1, begin.getDate()];
  const twoDigits = (part: number): string => String(part).padStart(2, "0");
  // Not minus zero, which is not stored as the same.
  const zoneOffsetMinutes = 0 - begin.getTimezoneOffset();
  return { slotMs, day: `${year}-${twoDigits(month)}-${twoDigits(day)}`, zoneOffsetMinutes };
}

const MEMORY = "experiment.status";
const PATIENCE_MS = 2_000;
const SHORTEST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 120_000;
