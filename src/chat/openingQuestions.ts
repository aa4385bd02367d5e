/** What could be asked about the file that is open, for a thread in which nothing was asked yet. */

export interface FileSymbol {
  readonly name: string;
  /** As VS Code has them, as far as they matter here. */
  readonly kind: "function" | "class" | "other";
  /** From 0; `endLine` is the first one after it. */
  readonly line: number;
  readonly endLine: number;
}

export interface FileProblem {
  readonly line: number;
  readonly severity: "error" | "warning";
  /** As it is shown, shortened. */
  readonly message: string;
}

export interface OpenFile {
  readonly name: string;
  /** All of them, also those inside of others. */
  readonly symbols: readonly FileSymbol[];
  readonly problems: readonly FileProblem[];
  /** What is on the screen. */
  readonly visible: { readonly line: number; readonly endLine: number };
  readonly isTest: boolean;
}

export type OpeningQuestion =
  | { readonly kind: "problem"; readonly line: number; readonly message: string }
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "class"; readonly name: string }
  | { readonly kind: "longest"; readonly name: string; readonly lines: number }
  | { readonly kind: "tests"; readonly name: string }
  | { readonly kind: "uncovered"; readonly file: string }
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "risks"; readonly file: string }
  | { readonly kind: "order"; readonly file: string };

/** Three of them, none about the same thing twice. */
export function openingQuestions(file: OpenFile): readonly OpeningQuestion[] {
  const { name, symbols, visible } = file;
  const problem = firstProblem(file);
  const seen = symbols.filter((each) => each.line < visible.endLine && each.endLine > visible.line);
  const functions = ofKind(seen, "function").concat(ofKind(symbols, "function"));
  const asked = functions.at(0);
  const owner = ofKind(seen, "class").concat(ofKind(symbols, "class")).at(0);
  const longest = ofKind(symbols, "function")
    .toSorted((one, other) => lengthOf(other) - lengthOf(one))
    .find((each) => each !== asked && lengthOf(each) >= LONG_LINES);
  const tested = functions.find((each) => each.name !== asked?.name);
  const questions: readonly (OpeningQuestion | undefined)[] = [
    problem && { kind: "problem", line: problem.line, message: problem.message },
    asked && { kind: "function", name: asked.name },
    longest && { kind: "longest", name: longest.name, lines: lengthOf(longest) },
    owner && { kind: "class", name: owner.name },
    file.isTest ? { kind: "uncovered", file: name } : tested && { kind: "tests", name: tested.name },
    { kind: "file", file: name },
    { kind: "risks", file: name },
    { kind: "order", file: name },
  ];
  return questions.filter((each) => each !== undefined).slice(0, COUNT);
}

/** An error before a warning, the nearest to what is on the screen. */
function firstProblem({ problems, visible }: OpenFile): FileProblem | undefined {
  const distance = ({ line }: FileProblem): number =>
    line < visible.line ? visible.line - line : Math.max(0, line - visible.endLine + 1);
  return problems.toSorted(
    (one, other) =>
      one.severity.localeCompare(other.severity) || distance(one) - distance(other) || one.line - other.line,
  )[0];
}

function ofKind(symbols: readonly FileSymbol[], kind: FileSymbol["kind"]): readonly FileSymbol[] {
  return symbols.filter((each) => each.kind === kind && /^[\p{L}_$#][\p{L}\p{N}_$]*$/u.test(each.name));
}

function lengthOf({ line, endLine }: FileSymbol): number {
  return endLine - line;
}

const COUNT = 3;
/** Of a function that may be asked how it could be simpler. */
const LONG_LINES = 25;
