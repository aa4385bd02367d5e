import type { Fact } from "../records.ts";
import type { Aspect, Finding } from "./findings.ts";

/** A cell: how often the detector made `detected` of `truth` in a scenario. */
interface Cell extends Finding {
  readonly count: number;
}

export interface Matrix {
  readonly cells: readonly Cell[];
  /** Samples whose steps did not do what they say: nothing was learned from them, and the reader has to know it. */
  readonly notDone: readonly { readonly scenario: string; readonly count: number }[];
}

/** For each sample its findings, or `undefined` and its scenario where its steps failed. */
export function matrixOf(
  samples: readonly { readonly scenario: string; readonly findings: readonly Finding[] | undefined }[],
): Matrix {
  const cells = new Map<string, Cell>();
  const notDone = new Map<string, number>();
  for (const { scenario, findings } of samples) {
    if (!findings) notDone.set(scenario, (notDone.get(scenario) ?? 0) + 1);
    for (const finding of findings ?? []) {
      const key = [finding.scenario, finding.aspect, finding.truth, finding.detected].join(" ");
      cells.set(key, { ...finding, count: (cells.get(key)?.count ?? 0) + 1 });
    }
  }
  return {
    cells: [...cells.values()],
    notDone: [...notDone].map(([scenario, count]) => ({ scenario, count })),
  };
}

export interface Errors {
  /** Things that happened. Of “shown”, “regret” and “other” those where it is so. */
  readonly happened: number;
  /** They happened, and the detector made nothing of it. */
  readonly missed: number;
  /** The detector says that they happened, and they didn't. */
  readonly invented: number;
  /** They happened, and the detector took them for something else. */
  readonly confused: number;
  /** Wrong, but not to be told apart by anybody. In none of the others. */
  readonly excepted: number;
}

export function errorsIn({ cells }: Matrix, aspect: Aspect): Errors {
  const of = (isOne: (cell: Cell) => boolean): number =>
    cells.reduce((sum, cell) => sum + (cell.aspect === aspect && isOne(cell) ? cell.count : 0), 0);
  const isWrong = (cell: Cell) => cell.truth !== cell.detected && !cell.isException;
  return {
    happened: of((cell) => !isNothing(cell.truth)),
    missed: of((cell) => isWrong(cell) && isNothing(cell.detected)),
    invented: of((cell) => isWrong(cell) && isNothing(cell.truth)),
    confused: of((cell) => isWrong(cell) && !isNothing(cell.truth) && !isNothing(cell.detected)),
    excepted: of((cell) => cell.isException),
  };
}

function isNothing(label: string): boolean {
  return label === "none" || label === "no" || label === "0";
}

/** What the ledger keeps of it. `run` is this self-test's, `editorVersion` as the editor says it. */
export function selfTestFacts(
  { cells, notDone }: Matrix,
  of: { readonly atMs: number; readonly run: string; readonly editorVersion: string },
): readonly Fact[] {
  return [
    ...cells.map(({ scenario, aspect, truth, detected, count }): Fact => ({
      kind: "selfTest",
      ...of,
      scenario,
      truth: `${aspect}:${truth}`,
      detected: `${aspect}:${detected}`,
      count,
    })),
    ...notDone.map(({ scenario, count }): Fact => ({
      kind: "selfTest",
      ...of,
      scenario,
      truth: "not-done",
      detected: "not-done",
      count,
    })),
  ];
}
