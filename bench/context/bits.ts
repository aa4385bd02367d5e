/**
 * What a model makes of the context: how well the small local model foresees what really follows, in bits per character,
 * with lines of other files and with more of the file itself in their place, in prompts of as many tokens.
 *
 * The product shows this model nothing of other files, since its adapter was not taught with them. So it is asked without
 * the adapter, to go on with a text: that of the format `continuation`, where pieces stand as comments with their files'
 * paths and lines of code above the file. What stands after the caret is shown in neither prompt.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureSmallModel } from "../../scripts/model.ts";
import { root } from "../../scripts/toolchain.mjs";
import { languageIdOfPath } from "../../src/context/index/extraction/languageOfPath.ts";
import { layOut } from "../../src/context/layout.ts";
import type { Piece } from "../../src/context/pieces.ts";
import { loadBinding } from "../../src/model/embedded/binding.ts";
import { EmbeddedModel } from "../../src/model/embedded/embeddedModel.ts";
import type { RawPrompt } from "../../src/model/model.ts";
import { formatHole } from "../../src/model/templates.ts";
import type { Figures } from "../figures.ts";
import type { Package } from "./packages.ts";
import type { Cut, Position } from "./positions.ts";
import { ourPrompt, snippetsOf } from "./prompts.ts";
import { eachRepository } from "./recall.ts";

/** In natural units, for all of the continuation. */
type Score = (prompt: RawPrompt, continuation: string) => Promise<number>;
type CountTokens = (text: string) => number;

interface Pair {
  readonly chars: number;
  readonly with: number;
  readonly without: number;
  /** The file has no more text for the prompt without context, which is shorter. */
  readonly isShort: boolean;
}

/** At `count` of `of` places in each of `packages`; no other file is open. */
export async function measureBits(packages: readonly Package[], of: number, count: number): Promise<Figures> {
  const modelPath = await ensureSmallModel(new AbortController().signal);
  const tokens = await tokenCounter(modelPath);
  const pairs: Pair[] = [];
  await withScore(modelPath, async (score) => {
    await eachRepository(packages, of, async ({ one, files, positions, graph, show }) => {
      for (const { lines: cut } of chosenOf(positions, count)) {
        await show(cut.path, cut.before + cut.after);
        const around = { ask: graph.query.bind(graph), snippets: snippetsOf([]), recent: [] };
        // The product's choice, for a prompt of this size.
        const { pieces } = await ourPrompt(cut, around, PROMPT_TOKENS * CHARS_PER_TOKEN);
        pairs.push(await pairAt(cut, pieces, tokens.count, score));
        await show(cut.path, files.find(({ path }) => path === cut.path)?.text ?? "");
      }
      console.error(`${one.name}: ${toldOf(pairs)}`);
    });
  });
  await tokens.dispose();
  return figuresOf(pairs);
}

/** Most of them with enough text before the caret for both prompts to be as long, one without. */
function chosenOf(positions: readonly Position[], count: number): readonly Position[] {
  const isLong = ({ lines }: Position): boolean => lines.before.length > PROMPT_TOKENS * MANY_CHARS_PER_TOKEN;
  const long = positions.filter(isLong).slice(0, count - 1);
  return [...long, ...positions.filter((each) => !isLong(each)).slice(0, 1)];
}

async function pairAt(cut: Cut, pieces: readonly Piece[], count: CountTokens, score: Score): Promise<Pair> {
  const continuation = cut.heldOut.slice(0, MOST_CONTINUED);
  const half = tailOfTokens(cut.before, PROMPT_TOKENS / 2, count);
  let shown = pieces;
  let withPieces = promptOf(cut, half, shown);
  while (shown.length > 0 && count(textOf(withPieces)) > PROMPT_TOKENS) {
    shown = shown.toSorted((one, other) => other.value - one.value).slice(0, Math.floor(shown.length * 0.9));
    withPieces = promptOf(cut, half, shown);
  }
  const most = count(textOf(withPieces));
  const longer = tailOfTokens(cut.before, most, count);
  return {
    chars: continuation.length,
    with: await score(withPieces, continuation),
    without: await score(promptOf(cut, longer, []), continuation),
    isShort: longer.length === cut.before.length && count(longer) < most * NEARLY_ALL,
  };
}

