/** The steps of a check of a model on this machine, and of one that the editor has. */

import { type AskedModel, askModel, skipAfter } from "./checkup.ts";
import { failed } from "./failureWays.ts";
import { bad, good, type StepName, type StepResult, warning, type Way } from "./findings.ts";

export const localSteps: readonly StepName[] = ["setting", "file", "memory", "context", "holes", "speed"];

export interface LocalCheck {
  readonly name: string;
  readonly path: string;
  /** What can be fetched; `undefined` of a file of the user's own. */
  readonly source: { readonly reference: string; readonly bytes: number } | undefined;
  /** Of the file; `undefined` where there is none. */
  readonly fileBytes: () => Promise<number | undefined>;
  readonly memory: () => { readonly freeBytes: number; readonly totalBytes: number };
  readonly now: () => number;
  readonly open: () => Promise<AskedModel>;
}

export const editorSteps: readonly StepName[] = ["setting", "context", "holes", "speed"];

/** Of a chat model that the editor has from another extension. See `checkServer`. */
export async function checkEditor(
  { name, now, open }: Pick<LocalCheck, "name" | "now" | "open">,
  tell: (result: StepResult) => void,
  signal: AbortSignal,
): Promise<void> {
  tell(good("setting", { kind: "reference", provider: "VS Code", model: name }));
  let asked: AskedModel;
  try {
    asked = await open();
  } catch (error) {
    signal.throwIfAborted();
    tell(failed("setting", error));
    return skipAfter(editorSteps, "setting", tell);
  }
  await askModel(asked, asked.contextTokens, now, tell, signal);
}

/** See `checkServer`. */
export async function checkLocal(
  { name, path, source, fileBytes, memory, now, open }: LocalCheck,
  tell: (result: StepResult) => void,
  signal: AbortSignal,
): Promise<void> {
  tell(good("setting", { kind: "reference", provider: "Pairwise", model: name }));
  const bytes = await fileBytes();
  if (bytes === undefined) {
    const ways: readonly Way[] = source
      ? [{ kind: "get-model", ...source }, { kind: "choose-model" }]
      : [{ kind: "choose-model" }, { kind: "open-settings", query: "pairwise.model.suggestions" }];
    tell(bad("file", { kind: "failure", failure: { kind: "model-file-missing", path } }, ways));
    return skipAfter(localSteps, "file", tell);
  }
  tell(good("file", { kind: "file", bytes }));
  tell(checkMemory(bytes, memory()));
  let asked: AskedModel;
  try {
    asked = await open();
  } catch (error) {
    signal.throwIfAborted();
    tell(failed("context", error));
    return skipAfter(localSteps, "context", tell);
  }
  await askModel(asked, asked.contextTokens, now, tell, signal);
}

function checkMemory(
  fileBytes: number,
  { freeBytes, totalBytes }: { readonly freeBytes: number; readonly totalBytes: number },
): StepResult {
  const finding = { kind: "memory", fileBytes, freeBytes, totalBytes } as const;
  // With what the context takes; a model that is loaded already is a part of what is not free.
  if (fileBytes * OVERHEAD > totalBytes) return bad("memory", finding, [{ kind: "choose-model" }]);
  return fileBytes * OVERHEAD > freeBytes ? warning("memory", finding) : good("memory", finding);
}

const OVERHEAD = 1.3;
