/** The thread of the index. It ends with its port, or when it is told to. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { setImmediate } from "node:timers/promises";
import { patternsOfGlobs } from "../context/gates/excludeGlobs.ts";
import { IgnoreRules } from "../context/gates/ignoreRules.ts";
import { FactExtractor } from "../context/index/extraction/extractor.ts";
import { Indexer } from "./indexer.ts";
import type { FromIndex, IndexTask, ToIndex } from "./messages.ts";
import { IndexStore } from "./store.ts";

/** Also where nobody has written a .gitignore. */
const USUAL_EXCLUDES = ["node_modules/", "__pycache__/", ".venv/", ".hg/", ".svn/"];

if (parentPort) serve(parentPort, workerData as IndexTask);

function serve(port: NonNullable<typeof parentPort>, task: IndexTask): void {
  const tell = (message: FromIndex): void => port.postMessage(message);
  const indexer = new Indexer({
    root: task.root,
    rules: IgnoreRules.builtIn.withPatterns([...USUAL_EXCLUDES, ...patternsOfGlobs(task.excluded)]),
    bounds: task.bounds,
    extractor: new FactExtractor((file) => readFile(join(task.grammars, file))),
    store: openStore(task.storeFile),
    pause: () => setImmediate(),
  });
  const ending = new AbortController();
  let updating = new AbortController();
  /** One after the other: they all change the same index. */
  let work = Promise.resolve();
  const then = (next: () => Promise<void>): void => {
    const before = work;
    work = (async () => {
      await before.catch(() => undefined);
      await next();
    })();
  };
  const update = (): void => {
    updating.abort();
    const own = new AbortController();
    updating = own;
    then(async () => {
      const signal = AbortSignal.any([own.signal, ending.signal]);
      const summary = await indexer.update((progress) => tell({ kind: "progress", ...progress }), signal);
      if (!signal.aborted) tell({ kind: "ready", summary, keeps: indexer.keeps });
    });
  };
  port.on("message", (message: ToIndex) => {
    switch (message.kind) {
      case "query":
        return tell({ kind: "pieces", id: message.id, pieces: indexer.graph.query(message.query) });
      case "changed":
        return then(async () => {
          if (await indexer.changed(message.paths)) update();
          tell({ kind: "changed", id: message.id });
        });
      case "edited":
        return then(() => indexer.edited(message.path, message.text));
      case "update":
        if (message.anew) then(async () => indexer.clear());
        return update();
      case "end":
        ending.abort();
        return then(async () => {
          port.close();
        });
    }
  });
  then(() => indexer.load(ending.signal));
  update();
}

/** `undefined` where nothing can be written, such as on a read-only disk: the index then lives in memory. */
function openStore(file: string | undefined): IndexStore | undefined {
  try {
    return file === undefined ? undefined : new IndexStore(file);
  } catch {
    return undefined;
  }
}
