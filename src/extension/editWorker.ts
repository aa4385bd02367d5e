/** Runs in a thread of its own, which the parser needs: finds out what a block of an answer makes of a file. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { outlineReader } from "../context/syntax/fileOutlines.ts";
import { editOf } from "../edit/editOf.ts";
import type { EditAnswer, EditQuestion, EditTask } from "./editThread.ts";

const { grammars } = workerData as EditTask;
const readWasm = (file: string): Promise<Uint8Array> => readFile(join(grammars, file));

async function answer({ id, file, block }: EditQuestion): Promise<EditAnswer> {
  try {
    const readOutline = await outlineReader(readWasm, [file.languageId], () => performance.now());
    return { id, outcome: editOf(file, block, readOutline) };
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on("message", (question: EditQuestion) => {
  void answer(question).then((told) => parentPort?.postMessage(told));
});
