import type { LedgerRecord, RecordKind } from "../records.ts";
import type { Failure } from "./failure.ts";
import type { Answered, Questions, ReaderQuestions } from "./messages.ts";

type Ask = <Kind extends keyof ReaderQuestions>(kind: Kind, ask: Questions[Kind]["ask"]) => Promise<Answered<Kind>>;

/** What the ledger can be asked that takes long: a thread answers that only reads. As everything of the ledger, it never rejects. */
export class LedgerQuestions {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  report(wish: ReaderQuestions["report"]["ask"]): Promise<Answered<"report">> {
    return this.#ask("report", wish);
  }

  /** Made in the thread that reads: nothing of it takes the caller's time. */
  reportModel(wish: ReaderQuestions["reportModel"]["ask"]): Promise<Answered<"reportModel">> {
    return this.#ask("reportModel", wish);
  }

  /** The newest first, of all kinds or of these. */
  lastEvents(count: number, kinds?: readonly RecordKind[]): Promise<readonly LedgerRecord[] | Failure> {
    return this.#ask("lastEvents", { count, kinds });
  }

  /** The same for the user, who is not to know which half-hour is without suggestions before it is over. */
  eventsToSee(count: number, seenMs: number): Promise<readonly LedgerRecord[] | Failure> {
    return this.#ask("lastEvents", { count, kinds: undefined, seenMs });
  }

  exportTo(wish: ReaderQuestions["export"]["ask"]): Promise<Answered<"export">> {
    return this.#ask("export", wish);
  }

  /** The last experiment's block rows for a team, or why there are none to hand in. */
  teamBlocks(wish: ReaderQuestions["teamBlocks"]["ask"]): Promise<Answered<"teamBlocks">> {
    return this.#ask("teamBlocks", wish);
  }
}
