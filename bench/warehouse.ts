/** What a warehouse takes to sum up thousands of people's half-hours, and whether its verdict is that of the rows. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findClickHouse } from "../scripts/clickHouse.ts";
import type { Figures, Sizes } from "./figures.ts";
import { goals } from "./goals.ts";

interface WarehouseBench {
  /** Of 4,000 half-hours each. */
  readonly people: number;
  /** Of whom the rows are read as files, too. */
  readonly readPeople: number;
}

export const warehouseBench: Sizes<WarehouseBench> = {
  full: { people: 5_000, readPeople: 500 },
  quick: { people: 250, readPeople: 50 },
};

/** Missing where `npm run test:warehouse` has not fetched ClickHouse: it is too large to be fetched for a bench. */
export function measureWarehouse({ people, readPeople }: WarehouseBench): Figures {
  const library = findClickHouse();
  if (library === undefined) {
    const keys = Object.keys(goals).filter((key) => key.startsWith("warehouse."));
    const why = "not measured here: `npm run test:warehouse` fetches ClickHouse";
    return { figures: {}, runs: {}, missing: Object.fromEntries(keys.map((key) => [key, why])) };
  }
  const figures = inFolder((folder) => {
    const part = partOf(library, folder);
    // One process fills it and another asks, whose memory is that of the questions alone.
    part("fill", readPeople);
    const compared = part("compare", readPeople);
    part("fill", people);
    return { ...part("ask", people), ...compared };
  });
  return { figures, runs: {}, missing: {} };
}

type Part = (what: "fill" | "compare" | "ask", people: number) => Readonly<Record<string, number>>;

function partOf(library: string, folder: string): Part {
  const script = join(import.meta.dirname, "warehouse", "parts.ts");
  return (what, people) => {
    const printed = execFileSync(process.execPath, [script, what, folder, String(people)], {
      encoding: "utf8",
      env: { ...process.env, PAIRWISE_CHDB: library },
    });
    return JSON.parse(printed) as Readonly<Record<string, number>>;
  };
}

function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-warehouse-bench-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
