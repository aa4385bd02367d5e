/** `pairwise-report team FILE…`: what many people's experiments say together. */

import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import { reportPage } from "../productivity/report/html/page.ts";
import { teamWords } from "../productivity/report/words/teamWords.ts";
import type { ReportText } from "../productivity/report/words/text.ts";
import { isSumsFlaw, sumsFrom } from "../productivity/team/sumsLines.ts";
import { teamReport } from "../productivity/team/teamReport.ts";
import { type TeamSums, teamSumsOf } from "../productivity/team/teamSums.ts";
import { experimentsIn, jsonLinesIn, UnreadableTeamFile } from "./blockFiles.ts";
import type { Printed } from "./estimate.ts";
import { languages, speakerOf } from "./language.ts";
import { namedTwice, realPath, UnwrittenFile, writeOutput } from "./outputs.ts";
import { teamHelp } from "./reportHelp.ts";
import { SumsTrouble, teamTroubleWords } from "./teamTroubleWords.ts";

const WRONG_CALL = 2;
const TOO_FEW = 3;
const NO_FILE = 4;

/** @param nowMs since the epoch */
export async function team(args: readonly string[], nowMs: number): Promise<Printed> {
  const call = callOf(args);
  if (typeof call === "string") return { exitCode: WRONG_CALL, output: "", errors: `${call}\n\n${teamHelp}` };
  const { files, html, json, areSums, speaker } = call;
  const { t } = speaker;
  const failed = (exitCode: number, errors: string): Printed => ({ exitCode, output: "", errors: `${errors}\n` });
  const inputs = new Set(files.map(realPath));
  const overwritten = [html, json].find((file) => file !== undefined && inputs.has(realPath(file)));
  if (overwritten !== undefined)
    return failed(WRONG_CALL, t("{0} is what is read, and is not written over.", overwritten));
  const twice = namedTwice([html, json].filter((file) => file !== undefined));
  if (twice !== undefined) return failed(WRONG_CALL, t("{0} is to be written twice.", twice));
  try {
    const sums = areSums ? sumsIn(files) : teamSumsOf(await experimentsIn(files));
    const model = teamReport(sums, { madeMs: nowMs, source: areSums ? "sums" : "rows" });
    const text = teamWords(model, speaker);
    // Of too few people there is no page and no file that could be passed on.
    if (!model.result) return failed(TOO_FEW, [text.headline, ...text.notes].join("\n"));
    const written: string[] = [];
    const write = (path: string, content: string): void => {
      writeOutput({ path, text: content });
      written.push(t("Written: {0}", path));
    };
    if (html !== undefined) write(html, reportPage(text, sha256Base64));
    if (json !== undefined) write(json, `${JSON.stringify(model, undefined, 2)}\n`);
    return { exitCode: 0, output: printedText(text, written), errors: "" };
  } catch (error) {
    if (error instanceof UnreadableTeamFile || error instanceof SumsTrouble)
      return failed(NO_FILE, teamTroubleWords(speaker, error));
    if (error instanceof UnwrittenFile)
      return failed(NO_FILE, t("{0} can't be written ({1}).", error.path, error.code));
    throw error;
  }
}

/** Of several files the lines count together: a warehouse may write one for each query. */
function sumsIn(files: readonly string[]): TeamSums {
  const sums = sumsFrom(lines(files));
  if (isSumsFlaw(sums)) throw new SumsTrouble(sums, files);
  return sums;
}

function* lines(files: readonly string[]): Generator<unknown, void> {
  for (const file of files) {
    try {
      yield* jsonLinesIn(file);
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      if (typeof code !== "string") throw error;
      throw new UnreadableTeamFile(
        code === "ENOENT" ? { kind: "missing", file } : { kind: "unreadable", file, detail: code },
      );
    }
  }
}

/** Or what is wrong with it, in English: the language is part of it. */
function callOf(args: readonly string[]) {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        html: { type: "string" },
        json: { type: "string" },
        sums: { type: "boolean", default: false },
        language: { type: "string", default: "en" },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { positionals: files, values } = parsed;
  const { html, json, sums: areSums, language } = values;
  const speaker = speakerOf(language);
  if (!speaker) return `There is no "${language}"; there are ${languages.join(", ")}.`;
  if (files.length === 0) return "Of which files? Name what people have handed in.";
  if ([...files, html, json].includes("")) return "One of the names is empty.";
  if (new Set(files.map(realPath)).size < files.length) return "A file is named twice.";
  return { files, html, json, areSums, speaker };
}

const sha256Base64 = (text: string): string => createHash("sha256").update(text, "utf8").digest("base64");

function printedText(text: ReportText, written: readonly string[]): string {
  const claims = text.sections.find(({ id }) => id === "ladder")?.data?.rows ?? [];
  const lines = [
    text.headline,
    ...text.notes.flatMap((note) => ["", note]),
    "",
    ...claims.map((cells) => cells.filter((cell) => cell !== "").join("  ")),
    "",
    text.imprint,
    ...written,
  ];
  return `${lines.join("\n")}\n`;
}
