import { ActiveTime } from "./activity/activeTime.ts";
import { ChangeOrigins } from "./activity/changeOrigin.ts";
import { EditAggregates } from "./activity/editAggregates.ts";
import { FirstChanges } from "./activity/firstChanges.ts";
import { NewErrors } from "./activity/newErrors.ts";
import { Detector } from "./detector/detector.ts";
import { SingleTrials } from "./experiment/singleTrials.ts";
import type { AttributedChange, EditorEvent, Instant } from "./editorEvents.ts";
import type { Fact } from "./records.ts";

/** What follows the accepts, and what was typed, beyond the change that made them. */
export interface FollowedChanges {
  readonly nextDueMs: Instant | undefined;
  heed(event: EditorEvent): void;
  /** `edit` is the `edit` record's that counts the change. */
  attributed(attributed: AttributedChange, edit: string): void;
  /** An untitled document that has become a file: what happens in it from then on, nobody does. */
  isSavedUntitled(uri: string): boolean;
  tick(nowMs: Instant): void;
  end(atMs: Instant): void;
}

interface CountedEventsNeeds {
  /** Never the same twice in a session. */
  readonly newId: (kind: "run" | "accept" | "edit") => string;
  readonly record: (fact: Fact) => void;
  /** The workspace folder in front, as records have it. */
  readonly project: () => string;
  readonly followed: FollowedChanges;
}

/** From what one window's editor does to records: the parts that count, each of which hears everything in its order. */
export class CountedEvents {
  readonly #firstChanges = new FirstChanges((event) => this.#take(event));
  readonly #origins = new ChangeOrigins();
  readonly #detector: Detector;
  readonly #aggregates: EditAggregates;
  readonly #activeTime: ActiveTime;
  readonly #followed: FollowedChanges;
  readonly #dueParts: readonly { readonly nextDueMs: Instant | undefined }[];
  readonly newErrors: NewErrors;
  readonly trials: SingleTrials;

  constructor({ newId, record, project, followed }: CountedEventsNeeds) {
    this.#followed = followed;
    this.#detector = new Detector({
      newId,
      record,
      attributed: (attributed) => this.#attributed(attributed),
      classify: (change) => (followed.isSavedUntitled(change.uri) ? { kind: "other" } : this.#origins.originOf(change)),
    });
    this.#aggregates = new EditAggregates({ newId: () => newId("edit"), record });
    this.#activeTime = new ActiveTime({ project, record });
    this.newErrors = new NewErrors({ record });
    this.trials = new SingleTrials({ record, activeMsAt: (atMs) => this.#activeTime.activeMsAt(atMs) });
    this.#dueParts = [this.#firstChanges, this.#detector, this.#aggregates, this.#activeTime, this.newErrors, followed];
  }

  /** When time has to be told of, if nothing else happens. */
  get nextDueMs(): Instant | undefined {
    let dueMs = Infinity;
    for (const { nextDueMs } of this.#dueParts) if (nextDueMs !== undefined && nextDueMs < dueMs) dueMs = nextDueMs;
    return dueMs === Infinity ? undefined : dueMs;
  }

  heed(event: EditorEvent): void {
    this.#firstChanges.heed(event);
  }

  tick(nowMs: Instant): void {
    this.#firstChanges.tick(nowMs);
    this.#detector.heed({ kind: "tick", atMs: nowMs });
    this.#aggregates.tick(nowMs);
    this.#activeTime.tick(nowMs);
    this.newErrors.tick(nowMs);
    this.#followed.tick(nowMs);
    this.trials.tick(nowMs);
  }

  /** The window ends. */
  end(atMs: Instant): void {
    this.#firstChanges.end();
    this.#detector.end(atMs);
    this.#followed.end(atMs);
    this.#aggregates.end();
    this.trials.end(atMs);
    this.#activeTime.end(atMs);
  }

  #take(event: EditorEvent): void {
    this.#origins.heed(event);
    this.#activeTime.heed(event);
    // Before who is told by it what a change was: of a document that is closed it tells the last ones.
    this.#detector.heed(event);
    this.#followed.heed(event);
    this.trials.heed(event);
    if (event.kind === "closed") this.newErrors.closed(event.uri);
  }

  #attributed(attributed: AttributedChange): void {
    this.#followed.attributed(attributed, this.#aggregates.heed(attributed));
    this.newErrors.heed(attributed);
    this.trials.attributed(attributed);
  }
}
