import { stat } from "node:fs/promises";
import { ModelError } from "../model.ts";
import { hasGgufMagic } from "./gguf.ts";

/**
 * Whether it makes sense to try a load, for which another model may have to go.
 * @throws {ModelError} `model-file-missing`, `model-file-unusable`
 */
export async function checkModelFiles(spec: {
  readonly path: string;
  readonly adapterPath: string | undefined;
}): Promise<void> {
  await checkFile(spec.path);
  if (spec.adapterPath !== undefined) await checkFile(spec.adapterPath);
}

async function checkFile(path: string): Promise<void> {
  try {
    const { size } = await stat(path);
    if (size > 0 && (await hasGgufMagic(path))) return;
  } catch (cause) {
    throw new ModelError({ kind: "model-file-missing", path }, { cause });
  }
  throw new ModelError({ kind: "model-file-unusable", path, detail: "not a GGUF file" });
}
