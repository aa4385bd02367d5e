/** Golden cases: folders with `before.EXT`, `after.EXT`, `expected.json` and, where a case is not as usual, `settings.json`. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FakeClock } from "../../test/support/fakeClock.ts";
import { headlessHere } from "../headless/client.ts";
import { Fields } from "../headless/fields.ts";
import { makeSyntax } from "../headless/grammars.ts";
import { languageOf } from "../headless/languages.ts";
import { replay, type ReplayOptions, type ReplayResult } from "./replay.ts";
import { usualRhythm } from "./rhythm.ts";

export interface ReplayCase {
  readonly name: string;
  readonly options: ReplayOptions;
  /** What the summary has to be, as JSON; `undefined` where nobody has written it yet. */
  readonly expected: string | undefined;
  readonly expectedFile: string;
}

/** In a stable order. */
export function readCases(folder: string): ReplayCase[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => readCase(join(folder, name), name));
}

function readCase(folder: string, name: string): ReplayCase {
  const after = readdirSync(folder).find((file) => file.startsWith("after."));
  if (after === undefined) throw new Error(`${folder} has no file after.EXT`);
  const before = after.replace("after", "before");
  const expectedFile = join(folder, "expected.json");
  const text = (file: string): string | undefined =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : undefined;
  return {
    name,
    options: {
      ...readSettings(JSON.parse(text("settings.json") ?? "{}"), `${name}/settings.json`),
      path: `${name}${after.slice("after".length)}`,
      before: text(before) ?? "",
      after: text(after) ?? "",
      mostKeys: Infinity,
    },
    expected: text("expected.json"),
    expectedFile,
  };
}

/** {seed?, medianMs?, sigma?, acceptFromChars?, model?: {afterMs?, pieceMs?, right?}}, all numbers. */
function readSettings(value: unknown, where: string): Omit<ReplayOptions, "path" | "before" | "after" | "mostKeys"> {
  const fields = new Fields(value, where);
  const model = fields.optionalFields("model");
  const settings = {
    seed: fields.optionalCount("seed") ?? 1,
    rhythm: {
      medianMs: fields.optionalNumber("medianMs") ?? usualRhythm.medianMs,
      sigma: fields.optionalNumber("sigma") ?? usualRhythm.sigma,
    },
    acceptFromChars: fields.optionalCount("acceptFromChars"),
    scripted: {
      afterMs: model?.optionalNumber("afterMs") ?? 200,
      pieceMs: model?.optionalNumber("pieceMs") ?? 20,
      right: model?.optionalNumber("right") ?? 0.5,
    },
  };
  fields.end();
  model?.end();
  return settings;
}

/** In virtual time, by a scripted model: the same each time, and over in a moment. */
export async function runCase({ options }: ReplayCase): Promise<ReplayResult> {
  const clock = new FakeClock();
  // A grammar that is being loaded would be there sooner or later.
  const syntax = makeSyntax();
  await syntax.ready(languageOf(options.path));
  const headless = headlessHere(clock, syntax);
  try {
    return await replay(headless, clock, options);
  } finally {
    await headless.close();
    syntax.dispose();
  }
}

/** As it is written to expected.json. */
export function asExpected({ summary }: ReplayResult): string {
  return `${JSON.stringify(summary, null, 2)}\n`;
}
