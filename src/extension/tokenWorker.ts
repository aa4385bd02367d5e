/** Runs in a thread of its own and counts OpenAI's tokens. `workerData` has the paths of the vocabulary's files. */

import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { loadVocabulary } from "../context/openAiTokens.ts";
import type { CountAnswer, CountQuestion, VocabularyPaths } from "./openAiTokenizer.ts";

const { wasm, vocabulary } = workerData as VocabularyPaths;
const loading = Promise.all([readFile(wasm), readFile(vocabulary, "utf8")]).then(([wasm, vocabulary]) =>
  loadVocabulary({ wasm, vocabulary }),
);

parentPort?.on("message", ({ id, text }: CountQuestion) => {
  loading.then(
    (loaded) => answer({ id, tokens: loaded.count(text) }),
    () => answer({ id, tokens: undefined }),
  );
});

function answer(message: CountAnswer): void {
  parentPort?.postMessage(message);
}
