/** Runs in a thread of its own, which the parser needs: finds out what a block of an answer makes of a file. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { outlineReader } from "../context/syntax/fileOutlines.ts";
import { applyBlock } from "../edit/applyBlock.ts";
import { judge } from "../edit/guard.ts";
import type { EditAnswer, EditQuestion, EditTask } from "./editThread.ts";

const { grammars } = workerData as EditTask;
const readWasm = (file: string): Promise<Uint8Array> => readFile(join(grammars, file));

async function answer({ id, file, block }: EditQuestion): Promise<EditAnswer> {
  try {
    const readOutline = await outlineReader(readWasm, [file.languageId], () => performance.now());
    const applied = applyBlock(file, block, readOutline);
    if (applied.kind === "refused") return { id, outcome: applied };
    const { languageId, text: before, mayLose = false } = file;
    const verdict = judge({ before, after: applied.text, languageId, format: applied.format, mayLose }, readOutline);
    return { id, outcome: verdict.kind === "refused" ? verdict : { kind: "applied", applied, verdict } };
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on("message", (question: EditQuestion) => {
  void answer(question).then((told) => parentPort?.postMessage(told));
});
