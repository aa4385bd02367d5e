/** What the index's process does of what it is told. */

import { setImmediate } from "node:timers/promises";
import { patternsOfGlobs } from "../context/gates/excludeGlobs.ts";
import { IgnoreRules } from "../context/gates/ignoreRules.ts";
import { ExtractionThread } from "./extractionThread.ts";
import { Indexer, type IndexProgress } from "./indexer.ts";
import type { FromIndex, IndexDescription, IndexTask, Question, QuestionKind, Questions, ToIndex } from "./messages.ts";
import { packed } from "./packedPieces.ts";
import { Practice } from "./practice.ts";
import { searchIn } from "./search.ts";
import { KeptStore } from "./keptStore.ts";

export class IndexService {
  readonly #tell: (message: FromIndex) => void;
  readonly #folder: { readonly root: string; readonly mostBytes: number };
  readonly #extraction: ExtractionThread;
  readonly #store: KeptStore;
  readonly #indexer: Indexer;
  readonly #practice: Practice;
  readonly #ending = new AbortController();
  /** For all looks that began, or wait, since the rules were last told of. */
  #updating = new AbortController();
  #resting: NodeJS.Timeout | undefined;
  /** Until what changed is stored. Nobody waits for that, and of many changes it is one transaction. */
  #saving: NodeJS.Timeout | undefined;
  /** The size of the heap when garbage was last collected. */
  #collectedTo = 0;
  /** Whole looks at the folder, one after the other. */
  #updates: Promise<void>;
  /** Changes of single files, in the order in which they were told; also while the folder is looked at. */
  #changes: Promise<void>;

  constructor(task: IndexTask, anew: boolean, tell: (message: FromIndex) => void) {
    this.#tell = tell;
    this.#folder = { root: task.root, mostBytes: task.bounds.mostBytes };
    this.#extraction = new ExtractionThread(task.extractionFile, { grammars: task.grammars });
    this.#store = new KeptStore(task.storeFile);
    this.#indexer = new Indexer({
      root: task.root,
      rules: IgnoreRules.builtInOn(process.platform).withPatterns([
        ...USUAL_EXCLUDES,
        ...patternsOfGlobs(task.excluded),
      ]),
      bounds: task.bounds,
      extractor: this.#extraction,
      store: this.#store,
      onLost: () => this.#look(),
      pause: () => setImmediate(),
    });
    this.#practice = new Practice(this.#folder, this.#indexer);
    const loaded = anew ? Promise.resolve() : this.#indexer.load(this.#ending.signal);
    this.#updates = loaded;
    this.#changes = loaded;
    this.#look("", anew);
  }

  heard(message: Exclude<ToIndex, { kind: "start" | "end" }>): void {
    this.#rest();
    this.#practice.hold();
    switch (message.kind) {
      case "query":
        return this.#answer(message, packed(this.#indexer.query(message.ask)));
      case "map":
        void this.#map(message);
        return;
      case "search":
        void this.#search(message);
        return;
      case "symbols":
        return this.#answer(message, this.#indexer.symbols(message.ask));
      case "outlines":
        return this.#answer(message, this.#indexer.outlines(message.ask));
      case "describe":
        return this.#answer(message, this.#describe());
      case "changed":
        this.#changes = this.#after(this.#changes, async () => {
          const { rules, folders } = await this.#indexer.changed(message.ask);
          if (rules) this.#judgeAnew();
          else for (const folder of folders) this.#look(folder);
          this.#answer(message, undefined);
          this.#saving ??= setTimeout(() => this.#save(), SAVING_MS);
        });
        return;
      case "edited":
        this.#changes = this.#after(this.#changes, () => this.#indexer.edited(message.path, message.text));
        return;
      case "rebuild":
        return this.#judgeAnew(true);
    }
  }

  /** Resolves when nothing is being written any more. */
  async end(): Promise<void> {
    this.#ending.abort();
    clearTimeout(this.#resting);
    this.#extraction.dispose();
    await Promise.all([this.#updates, this.#changes]);
    this.#save();
    this.#store.close();
  }

  /** What the rules pass over by now is forgotten first, and at once. */
  #judgeAnew(anew = false): void {
    this.#updating.abort();
    this.#updating = new AbortController();
    this.#changes = Promise.all([this.#changes, this.#indexer.forgetIgnored()]).then(() => undefined);
    this.#look("", anew);
  }

  /** At what is below a folder, after the looks before it. Only of the whole is told how it goes. */
  #look(folder = "", anew = false): void {
    const signal = AbortSignal.any([this.#updating.signal, this.#ending.signal]);
    this.#updates = this.#after(this.#updates, async () => {
      // Also where the next look has been asked for meanwhile: that one knows nothing of it.
      if (anew) this.#indexer.clear();
      const onProgress = (progress: IndexProgress): void => this.#tell({ kind: "progress", ...progress });
      const summary = await this.#indexer.update(folder === "" ? onProgress : () => undefined, signal, folder);
      if (signal.aborted) return;
      this.#extraction.rest();
      if (folder !== "") return;
      this.#collectGarbage();
      this.#tell({ kind: "ready", summary, keeps: this.#indexer.keeps });
      void this.#practise(signal);
    });
  }

  /** The next look does not wait for it. */
  async #practise(signal: AbortSignal): Promise<void> {
    await this.#practice.run(signal);
    if (!signal.aborted) this.#collectGarbage();
  }

  #answer<Kind extends QuestionKind>({ id }: { kind: Kind; id: number }, answer: Questions[Kind]["answer"]): void {
    this.#tell({ kind: "answer", id, answer });
  }

  async #map(message: Question & { readonly kind: "map" }): Promise<void> {
    this.#answer(message, await this.#indexer.map(message.ask));
  }

  async #search(message: Question & { readonly kind: "search" }): Promise<void> {
    const findings = await searchIn(this.#folder, this.#indexer, message.ask);
    this.#answer(message, findings);
  }

  #describe(): IndexDescription {
    const { files, definitions } = this.#indexer.graph.counts;
    const memoryBytes = process.memoryUsage.rss();
    return { files, definitions, storedBytes: this.#store.bytes, memoryBytes };
  }

  #save(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    this.#indexer.save();
  }

  /** V8 gives memory back when it has to, and a process at rest never has to. */
  #rest(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      if (process.memoryUsage().heapTotal > this.#collectedTo + MUCH_GARBAGE) this.#collectGarbage();
    }, REST_MS);
  }

  #collectGarbage(): void {
    this.#store.trim();
    globalThis.gc?.();
    this.#collectedTo = process.memoryUsage().heapTotal;
  }

  async #after(before: Promise<void>, work: () => Promise<void>): Promise<void> {
    await before;
    if (!this.#ending.signal.aborted) await work();
  }
}

const SAVING_MS = 500;
const REST_MS = 5_000;
const MUCH_GARBAGE = 16 * 2 ** 20;
/** Also where nobody has written a .gitignore. */
const USUAL_EXCLUDES = ["node_modules/", "__pycache__/", ".venv/", ".hg/", ".svn/"];
