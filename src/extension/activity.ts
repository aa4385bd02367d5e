import * as vscode from "vscode";
import type { CompletionEvent } from "../completion/events.ts";
import { isModelsAnswer, type DropReason, type Outcome } from "../completion/suggestion.ts";
import { type ModelFailure, withoutSentence } from "../model/failure.ts";
import type { Usage } from "../model/model.ts";
import type { CompletionListener } from "./inlineCompletionNeeds.ts";
import type { DownloadMonitor } from "./localModels.ts";
import { describeFailure } from "./notices.ts";

const FAILURES_KEPT = 20;
const REQUESTS_KEPT = 20;
/** Long enough to be read, short enough not to be in the way. */
const STOPPED_MESSAGE_MS = 10_000;

/** What has happened in this window: what the status item, the menu and the diagnostics tell. */
export class Activity implements CompletionListener, DownloadMonitor, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #log: vscode.LogOutputChannel;
  readonly #drops = new Map<DropReason, number>();
  readonly #failures: { readonly at: Date; readonly failure: ModelFailure }[] = [];
  readonly #requests: Usage[] = [];
  #running = 0;
  #failure: ModelFailure | undefined;
  #fault = false;
  #lastDrop: DropReason | undefined;
  #lastOffered: string | undefined;
  #download: { readonly share: number | undefined } | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  get thinking(): boolean {
    return this.#running > 0;
  }
  /** The last request's, until one succeeds. */
  get failure(): ModelFailure | undefined {
    return this.#failure;
  }
  /** The last request ended in a fault of the program; the log has it. */
  get fault(): boolean {
    return this.#fault;
  }
  get lastDrop(): DropReason | undefined {
    return this.#lastDrop;
  }
  /** The id of the suggestion that was offered last; undefined where that one is not shown. */
  get lastOffered(): string | undefined {
    return this.#lastOffered;
  }
  get drops(): ReadonlyMap<DropReason, number> {
    return this.#drops;
  }
  get failures(): readonly { readonly at: Date; readonly failure: ModelFailure }[] {
    return this.#failures;
  }
  /** Figures of the last requests to a model, the newest last. */
  get requests(): readonly Usage[] {
    return this.#requests;
  }
  /** The download that is under way, and how far it is. */
  get download(): { readonly share: number | undefined } | undefined {
    return this.#download;
  }

  started(): void {
    this.#running += 1;
    this.#changed.fire();
  }

  ended(outcome: Outcome, isHeldBack: boolean): void {
    this.#running -= 1;
    if (outcome.kind === "failed") this.failed(outcome.failure);
    if (outcome.kind === "broken") this.#broke(outcome.error);
    if (isModelsAnswer(outcome)) {
      this.#failure = undefined;
      this.#fault = false;
    }
    if (outcome.kind === "offered") this.#offered(isHeldBack ? undefined : outcome.suggestions[0]?.id);
    if (outcome.kind === "dropped") {
      this.#lastDrop = outcome.reason;
      this.#drops.set(outcome.reason, (this.#drops.get(outcome.reason) ?? 0) + 1);
    }
    this.#changed.fire();
  }

  /** What the engine tells of its work. */
  observe(event: CompletionEvent): void {
    if (this.#log.logLevel <= vscode.LogLevel.Debug) this.#log.debug(JSON.stringify(event, logged));
    if (event.kind !== "finished") return;
    this.#requests.push(event.usage);
    if (this.#requests.length > REQUESTS_KEPT) this.#requests.shift();
  }

  /** The user has seen to what had failed; the next request tells whether it helped. */
  forgetFailure(): void {
    this.#failure = undefined;
    this.#fault = false;
    this.#lastDrop = undefined;
    this.#changed.fire();
  }

  start(): void {
    this.#download = { share: undefined };
    this.#changed.fire();
  }

  report(share: number | undefined): void {
    this.#download = { share };
    this.#changed.fire();
  }

  end(): void {
    this.#download = undefined;
    this.forgetFailure();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #offered(id: string | undefined): void {
    this.#lastDrop = undefined;
    this.#lastOffered = id;
  }

  /** The model failed: at a request, at a command of the user's, or at a load that nobody waited for any more. */
  failed(failure: ModelFailure): void {
    // The engine's state is heard again at each of its changes.
    if (failure === this.#failure) return;
    const isNew = withoutWait(this.#failure) !== withoutWait(failure);
    this.#failure = failure;
    if (!isNew) return;
    this.#failures.push({ at: new Date(), failure });
    if (this.#failures.length > FAILURES_KEPT) this.#failures.shift();
    this.#log.warn(JSON.stringify(withoutSentence(failure)));
    // The next keystroke starts the process again and clears the state, so it is said where it stays for a while.
    if (failure.kind === "engine-stopped")
      vscode.window.setStatusBarMessage(`$(warning) ${describeFailure(failure).text}`, STOPPED_MESSAGE_MS);
  }

  #broke(error: unknown): void {
    this.#fault = true;
    this.#log.error(error instanceof Error ? error : String(error));
  }
}

/** What a server says may repeat what was sent, and logs are passed on. */
function logged(key: string, value: unknown): unknown {
  return key === "failure" ? withoutSentence(value as ModelFailure) : value;
}

/** What a failure is, apart from how long it lasts: for telling it once. */
function withoutWait(failure: ModelFailure | undefined): string {
  return JSON.stringify({ ...failure, retryAfterMs: undefined, retryInMs: undefined, detail: undefined });
}
