import { rm } from "node:fs/promises";
import { type CatalogueEntry, modelFile } from "./catalogue.ts";
import { removePart } from "./fetchFile.ts";
import { removeMark } from "./verified.ts";

/** Removes a model's file and what a download has left beside it. Rejects where the system does not let go of it. */
export async function removeModel(entry: Pick<CatalogueEntry, "file">, folder: string): Promise<void> {
  const path = modelFile(folder, entry);
  // Windows keeps a file that a process has open; the model's ends some seconds after it was last used.
  await rm(path, { force: true, recursive: true, maxRetries: 10, retryDelay: 200 });
  await Promise.all([removeMark(path), removePart(`${path}.part`)]);
}
