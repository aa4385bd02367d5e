/** `pairwise-report FILE…`: the verdict in words, and the report as a page or as data. */
import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import { reportPage } from "../productivity/report/html/page.ts";
import type { ReportModel } from "../productivity/report/model.ts";
import type { ReportOptions } from "../productivity/report/options.ts";
import { reportWords } from "../productivity/report/words.ts";
import type { Speaker } from "../productivity/report/words/speaker.ts";
import type { ReportText } from "../productivity/report/words/text.ts";
import type { Printed } from "./estimate.ts";
import { languages, speakerOf } from "./language.ts";
import { reportHelp } from "./reportHelp.ts";
import { figuresOf } from "./ledgerFigures.ts";
import { UnreadableLedger, withLedger } from "./ledgerFiles.ts";
import { namedTwice, type Output, realPath, UnwrittenFile, writeOutput } from "./outputs.ts";
import { ownFileAt } from "./ownFiles.ts";
import { ownFileWords, troubleWords } from "./troubleWords.ts";
import { type ExportCall, exportCallOf, exportOptions, exportsOf, sendTo, wantsFigures } from "./reportExports.ts";

/** The call itself is wrong. */
const WRONG_CALL = 2;
/** A file can't be read, or not be written. */
const NO_FILE = 4;
/** Where the figures were to be sent they were not taken, or not all of them. */
const NOT_TAKEN = 5;

interface Call extends ExportCall {
  readonly files: readonly string[];
  readonly html: string | undefined;
  readonly json: string | undefined;
  readonly workday: Pick<ReportOptions, "workdayMinutes">;
  readonly speaker: Speaker;
}

export interface Machine {
  /** Since the epoch. */
  readonly nowMs: number;
  readonly environment: NodeJS.ProcessEnv;
}

export async function report(args: readonly string[], { nowMs, environment }: Machine): Promise<Printed> {
  const call = callOf(args, environment);
  if (typeof call === "string") return { exitCode: WRONG_CALL, output: "", errors: `${call}\n\n${reportHelp}` };
  const { speaker, files, html, json, otlp, workday } = call;
  const { t } = speaker;
  const refusal = (paths: readonly (string | undefined)[]): Printed | undefined => {
    for (const path of paths) {
      const own = path === undefined ? undefined : ownFileAt(files, path);
      if (path !== undefined && own) return failed(WRONG_CALL, ownFileWords(speaker, own, path));
    }
    return undefined;
  };
  // Before anything is read: that may take long.
  const refused = refusal([html, json, call.copilot, call.otel]);
  if (refused) return refused;
  const twice = namedTwice([html, json, call.copilot, call.otel].filter((file) => file !== undefined));
  if (twice !== undefined) return failed(WRONG_CALL, t("{0} is to be written twice.", twice));
  try {
    const figures = withLedger(files, (database) => figuresOf(database, { nowMs, ...workday }, wantsFigures(call)));
    const { model } = figures;
    const text = reportWords(model, speaker);
    const { outputs, request } = await exportsOf(call, figures);
    const all: readonly Output[] = [
      ...(html === undefined ? [] : [{ path: html, text: reportPage(text, sha256Base64) }]),
      ...(json === undefined ? [] : [{ path: json, text: `${JSON.stringify(model, undefined, 2)}\n` }]),
      ...outputs,
    ];
    const over = refusal(all.map(({ path }) => path));
    if (over) return over;
    const again = namedTwice(all.map(({ path }) => path));
    if (again !== undefined) return failed(WRONG_CALL, t("{0} is to be written twice.", again));
    const written = all.map((output) => (writeOutput(output), t("Written: {0}", output.path)));
    const sent = otlp && request ? await sendTo(otlp, call.environment, request, speaker) : undefined;
    return {
      exitCode: sent?.isWell === false ? NOT_TAKEN : 0,
      output: printedText(text, model, sent?.isWell ? [...written, sent.words] : written),
      errors: sent?.isWell === false ? `${sent.words}\n` : "",
    };
  } catch (error) {
    if (error instanceof UnreadableLedger) return failed(NO_FILE, troubleWords(speaker, error.trouble));
    if (error instanceof UnwrittenFile)
      return failed(NO_FILE, t("{0} can't be written ({1}).", error.path, error.code));
    throw error;
  }
}

const failed = (exitCode: number, errors: string): Printed => ({ exitCode, output: "", errors: `${errors}\n` });

/** Or what is wrong with it, in English: the language is part of it. */
function callOf(args: readonly string[], environment: NodeJS.ProcessEnv): Call | string {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        html: { type: "string" },
        json: { type: "string" },
        language: { type: "string", default: "en" },
        "workday-hours": { type: "string" },
        ...exportOptions,
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { positionals, values } = parsed;
  const { html, json, language } = values;
  const speaker = speakerOf(language);
  if (!speaker) return `There is no "${language}"; there are ${languages.join(", ")}.`;
  if (positionals.length === 0) return "Of which ledger? Name its file.";
  if ([...positionals, ...Object.values(values)].includes("")) return "One of the names is empty.";
  if ([html, json, values.copilot, values.otel, values.csv].includes("-"))
    return "The standard output has the verdict in words: name a file instead of -.";
  if (new Set(positionals.map(realPath)).size < positionals.length)
    return "A file is named twice; it would count twice.";
  const workdayHours = values["workday-hours"] === undefined ? undefined : Number(values["workday-hours"]);
  if (workdayHours !== undefined && !(workdayHours >= 1 && workdayHours <= 24))
    return "A working day has 1 to 24 hours.";
  const exports = exportCallOf(values, environment, speaker);
  return typeof exports === "string"
    ? exports
    : {
        files: positionals,
        html,
        json,
        workday: workdayHours === undefined ? {} : { workdayMinutes: workdayHours * 60 },
        speaker,
        ...exports,
      };
}

const sha256Base64 = (text: string): string => createHash("sha256").update(text, "utf8").digest("base64");

function printedText(text: ReportText, { ladder }: ReportModel, written: readonly string[]): string {
  const claims = text.sections.find(({ id }) => id === "ladder")?.data?.rows ?? [];
  const isMeasured = ladder.rows.some(({ verdict }) => verdict !== "not-known");
  const lines = [
    text.headline,
    ...text.notes.flatMap((note) => ["", note]),
    ...(isMeasured ? ["", ...claims.map((cells) => cells.filter((cell) => cell !== "").join("  "))] : []),
    // What was expected stands beside what was measured.
    ...(["wholeJob", ...(isMeasured ? (["forecast"] as const) : []), "singles"] as const)
      .flatMap((wanted) => text.sections.find(({ id }) => id === wanted)?.paragraphs ?? [])
      .flatMap((paragraph) => ["", paragraph]),
    "",
    text.imprint,
    ...written,
  ];
  return `${lines.join("\n")}\n`;
}
