import { stat } from "node:fs/promises";
import { ModelError } from "../model.ts";
import { hasGgufMagic } from "./gguf.ts";

/**
 * Whether it makes sense to try a load, for which another model may have to go. Gives a text that is another
 * one when the files are: a broken file is replaced under its name.
 * @throws {ModelError} `model-file-missing`, `model-file-unusable`
 */
export async function checkModelFiles(spec: {
  readonly path: string;
  readonly adapterPath: string | undefined;
}): Promise<string> {
  const model = await checkFile(spec.path);
  return spec.adapterPath === undefined ? model : `${model}, ${await checkFile(spec.adapterPath)}`;
}

async function checkFile(path: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(path);
    if (size > 0 && (await hasGgufMagic(path))) return `${size} bytes of ${mtimeMs}`;
  } catch (cause) {
    throw new ModelError({ kind: "model-file-missing", path }, { cause });
  }
  throw new ModelError({ kind: "model-file-unusable", path, detail: "not a GGUF file" });
}

/** Why a load or a read of the model failed. `lastLog` gives llama.cpp's last sentences. */
export async function unusable(path: string, cause: unknown, lastLog: () => string): Promise<ModelError> {
  // The log comes through the event loop.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const detail = (lastLog() || String(cause)).trim().slice(-MAX_DETAIL_CHARS);
  return new ModelError({ kind: "model-file-unusable", path, detail }, { cause });
}

const MAX_DETAIL_CHARS = 200;
