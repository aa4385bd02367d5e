import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Fact, LedgerRecord } from "../../src/productivity/records.ts";
import { type Aspect, type Finding, findingsOf } from "../../src/productivity/selfTest/findings.ts";
import { errorsIn, type Matrix, matrixOf } from "../../src/productivity/selfTest/matrix.ts";
import { matrixText } from "../../src/productivity/selfTest/matrixText.ts";
import { canRun, type Sample } from "../../src/productivity/selfTest/sample.ts";
import { samples } from "../../src/productivity/selfTest/scenarios.ts";
import { fakeProvider } from "../support/fakeProvider.ts";
import { type HoleServer, holeServerSettings, startHoleServer } from "../support/holeServer.ts";
import { type Carried, CountingHelper, carryOut } from "./countingKeys.ts";
import { openWorkbench, statusItem, type Workbench } from "./workbench.ts";
import { recordsOf } from "./workbenchLedger.ts";

/** Of each scenario; of those that alone have a kind of truth as many as a cell needs. */
const OF_EACH = Number(process.env["PAIRWISE_COUNTING_SAMPLES"] ?? 7);
const IN_A_CELL = 22;
const ALONE = new Set(["type-through"]);

const all = samples(IN_A_CELL).filter((sample) => canRun("keys", sample));
const isBesideOthers = (sample: Sample): boolean => sample.steps.some((step) => step.do === "otherProvider");

let server: HoleServer;
let temporary: string;
before(async () => {
  server = await startHoleServer();
  temporary = mkdtempSync(join(tmpdir(), "pairwise-counting-"));
});
after(async () => {
  await server?.close();
  rmSync(temporary, { recursive: true, force: true });
});

function chosen(isWanted: (sample: Sample) => boolean): readonly Sample[] {
  const taken = new Map<string, number>();
  return all.filter((sample) => {
    const count = taken.get(sample.scenario) ?? 0;
    if (!isWanted(sample) || count >= (ALONE.has(sample.scenario) ? IN_A_CELL : OF_EACH)) return false;
    taken.set(sample.scenario, count + 1);
    return true;
  });
}

async function workbenchFor(others: readonly string[]): Promise<{ workbench: Workbench; helper: CountingHelper }> {
  const rpc = mkdtempSync(join(temporary, "rpc-"));
  const { machineSettings, settings } = holeServerSettings(server);
  const workbench = await openWorkbench({
    machineSettings,
    settings: {
      ...settings,
      "editor.suggestOnTriggerCharacters": false,
      "editor.wordBasedSuggestions": "off",
      "editor.parameterHints.enabled": false,
      "editor.formatOnSave": true,
      "editor.defaultFormatter": "pairwise-tests.counting-helper",
      "typescript.autoClosingTags": false,
      "javascript.autoClosingTags": false,
      "html.autoClosingTags": false,
    },
    others: [join(import.meta.dirname, "countingHelper"), ...others],
  });
  // It looks for this when the window is loaded anew.
  writeFileSync(join(workbench.folder, "counting-helper.json"), JSON.stringify({ rpc }));
  await workbench.page.reload();
  await workbench.page.locator(".monaco-workbench .part.editor").waitFor({ timeout: 60_000 });
  const helper = new CountingHelper(rpc);
  await helper.ask({ kind: "close" });
  await workbench.page.waitForTimeout(3_000);
  return { workbench, helper };
}

/** What the ledger has of a sample: by when it was, and of its suggestions. */
function factsOf(records: readonly LedgerRecord[], { fromMs, toMs }: Carried): readonly Fact[] {
  const within = records.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  const runs = new Set(within.flatMap((record) => ("run" in record && record.run !== undefined ? [record.run] : [])));
  const accepts = new Set(within.flatMap((record) => (record.kind === "accept" ? [record.accept] : [])));
  const isOfIt = (record: LedgerRecord): boolean => {
    if (record.kind === "regret") return accepts.has(record.accept);
    return (record.kind === "accept" || record.kind === "shown" || record.kind === "end") && runs.has(record.run);
  };
  // The address is all that a record lacks, and nobody looks at it here.
  return records.filter(isOfIt) as unknown as readonly Fact[];
}