function promptOf({ path }: Cut, prefix: string, pieces: readonly Piece[]): RawPrompt {
  const hole = { path, languageId: languageIdOfPath(path) ?? "", prefix, suffix: "", neighbours: layOut(pieces) };
  const { prompt } = formatHole("continuation", hole);
  if (prompt.kind !== "raw") throw new Error("the format is one of plain text");
  return prompt;
}

function textOf({ parts }: RawPrompt): string {
  return parts.map(({ text }) => text).join("");
}

/** The longest end of `text` that is at most so many tokens. */
function tailOfTokens(text: string, most: number, count: CountTokens): string {
  let [short, long] = [0, Math.min(text.length, most * LONGEST_TOKENS)];
  while (short < long) {
    const middle = Math.ceil((short + long) / 2);
    if (count(text.slice(-middle)) <= most) short = middle;
    else long = middle - 1;
  }
  return short === 0 ? "" : text.slice(-short);
}

function figuresOf(pairs: readonly Pair[]): Figures {
  const equal = pairs.filter(({ isShort }) => !isShort);
  const short = pairs.filter(({ isShort }) => isShort);
  const figures = {
    ...(equal.length > 0 && {
      "context.bitsPerCharacter.with": bitsOf(equal, "with"),
      "context.bitsPerCharacter.without": bitsOf(equal, "without"),
      "context.bitsPerCharacter.places": equal.length,
    }),
    ...(short.length > 0 && {
      "context.bitsPerCharacter.shortFile.with": bitsOf(short, "with"),
      "context.bitsPerCharacter.shortFile.without": bitsOf(short, "without"),
      "context.bitsPerCharacter.shortFile.places": short.length,
    }),
  };
  return { figures, runs: {}, missing: {} };
}

function bitsOf(pairs: readonly Pair[], side: "with" | "without"): number {
  const nats = pairs.reduce((sum, pair) => sum + pair[side], 0);
  return -nats / Math.LN2 / pairs.reduce((sum, { chars }) => sum + chars, 0);
}

function toldOf(pairs: readonly Pair[]): string {
  const better = pairs.filter((pair) => pair.with > pair.without).length;
  const bits = `${bitsOf(pairs, "with").toFixed(3)} bits a character with context, ${bitsOf(pairs, "without").toFixed(3)} without`;
  return `${bits} so far; better with it in ${better} of ${pairs.length} places`;
}

async function withScore(modelPath: string, use: (score: Score) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-bench-bits-"));
  const model = new EmbeddedModel({
    folder,
    processFile: PROCESS_FILE,
    execPath: process.execPath,
    model: { name: "small", path: modelPath, adapterPath: undefined, contextTokens: 2 * PROMPT_TOKENS },
    threads: 0,
    idleUnloadMs: 0,
    version: "bench",
  });
  try {
    await use(async (prompt, continuation) => (await model.score({ prompt, continuation }, NEVER)).logProbability);
  } finally {
    await model.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** By the model's own vocabulary. */
async function tokenCounter(
  path: string,
): Promise<{ readonly count: CountTokens; readonly dispose: () => Promise<void> }> {
  const binding = await loadBinding(PROCESS_FILE, () => undefined);
  const model = new binding.AddonModel(path, { gpuLayers: 0, useMmap: true, onLoadProgress: () => undefined });
  if (!(await model.init())) throw new Error("the model's file can't be read");
  return { count: (text) => model.tokenize(text, false).length, dispose: () => model.dispose() };
}

const PROCESS_FILE = join(root, "dist", "modelProcess.mjs");
const NEVER = new AbortController().signal;
const PROMPT_TOKENS = 1_000;
const CHARS_PER_TOKEN = 3.3;
const MANY_CHARS_PER_TOKEN = 4.5;
/** No text has more characters to a token. */
const LONGEST_TOKENS = 16;
const NEARLY_ALL = 0.97;
/** Of what is held out: what a suggestion of some lines has. */
const MOST_CONTINUED = 300;
