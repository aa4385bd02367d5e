/** `pairwise-report blocks LEDGER --out FILE`: what one person hands in for a team's report. */

import { existsSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type TeamBlocks, teamBlocksOf } from "../productivity/ledger/teamBlocks.ts";
import { isRandomName } from "../productivity/team/rowLimits.ts";
import { parquetOf } from "../productivity/team/parquet.ts";
import type { Printed } from "./estimate.ts";
import { languages, speakerOf } from "./language.ts";
import { UnreadableLedger, withLedger } from "./ledgerFiles.ts";
import { blocksHelp } from "./reportHelp.ts";
import { ownFileAt } from "./ownFiles.ts";
import { ownFileWords, troubleWords } from "./troubleWords.ts";

const WRONG_CALL = 2;
const NOTHING = 3;
const NO_FILE = 4;

/** @param nowMs since the epoch */
export function blocks(args: readonly string[], nowMs: number): Printed {
  const call = callOf(args);
  if (typeof call === "string") return { exitCode: WRONG_CALL, output: "", errors: `${call}\n\n${blocksHelp}` };
  const { files, out, person, speaker } = call;
  const { t } = speaker;
  const failed = (exitCode: number, errors: string): Printed => ({ exitCode, output: "", errors: `${errors}\n` });
  const own = ownFileAt(files, out);
  if (own) return failed(WRONG_CALL, ownFileWords(speaker, own, out));
  if (existsSync(out)) return failed(NO_FILE, t("{0} is there already, and is not written over.", out));
  try {
    const found = withLedger(files, (database) =>
      teamBlocksOf(database, { nowMs, ...(person !== undefined && { person }) }),
    );
    if (found.kind === "none") return failed(NOTHING, noneWords(found.why, t));
    const { rows } = found;
    writeFileSync(
      out,
      out.endsWith(".parquet") ? parquetOf(rows) : rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
      { flag: "wx", mode: 0o600 },
    );
    const output = [
      t("Written: {0}", out),
      t("Half-hours in it: {0}. It has figures alone; read it before you hand it in.", String(rows.length)),
    ];
    return { exitCode: 0, output: `${output.join("\n")}\n`, errors: "" };
  } catch (error) {
    if (error instanceof UnreadableLedger) return failed(NO_FILE, troubleWords(speaker, error.trouble));
    const { code } = error as { readonly code?: unknown };
    if (typeof code !== "string") throw error;
    return failed(NO_FILE, t("{0} can't be written ({1}).", out, code));
  }
}

function callOf(args: readonly string[]) {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: "string" }, person: { type: "string" }, language: { type: "string", default: "en" } },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { out, person, language } = parsed.values;
  const speaker = speakerOf(language);
  if (!speaker) return `There is no "${language}"; there are ${languages.join(", ")}.`;
  if (parsed.positionals.length === 0) return "Of which ledger? Name its file.";
  if (out === undefined || !/\.(jsonl|parquet)$/.test(out))
    return "Where to? Name a file: --out FILE.jsonl or FILE.parquet.";
  if (person !== undefined && !isRandomName(person))
    return "Whose? The name of a person is 16 hexadecimal digits: person in the rows of another file of yours.";
  return { files: parsed.positionals, out, person, speaker };
}

function noneWords(
  why: Extract<TeamBlocks, { readonly kind: "none" }>["why"],
  t: (sentence: string) => string,
): string {
  switch (why) {
    case "no-experiment":
      return t("There is nothing to hand in: there has been no experiment.");
    case "changed":
      return t(
        "Nothing is handed in of this experiment: its plan or its seed is not the one that was laid down before its data.",
      );
    case "missing":
      return t(
        "Nothing is handed in of this experiment: half-hours that were drawn are not in the ledger any more, so that its result could have been chosen.",
      );
    case "seed-hidden":
      return t(
        "Nothing can be handed in of these files: they were exported while the experiment went on, and its seed is not in them, so that nothing proves how its half-hours were drawn. Export them again once it has ended, or name the ledger itself.",
      );
    case "unknown-plan":
      return t(
        "Nothing is handed in of this experiment: its plan is of a form that this version of Pairwise does not know.",
      );
    case "no-blocks":
      return t("There is nothing to hand in yet: no group of half-hours has ended.");
  }
}