/** How long the grey text was seen is known within bounds: what is right at one of them, or not known there, is not wrong. */
function findingsIn(carried: Carried, facts: readonly Fact[]): readonly Finding[] | undefined {
  if (carried.trouble !== undefined) return undefined;
  const { least, most } = carried.visibleMs;
  const atMost = findingsOf({ ...carried, facts, visibleForMs: most });
  const findings = findingsOf({ ...carried, facts, visibleForMs: least });
  return findings?.flatMap((finding) => {
    if (finding.truth === finding.detected || !finding.aspect.startsWith("shown")) return [finding];
    const other = atMost?.find(({ aspect }) => aspect === finding.aspect);
    return other === undefined ? [] : [other];
  });
}

interface Measured {
  readonly matrix: Matrix;
  /** Each finding that is wrong, and each sample that was not carried out. */
  readonly wrong: readonly string[];
  readonly notDone: readonly string[];
}

async function measured(others: readonly string[], wanted: readonly Sample[]): Promise<Measured> {
  const { workbench, helper } = await workbenchFor(others);
  try {
    const carried: Carried[] = [];
    for (const [number, sample] of wanted.entries()) {
      const one = await carryOut(workbench, helper, server, sample, number);
      // A key that came too early or too late for the editor: once more.
      const again =
        one.trouble === undefined ? [] : [await carryOut(workbench, helper, server, sample, number + wanted.length)];
      carried.push(again[0] ?? one);
    }
    // With the window all that is followed ends, and is written.
    await workbench.page.reload();
    await statusItem(workbench.page).waitFor({ timeout: 60_000 });
    await workbench.page.waitForTimeout(2_000);
    const records = recordsOf(workbench, ["accept", "end", "regret", "response", "shown"]);
    const found = carried.map((one) => {
      const facts = factsOf(records, one);
      return { one, facts, findings: findingsIn(one, facts), scenario: one.sample.scenario };
    });
    return {
      matrix: matrixOf(found),
      wrong: found.flatMap(({ one, facts, findings }) => {
        const wrong = findings?.filter(({ truth, detected, isException }) => truth !== detected && !isException) ?? [];
        if (wrong.length === 0) return [];
        return [`${JSON.stringify(wrong)} in ${JSON.stringify(one.sample)}: ${JSON.stringify(facts)}`];
      }),
      notDone: carried.flatMap(({ sample, trouble }) =>
        trouble === undefined ? [] : [`${sample.scenario}: ${trouble}`],
      ),
    };
  } finally {
    await workbench.close();
  }
}

function printed(matrix: Matrix): string {
  return matrixText(matrix, {
    aspects: Object.fromEntries(matrix.cells.map(({ aspect }) => [aspect, aspect])) as Record<Aspect, string>,
    label: (label) => label,
    corner: "truth, detected",
    errors: (errors) => JSON.stringify(errors),
    notDone: "not done",
  });
}

test("of what is done with real keys no accept is missed and none invented, and what was shown and how it ended is right", async (context) => {
  const wanted = chosen((sample) => !isBesideOthers(sample));
  const { matrix, wrong, notDone } = await measured([], wanted);
  const text = printed(matrix);
  context.diagnostic(text);
  const out = join(import.meta.dirname, "..", "..", "out");
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "counting-matrix.txt"), [text, ...wrong, ...notDone].join("\n"));
  assert.deepEqual(wrong, []);
  assert.ok(notDone.length <= wanted.length / 20, notDone.join("\n"));
  const right = (aspect: Aspect, label: string): number =>
    matrix.cells.reduce(
      (sum, cell) => sum + (cell.aspect === aspect && cell.truth === label && cell.detected === label ? cell.count : 0),
      0,
    );
  for (const part of ["full", "word", "line"])
    assert.ok(right("accept", part) >= 20, `${part}: ${right("accept", part)}`);
  for (const outcome of ["accepted", "partly-accepted", "typed-through", "rejected", "ignored"])
    assert.ok(right("outcome", outcome) >= 20, `${outcome}: ${right("outcome", outcome)}`);
});

test("beside another provider they are counted apart", async () => {
  const { matrix, wrong, notDone } = await measured([fakeProvider(join(temporary, "other"))], chosen(isBesideOthers));
  assert.deepEqual([...wrong, ...notDone], []);
  assert.ok(errorsIn(matrix, "other").happened >= 5);
});
