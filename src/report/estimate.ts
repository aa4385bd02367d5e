/** `estimate NAME`: one estimator's result for anybody's numbers, so that they can be held against other programs. */
import { isResult } from "../productivity/statistics/outcome.ts";
import { type Estimator, estimators } from "./estimators.ts";
import { MalformedInput, MOST_NUMBERS, objectIn } from "./inputs.ts";
import { flawWords, lackWords } from "./outcomeWords.ts";

/** What a run prints, and how it ends. */
export interface Printed {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

const INSUFFICIENT = 3;
const MALFORMED = 2;

/**
 * @param args What stands after `estimate`.
 * @param readInput All of the standard input; not read where only help is asked for or the name is unknown.
 */
export async function estimate(args: readonly string[], readInput: () => Promise<string>): Promise<Printed> {
  const [name, ...more] = args;
  if (args.includes("--help") || args.includes("-h")) return { exitCode: 0, output: estimateHelp(), errors: "" };
  if (name === undefined) return malformed(`Which estimator? There are ${Object.keys(estimators).join(", ")}.`);
  const estimator = Object.hasOwn(estimators, name) ? estimators[name] : undefined;
  if (!estimator) return malformed(`There is no "${name}"; there are ${Object.keys(estimators).join(", ")}.`);
  if (more.length > 0) return malformed(`The input of "${name}" is read from standard input, not from arguments.`);
  let input;
  try {
    input = await readInput();
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (typeof code !== "string") throw error;
    return malformed(`The standard input can't be read (${code}).`);
  }
  return estimated(estimator, input);
}

function estimated({ required, optional = [], run }: Estimator, text: string): Printed {
  try {
    const outcome = run(objectIn(text, required, optional));
    if (isResult(outcome)) return { exitCode: 0, output: printed(outcome), errors: "" };
    if ("malformed" in outcome) return malformed(flawWords(outcome.malformed));
    return { exitCode: INSUFFICIENT, output: printed({ insufficient: lackWords(outcome.insufficient) }), errors: "" };
  } catch (error) {
    if (error instanceof MalformedInput) return malformed(error.message);
    throw error;
  }
}

function printed(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function malformed(reason: string): Printed {
  return { exitCode: MALFORMED, output: "", errors: `${reason}\n` };
}

function estimateHelp(): string {
  const entries = Object.entries(estimators).map(
    ([name, { takes, gives }]) => `${name}\n  takes  ${takes}\n  gives  ${gives}\n`,
  );
  return `pairwise-report estimate NAME < input.json

Prints one estimator's result as JSON. Intervals are of 95 %, logarithms natural.
S is a speed-up: throughput with suggestions divided by throughput without.
At most ${MOST_NUMBERS.toLocaleString("en")} values are taken. Where assignments are drawn, they are the same ones each time.
Exit codes: 0 with a result; 3 with {"insufficient": "what is missing"}; 2 where the input is malformed, with the reason on
standard error.

${entries.join("\n")}`;
}
