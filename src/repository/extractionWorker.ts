/** The thread that parses. It ends with its port. */

import { readFile } from "node:fs/promises";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { FactExtractor } from "../context/index/extraction/extractor.ts";
import { chunksOf } from "../context/retrieval/chunks.ts";
import type { ExtractionTask, FromExtraction, ToExtraction } from "./extractionThread.ts";

const port = parentPort;
if (port) {
  const { grammars } = workerData as ExtractionTask;
  yieldToOthers();
  const extractor = new FactExtractor(
    (file) => readFile(join(grammars, file)),
    () => performance.now(),
  );
  const answer = async ({ id, text, languageId }: ToExtraction): Promise<void> => {
    const facts = await extractor.extract(text, languageId);
    port.postMessage({ id, facts, chunks: chunksOf(text, facts) } satisfies FromExtraction);
  };
  port.on("message", (question: ToExtraction) => void answer(question));
}

/** On Linux that is this thread's alone; elsewhere the process's, which is busy only while this thread is. */
function yieldToOthers(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where it may not, it competes with everybody else.
  }
}
