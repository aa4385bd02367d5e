/** Asks the engine for one suggestion, so that a person sees that what was set up works. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CompletionEngine } from "../src/completion/engine.ts";
import { defaultCompletionOptions } from "../src/completion/options.ts";
import type { CursorSnapshot } from "../src/context/snapshot.ts";
import { clock } from "../src/extension/clock.ts";
import { defaultModel } from "../src/model/catalogue.ts";
import { EmbeddedModel } from "../src/model/embedded/embeddedModel.ts";
import { endModelProcess } from "./endModelProcess.ts";
import { root } from "./toolchain.mjs";

export interface Tried {
  /** The line up to the caret. */
  readonly line: string;
  readonly suggestion: string;
  /** Including the start of the model. */
  readonly milliseconds: number;
}

export interface TryOptions {
  readonly cursor: CursorSnapshot;
  readonly modelFile: string;
  /** Where the model's process keeps its socket. */
  readonly engineFolder: string;
}

/** Not the extension's: this process is not shared with it. */
const VERSION = "try";
const LIMIT_MS = 60_000;

export async function trySuggestion({ cursor, modelFile, engineFolder }: TryOptions): Promise<Tried> {
  const { name, adapter, format, contextTokens } = defaultModel();
  const model = new EmbeddedModel({
    folder: engineFolder,
    processFile: join(root, "dist", "modelProcess.mjs"),
    execPath: process.execPath,
    model: {
      name,
      path: modelFile,
      adapterPath: adapter && join(root, adapter.file),
      contextTokens: Math.min(contextTokens, 4096),
    },
    threads: 0,
    idleUnloadMs: LIMIT_MS,
    version: VERSION,
  });
  try {
    const engine = new CompletionEngine({
      backend: () => ({ model, format, host: name }),
      clock,
      options: () => ({ ...defaultCompletionOptions, timeLimitMs: LIMIT_MS }),
    });
    const started = performance.now();
    const outcome = await engine.complete(cursor, "manual", new AbortController().signal);
    const milliseconds = Math.round(performance.now() - started);
    if (outcome.kind !== "offered") throw new Error(`No suggestion came: ${JSON.stringify(outcome)}`);
    return {
      line: cursor.prefix.slice(cursor.prefix.lastIndexOf("\n") + 1).trimStart(),
      suggestion: outcome.suggestions[0]?.insertText ?? "",
      milliseconds,
    };
  } finally {
    await model.dispose();
    await endModelProcess(engineFolder, VERSION);
  }
}

/** The first place that the comments in cart.ts name; the end of the file when it is gone. */
export function caretInSample(project: string): CursorSnapshot {
  const file = join(project, "cart.ts");
  const text = readFileSync(file, "utf8");
  const stem = text.indexOf("total +=");
  const offset = stem < 0 ? text.length : text.indexOf("\n", stem);
  return {
    uri: pathToFileURL(file).href,
    path: "cart.ts",
    languageId: "typescript",
    version: 1,
    offset,
    prefix: text.slice(0, offset),
    suffix: text.slice(offset),
    indentUnit: "  ",
    selectedCompletion: undefined,
  };
}
