/** The command that tests the counting in this editor: asks first, plays, stores the result and shows it. */

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Ledger } from "../productivity/ledger/client.ts";
import type { Finding } from "../productivity/selfTest/findings.ts";
import { type Matrix, matrixOf, selfTestFacts } from "../productivity/selfTest/matrix.ts";
import { canRun, type Sample, waitingMs } from "../productivity/selfTest/sample.ts";
import { samples } from "../productivity/selfTest/scenarios.ts";
import { CountingPlay } from "./countingPlay.ts";
import { matrixPage } from "./matrixPage.ts";

export interface TestNeeds {
  readonly ledger: Pick<Ledger, "append" | "flush">;
  readonly session: string;
  /** For the documents of the test: made, and removed afterwards. */
  readonly folder: vscode.Uri;
  /** The page with the result. */
  show(text: string): Promise<void>;
  /** Names of others that suggest: they would come between. */
  readonly others: readonly string[];
}

export async function testCounting(needs: TestNeeds): Promise<void> {
  const { l10n, window } = vscode;
  const wanted = samples(OF_EACH).filter((sample) => canRun("commands", sample));
  const minutes = Math.ceil(wanted.reduce((sum, sample) => sum + SAMPLE_MS + waitingMs(sample), 0) / 60_000);
  const start = l10n.t("Start the test");
  const detail = [
    l10n.t(
      "{0} scripted suggestions are played in a document of their own, and what was counted of each is compared with what was done. It takes about {1} minutes. Leave keyboard and mouse alone meanwhile. Nothing of it is in your figures, and no model is asked.",
      wanted.length,
      minutes,
    ),
    ...(needs.others.length > 0
      ? [l10n.t("{0} may suggest, too: turn that off first, or samples will be left out.", needs.others.join(", "))]
      : []),
  ];
  const answer = await window.showInformationMessage(
    l10n.t("Test the counting of suggestions?"),
    { modal: true, detail: detail.join("\n\n") },
    start,
  );
  if (answer !== start) return;
  const title = l10n.t("Testing the counting of suggestions");
  const location = vscode.ProgressLocation.Notification;
  const matrix = await window.withProgress({ location, title, cancellable: true }, (progress, token) =>
    playAll(needs.folder, wanted, token, (done) =>
      progress.report({ message: `${done} / ${wanted.length}`, increment: 100 / wanted.length }),
    ),
  );
  // Of a test that was given up nothing is kept: it would look like one of fewer scenarios.
  if (!matrix) return;
  store(needs, matrix);
  await needs.show(matrixPage(matrix, vscode.version));
}

/** `undefined` where it was cancelled. Whatever happens, the folder is gone afterwards. */
export async function playAll(
  folder: vscode.Uri,
  wanted: readonly Sample[],
  token: Pick<vscode.CancellationToken, "isCancellationRequested">,
  done: (count: number) => void,
): Promise<Matrix | undefined> {
  const played: { scenario: string; findings: readonly Finding[] | undefined }[] = [];
  const play = new CountingPlay(folder);
  try {
    for (const [index, sample] of wanted.entries()) {
      if (token.isCancellationRequested) return undefined;
      // A key that came too early or too late for the editor: once more.
      const findings = (await play.play(sample)) ?? (await play.play(sample));
      played.push({ scenario: sample.scenario, findings });
      done(index + 1);
    }
    return matrixOf(played);
  } finally {
    await play.end();
  }
}

function store({ ledger, session }: TestNeeds, matrix: Matrix): void {
  const run = randomBytes(RUN_BYTES).toString("hex");
  for (const fact of selfTestFacts(matrix, { run, editorVersion: vscode.version, atMs: Date.now() }))
    if (fact.kind === "selfTest") ledger.append({ ...fact, session });
}

const OF_EACH = 5;
/** What a sample takes besides its waiting, measured on two cores. */
const SAMPLE_MS = 1_600;
const RUN_BYTES = 8;
