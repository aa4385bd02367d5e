/** Fetches the small model that `npm start` and the tests use. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { defaultModel, modelFile } from "../src/model/catalogue.ts";
import { DownloadError, type DownloadProgress, ensureDefaultModel } from "../src/model/download.ts";
import { cacheFolder, SetUpError, step } from "./toolchain.mjs";

/** The path of the model's file. */
export async function ensureSmallModel(signal: AbortSignal): Promise<string> {
  const entry = defaultModel();
  const fetch = (): Promise<string> =>
    ensureDefaultModel({
      cache: cacheFolder(),
      signal,
      onProgress: progressPrinter(),
      log: (line) => console.log(`  ${line}`),
    });
  try {
    if (existsSync(modelFile(join(cacheFolder(), "models"), entry)))
      return await ensureDefaultModel({ cache: cacheFolder(), signal });
    return await step(`Fetching the model ${entry.name} (${megabytes(entry.sizeBytes)})`, fetch);
  } catch (error) {
    throw error instanceof DownloadError ? new SetUpError(explain(error)) : error;
  }
}

/** A line at each quarter. */
function progressPrinter(): (progress: DownloadProgress) => void {
  let shown = 0;
  return ({ receivedBytes, totalBytes, source }) => {
    const quarter = Math.floor((receivedBytes / totalBytes) * 4);
    if (quarter <= shown) return;
    shown = quarter;
    console.log(`  ${megabytes(receivedBytes)} of ${megabytes(totalBytes)} from ${source}`);
  };
}

function explain({ failure }: DownloadError): string {
  const models = join(cacheFolder(), "models");
  switch (failure.kind) {
    case "no-source":
      return `No source of the model could be reached. Check the network, or name a mirror of Hugging Face in HF_ENDPOINT, or put ${defaultModel().file} into ${models}, and run this again.`;
    case "verification-failed":
      return "The model that came is not the published file, and was removed. Run this again, or name another mirror of Hugging Face in HF_ENDPOINT.";
    case "no-space":
      return `There is no room for the model: ${megabytes(failure.neededBytes)} in ${failure.folder}. Make room, or name another place for the cache in PAIRWISE_CACHE, and run this again.`;
    case "not-writable":
      return `The folder ${failure.folder} can't be written. Make it writable, or name another place for the cache in PAIRWISE_CACHE, and run this again.`;
    case "cancelled":
      return "The download of the model was cancelled; the next run takes it up where it stopped.";
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}
