/** Runs in a thread of its own, which the parser needs: finds out what a block of an answer makes of a file, and what a caret is in. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { outlineReader } from "../context/syntax/fileOutlines.ts";
import { isBareCode } from "../edit/bareCode.ts";
import { outlineOf } from "../edit/blockCode.ts";
import { definitionAt } from "../edit/definitionAt.ts";
import { editOf } from "../edit/editOf.ts";
import { unixNewlines } from "../text/lines.ts";
import type { EditAnswer, EditQuestion, EditTask } from "./editThread.ts";

const { grammars } = workerData as EditTask;
const readWasm = (file: string): Promise<Uint8Array> => readFile(join(grammars, file));

async function answer(question: EditQuestion): Promise<EditAnswer> {
  const { id, kind } = question;
  try {
    const languageId = kind === "definition" ? question.languageId : question.file.languageId;
    const readOutline = await outlineReader(readWasm, [languageId], () => performance.now());
    if (kind === "apply") return { id, kind, outcome: editOf(question.file, question.block, readOutline) };
    if (kind === "bare") return { id, kind, isCode: isBareCode(question.reply, question.file, readOutline) };
    const lines = unixNewlines(question.text).split("\n");
    return { id, kind, found: definitionAt(lines, question.row, outlineOf(lines, languageId, readOutline)) };
  } catch (error) {
    return { id, kind: "fault", fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on("message", (question: EditQuestion) => {
  void answer(question).then((told) => parentPort?.postMessage(told));
});
