import type { EditorEvent, Instant } from "../editorEvents.ts";
import type { Fact } from "../records.ts";

const MINUTE_MS = 60_000;
/** How much of a pause counts as work: the report's figure uses the second, and shows how much it depends on it with the others. */
const CAPS_MS = { active60Ms: 60_000, active120Ms: 120_000, active300Ms: 300_000 } as const;
/** A tick is due every minute. Where nothing was heard for longer the machine slept, or the whole program stood still. */
const ASLEEP_FROM_MS = 90_000;

type Caps = keyof typeof CAPS_MS;
type Figures = Record<Caps | "focusedMs", number>;

interface Minute {
  readonly fromMs: Instant;
  /** Of the projects that were in front in it. */
  readonly byProject: Map<string, Figures>;
}

/**
 * Adds up, minute by minute, how long the window had the focus and how long somebody worked in it: the gaps between events of the
 * user, each up to a cap, charged to the minutes that they covered.
 *
 * Events of the user are the window's getting and losing the focus, another editor in front, scrolling, selections that were made
 * with the keyboard, the mouse or a command, and changes of the document in front other than those read from the disk or written
 * by Pairwise: a log that grows in an open editor is nobody's work. That it scrolls by itself can't be told from scrolling.
 */
export class ActiveTime {
  readonly #project: () => string;
  readonly #record: (fact: Fact) => void;
  /** Up to where time was charged already, while the window has the focus. */
  #heardMs: Instant | undefined;
  /** The user's last event. */
  #lastMs: Instant = 0;
  #minute: Minute | undefined;
  /** Of the whole time until `#heardMs`, with pauses of up to 120 s. */
  #activeMs = 0;
  /** The project of what is charged from now on. Where no editor is in front it is still the last one. */
  #projectNow: string | undefined;

  /** `project` names the workspace folder in front, as the record has it. Asked where another editor has come to the front. */
  constructor(options: { readonly project: () => string; readonly record: (fact: Fact) => void }) {
    this.#project = options.project;
    this.#record = options.record;
  }

  /** The end of the minute in which something was counted, or in which the window has the focus. */
  get nextDueMs(): Instant | undefined {
    const fromMs = this.#minute?.fromMs ?? (this.#heardMs === undefined ? undefined : minuteOf(this.#heardMs));
    return fromMs === undefined ? undefined : fromMs + MINUTE_MS;
  }

  /** In order. The first event of all is the one that tells whether the window has the focus. */
  heed(event: EditorEvent): void {
    const { atMs } = event;
    if (event.kind === "focus") {
      this.#charge(atMs);
      this.#heardMs = event.isFocused ? atMs : undefined;
      this.#lastMs = atMs;
    } else if (isOfUser(event)) {
      this.#charge(atMs);
      this.#lastMs = atMs;
    }
    if (event.kind === "active" && event.uri !== undefined) this.#projectNow = this.#project();
  }

  /**
   * How long somebody has worked until then since all began, with pauses of up to 120 s. Of a time that is over, it has to be that
   * of something that the user did since when the window has had the focus: what came after it was work.
   */
  activeMsAt(atMs: Instant): number {
    this.#charge(atMs);
    return this.#activeMs - Math.max(0, (this.#heardMs ?? atMs) - atMs);
  }

  tick(nowMs: Instant): void {
    this.#charge(nowMs);
    if (this.#minute && this.#minute.fromMs + MINUTE_MS <= nowMs) this.#endMinute();
  }

  /** The window ends. */
  end(atMs: Instant): void {
    this.#charge(atMs);
    this.#heardMs = undefined;
    this.#endMinute();
  }

  #charge(toMs: Instant): void {
    const fromMs = this.#heardMs;
    if (fromMs === undefined || toMs <= fromMs) return;
    this.#heardMs = toMs;
    if (toMs - fromMs > ASLEEP_FROM_MS) {
      // What comes after is work again when something is done.
      this.#lastMs = Number.NEGATIVE_INFINITY;
      return;
    }
    for (let startMs = fromMs; startMs < toMs;) {
      const figures = this.#figuresAt(startMs);
      const endMs = Math.min(toMs, minuteOf(startMs) + MINUTE_MS);
      figures.focusedMs += endMs - startMs;
      for (const cap of Object.keys(CAPS_MS) as Caps[]) {
        const activeMs = Math.max(0, Math.min(endMs, this.#lastMs + CAPS_MS[cap]) - startMs);
        figures[cap] += activeMs;
        if (cap === "active120Ms") this.#activeMs += activeMs;
      }
      startMs = endMs;
    }
  }

  /** Of the project in front, in that minute. */
  #figuresAt(atMs: Instant): Figures {
    const fromMs = minuteOf(atMs);
    if (this.#minute?.fromMs !== fromMs) this.#endMinute();
    this.#minute ??= { fromMs, byProject: new Map() };
    this.#projectNow ??= this.#project();
    const { byProject } = this.#minute;
    const figures = byProject.get(this.#projectNow) ?? { focusedMs: 0, active60Ms: 0, active120Ms: 0, active300Ms: 0 };
    byProject.set(this.#projectNow, figures);
    return figures;
  }

  #endMinute(): void {
    if (!this.#minute) return;
    const { fromMs, byProject } = this.#minute;
    this.#minute = undefined;
    for (const [project, figures] of byProject) this.#record({ kind: "activity", atMs: fromMs, project, ...figures });
  }
}

function minuteOf(atMs: Instant): Instant {
  return Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
}

function isOfUser(event: EditorEvent): boolean {
  switch (event.kind) {
    case "scroll":
    case "active":
      return true;
    case "selection":
      return event.cause !== undefined;
    case "change":
      return event.isActive && !event.isOwn && (event.isDirty || event.isSaving || event.reason !== undefined);
    default:
      return false;
  }
}
