/** What `--csv`, `--copilot`, `--otel` and `--otlp` ask for. */

import { join } from "node:path";
import { copilotLines } from "../productivity/export/copilot.ts";
import { csvFiles } from "../productivity/export/csvTables.ts";
import { type EndPointFlaw, endPointOf } from "../productivity/export/endPoint.ts";
import type { ExportFigures } from "../productivity/export/figures.ts";
import type { OtlpRequest } from "../productivity/export/otlp.ts";
import { send } from "../productivity/export/sending.ts";
import { endPointFlawWords, isTaken, sentWords } from "../productivity/export/sendingWords.ts";
import type { Speaker } from "../productivity/report/words/speaker.ts";
import type { Output } from "./outputs.ts";
import { type OtlpEnvironment, otlpEnvironment } from "./otlpEnvironment.ts";

export const exportOptions = {
  csv: { type: "string" },
  copilot: { type: "string" },
  otel: { type: "string" },
  otlp: { type: "string" },
} as const;

export interface ExportCall {
  /** A folder, two files, and where to send. */
  readonly csv: string | undefined;
  readonly copilot: string | undefined;
  readonly otel: string | undefined;
  readonly otlp: URL | undefined;
  readonly environment: OtlpEnvironment;
}

/** Or what is wrong with it, in words. */
export function exportCallOf(
  values: { readonly [Name in keyof typeof exportOptions]?: string | undefined },
  environment: NodeJS.ProcessEnv,
  speaker: Speaker,
): ExportCall | string {
  const { csv, copilot, otel, otlp } = values;
  const url: URL | EndPointFlaw | undefined = otlp === undefined ? undefined : endPointOf(otlp);
  if (typeof url === "string") return endPointFlawWords(speaker, url);
  const isOtel = otel !== undefined || url !== undefined;
  const read = otlpEnvironment(isOtel ? environment : {});
  if ("unreadable" in read) return speaker.t("The variable {0} can't be read.", read.unreadable);
  return { csv, copilot, otel, otlp: url, environment: read };
}

export const wantsFigures = ({ csv, copilot, otel, otlp }: ExportCall): boolean =>
  [csv, copilot, otel, otlp].some((each) => each !== undefined);

export async function exportsOf(
  { csv, copilot, otel, otlp, environment: { attributes } }: ExportCall,
  figures: ExportFigures,
): Promise<{ readonly outputs: readonly Output[]; readonly request: OtlpRequest | undefined }> {
  const request = otel === undefined && otlp === undefined ? undefined : await requestOf(figures, attributes);
  return {
    request,
    outputs: [
      ...(csv === undefined
        ? []
        : csvFiles(figures).map(({ name, text }) => ({ path: join(csv, name), text, folder: csv }))),
      ...(copilot === undefined ? [] : [{ path: copilot, text: copilotLines(figures) }]),
      ...(otel === undefined || !request ? [] : [{ path: otel, text: linesOf(request) }]),
    ],
  };
}

async function requestOf(figures: ExportFigures, attributes: Readonly<Record<string, string>>): Promise<OtlpRequest> {
  // With it comes OpenTelemetry's SDK.
  const { otlpRequest } = await import("../productivity/export/otlp.ts");
  return otlpRequest(figures, { attributes });
}

/** As the collector's `otlpjsonfile` reads them; none where there is nothing to tell. */
const linesOf = ({ json, points }: OtlpRequest): string => (points === 0 ? "" : `${json}\n`);

/** What became of it, and whether that is well. Nothing is sent where there is nothing to tell. */
export async function sendTo(
  url: URL,
  { headers, timeoutMs }: OtlpEnvironment,
  { json, points }: OtlpRequest,
  speaker: Speaker,
): Promise<{ readonly isWell: boolean; readonly words: string }> {
  if (points === 0) return { isWell: true, words: speaker.t("Nothing was counted yet, so nothing was sent.") };
  const sent = await send({ url, headers, json, fetch, signal: AbortSignal.timeout(timeoutMs) });
  return { isWell: isTaken(sent), words: sentWords(speaker, sent, url, points) };
}
