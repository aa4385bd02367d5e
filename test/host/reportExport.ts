/** "Export the Report": files, and what is sent, in the real editor with its own thread. */

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { decodedMetrics, type Manner, type MetricsServer, startMetricsServer } from "../support/metricsServer.ts";
import { OwnLedger } from "../../src/extension/ownLedger.ts";
import { isFailure } from "../../src/productivity/ledger/failure.ts";
import type { ReportModel } from "../../src/productivity/report/model.ts";
import { experimentRecords } from "../support/experimentRecords.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll, eventually, open, setUser } from "./editor.ts";
import { counting, ledgerFile, run, suggested, type, whenRecorded } from "./ledgerRig.ts";

const ANSWER = "formatted(quokka);";

interface DayLine {
  readonly code_generation_activity_count: number;
}

interface Asked {
  readonly words: string;
  readonly detail: string | undefined;
}

/** What the user answers: the label of a format, where to, and to each question in turn. */
interface Answers {
  readonly format: string;
  readonly to?: string;
  readonly says?: readonly (string | undefined)[];
  readonly types?: string;
  /** Where the guess after an experiment is asked for. */
  readonly guesses?: (title: string | undefined) => string | undefined;
}

/** Runs the command with these answers, and gives back what was asked and told. */
async function exported({ format, to, says = [], types, guesses }: Answers): Promise<readonly Asked[]> {
  const { window } = vscode;
  const { showQuickPick, showSaveDialog, showOpenDialog, showWarningMessage, showInformationMessage, showInputBox } =
    window;
  const asked: Asked[] = [];
  const left = [...says];
  const say = async (words: string, ...rest: readonly unknown[]): Promise<string | undefined> => {
    const [options] = rest as readonly ({ readonly detail?: string } | undefined)[];
    asked.push({ words, detail: options?.detail });
    const offered = rest.some((each) => typeof each === "string");
    return offered ? left.shift() : undefined;
  };
  const place = to === undefined ? undefined : vscode.Uri.file(to);
  Object.assign(window, {
    showQuickPick: async (items: readonly { readonly label: string }[]) => items.find(({ label }) => label === format),
    showSaveDialog: async () => place,
    showOpenDialog: async () => (place ? [place] : undefined),
    showWarningMessage: say,
    showInformationMessage: say,
    showInputBox: async (options: vscode.InputBoxOptions) => {
      if (options.password === true) return types;
      // Of an experiment of a test before it is asked once, too.
      return guesses?.(options.title);
    },
  });
  try {
    await run("pairwise.exportReport");
    return asked;
  } finally {
    Object.assign(window, {
      showQuickPick,
      showSaveDialog,
      showOpenDialog,
      showWarningMessage,
      showInformationMessage,
      showInputBox,
    });
  }
}

/** After one suggestion was accepted. */
function exporting(name: string, body: (folder: string) => Promise<void>): HostTest {
  return counting(name, ANSWER, async (server, sinceMs) => {
    const editor = await open("function total(lemurs) {\n  return ║\n}\n");
    await type(" ");
    await suggested(server);
    await run("editor.action.inlineSuggest.commit");
    await eventually("the accepted text", () => (editor.document.getText().includes(ANSWER) ? true : undefined));
    await whenRecorded("accept", sinceMs);
    // Nothing more is suggested, and so all exports are of the same figures.
    await closeAll();
    const folder = mkdtempSync(join(tmpdir(), "pairwise-exported-"));
    try {
      await body(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function sending(manner: Manner, body: (server: MetricsServer) => Promise<void>): Promise<void> {
  await using server = await startMetricsServer(manner);
  await setUser("report.otlpEndpoint", server.origin);
  await body(server);
}

function assertNothingOfTheUser(text: string): void {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  for (const secret of ["quokka", "formatted", "lemurs", "Untitled", "untitled:", "file:", folder?.uri.fsPath])
    assert.ok(secret && !text.includes(secret), `${secret} is in what was exported`);
}

const OTLP = "OpenTelemetry, to an end point";

/** One that has ended with a result, and nobody was asked what they think of it. */
async function endedExperiment(number: number): Promise<void> {
  const extension = vscode.extensions.getExtension("pairwise.pairwise");
  assert.ok(extension);
  const other = new OwnLedger({
    folder: dirname(await ledgerFile()),
    workerFile: vscode.Uri.joinPath(extension.extensionUri, "dist", "ledgerWorker.cjs").fsPath,
    session: randomBytes(8).toString("hex"),
    changed: () => {},
    log: () => {},
  });
  try {
    for (const record of experimentRecords({ effect: 3, strata: 40, number })) other.ledger.append(record);
    assert.equal(await other.ledger.flush(), true);
    const { experiments } = other.ledger;
    const state = await experiments.change({ kind: "stop", withdrawsConsent: true }, Date.now());
    assert.ok(!isFailure(state) && state?.status === "stopped");
  } finally {
    await other.end();
  }
}

export const reportExportTests: readonly HostTest[] = [
  exporting(
    "the report is written in each format, with what was just done and nothing of the user's",
    async (folder) => {
      const texts = new Map<string, string>();
      for (const format of ["HTML", "JSON", "Copilot usage metrics", "OpenTelemetry, a file"]) {
        const to = join(folder, "report");
        const [told, ...more] = await exported({ format, to });
        assert.deepEqual([told?.words, more], [`The report is in ${to}.`, []]);
        const text = readFileSync(to, "utf8");
        assertNothingOfTheUser(text);
        texts.set(format, text);
      }
      assert.match(texts.get("HTML") ?? "", /^<!doctype html>/);
      const model = JSON.parse(texts.get("JSON") ?? "") as ReportModel;
      const days = (texts.get("Copilot usage metrics") ?? "").trim().split("\n");
      const metric = decodedMetrics(texts.get("OpenTelemetry, a file") ?? "").metrics.find(
        ({ name }) => name === "pairwise.suggestion.shown",
      );
      const sum = (values: readonly number[] = []): number => values.reduce((total, value) => total + value, 0);
      const shown = model.acceptance.headline.whole;
      assert.ok(shown > 0);
      assert.deepEqual(
        [
          sum(days.map((line) => (JSON.parse(line) as DayLine).code_generation_activity_count)),
          sum(metric?.points.map(({ value }) => value)),
        ],
        [shown, shown],
      );
    },
  ),
  exporting(
    "before the result of an experiment is in a file the guess after it is asked for, and once",
    async (folder) => {
      const to = join(folder, "report.json");
      const titles: (string | undefined)[] = [];
      const guessing = (format: string, guess: string | undefined): ReturnType<typeof exported> =>
        exported({
          format,
          to,
          guesses(title) {
            titles.push(title);
            assert.equal(existsSync(to), false, "nothing is written before");
            return guess;
          },
        });
      const forecast = (): unknown => (JSON.parse(readFileSync(to, "utf8")) as ReportModel).forecast;
      await endedExperiment(2);
      await guessing("Copilot usage metrics", "1.3");
      assert.deepEqual(titles, [], "no result is in these");
      rmSync(to);
      await guessing("JSON", "1.3");
      assert.deepEqual(titles, ["The experiment has ended"]);
      assert.partialDeepStrictEqual(forecast(), { before: 1.2, after: 1.3 });
      await endedExperiment(3);
      rmSync(to);
      await guessing("JSON", undefined);
      assert.equal(titles.length, 2);
      assert.deepEqual(forecast(), { before: 1.2, isBefore: "below" });
      await guessing("JSON", undefined);
      assert.equal(titles.length, 2, "who gives none is not asked again");
    },
  ),
  exporting("its tables are all written, or none where one of them is there already", async (folder) => {
    const [told] = await exported({ format: "CSV", to: folder });
    assert.equal(told?.words, `The report's 17 tables are in ${folder}.`);
    const names = readdirSync(folder);
    assert.equal(names.length, 17);
    for (const name of names) {
      const text = readFileSync(join(folder, name), "utf8");
      assertNothingOfTheUser(text);
      if (name === "pairwise-report-days.csv") assert.match(text, /typescript/);
      if (name !== "pairwise-report-weeks.csv") rmSync(join(folder, name));
    }
    writeFileSync(join(folder, "pairwise-report-weeks.csv"), "mine");
    const [refused] = await exported({ format: "CSV", to: folder });
    assert.equal(refused?.words, "Nothing was written: pairwise-report-weeks.csv is there already.");
    assert.equal(readFileSync(join(folder, "pairwise-report-weeks.csv"), "utf8"), "mine");
    assert.equal(readdirSync(folder).length, 1);
  }),
  exporting("figures are sent only after all of them were shown, with where to, and the user has said yes", () =>
    sending("takes", async (server) => {
      const shown = (): string => vscode.window.activeTextEditor?.document.getText() ?? "";
      const [question, ...more] = await exported({ format: OTLP });
      assert.match(shown(), /^\{\n {2}"resourceMetrics"/, "it is there before the question");
      assertNothingOfTheUser(shown());
      const { words = "" } = question ?? {};
      assert.ok(words.startsWith(`Send this to ${server.origin}/v1/metrics? `), words);
      assert.match(words, / \d+ figures of \d+ kinds, .*service\.instance\.id/);
      assert.doesNotMatch(words, /question mark|headers/);
      assert.deepEqual([more, server.received], [[], []]);
      const told = await exported({ format: OTLP, says: ["Send"] });
      assert.match(told.at(-1)?.words ?? "", /^Sent to http:.*, figures: \d+\.$/);
      const [received, ...others] = server.received;
      assert.ok(received && others.length === 0);
      assert.deepEqual(JSON.parse(received.body), JSON.parse(shown()), "what was shown is what was sent");
      const { resource } = decodedMetrics(received.body);
      assert.equal(resource["service.name"], "pairwise");
      assert.match(resource["service.instance.id"] ?? "", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      // The same machine from then on.
      await exported({ format: OTLP, says: ["Send"] });
      assert.equal(
        decodedMetrics(server.received.at(-1)?.body ?? "").resource["service.instance.id"],
        resource["service.instance.id"],
      );
    }),
  ),
  exporting(
    "headers can be looked at and changed before anything is sent, and the question names what goes along",
    () =>
      sending("takes", async (server) => {
        await setUser("report.otlpEndpoint", `${server.origin}/v1/metrics?tenant=k3y`);
        const says = ["Headers…", "Send"];
        const [before, after] = await exported({ format: OTLP, says, types: "X-Scope=team,Authorization=k3y" });
        assert.match(before?.words ?? "", /What follows the question mark of the address goes there, too\.$/);
        assert.match(after?.words ?? "", /the headers that are kept for this server: x-scope, authorization\.$/);
        assert.doesNotMatch(`${before?.words}${after?.words}`, /k3y/);
        assert.equal(server.received.at(-1)?.headers["x-scope"], "team");
        const [, without] = await exported({ format: OTLP, says, types: "" });
        assert.doesNotMatch(without?.words ?? "", /headers/);
        assert.equal(server.received.at(-1)?.headers["x-scope"], undefined);
      }),
  ),
  exporting("what a server says of it is no link that would run a command", () =>
    sending(
      { status: 400, body: JSON.stringify({ message: "[Mend it](command:pairwise.deleteLedger)" }) },
      async () => {
        const told = await exported({ format: OTLP, says: ["Send"] });
        assert.match(told.at(-1)?.words ?? "", /It says: \[Mend it\] \(command:/);
      },
    ),
  ),
  exporting("a server that wants a key gets it from then on, and no other one does", async () => {
    await sending({ status: 401 }, async (server) => {
      const told = await exported({
        format: OTLP,
        says: ["Send", "Enter headers and send", undefined],
        types: "Authorization=Bearer%20k3y",
      });
      assert.deepEqual(
        server.received.map(({ headers }) => headers.authorization),
        [undefined, "Bearer k3y"],
      );
      assert.ok(told.every(({ words, detail }) => !`${words}${detail}`.includes("k3y")));
      await exported({ format: OTLP, says: ["Send", undefined] });
      assert.equal(server.received.at(-1)?.headers.authorization, "Bearer k3y");
    });
    await sending("takes", async (other) => {
      await exported({ format: OTLP, says: ["Send"] });
      assert.deepEqual(
        other.received.map(({ headers }) => headers.authorization),
        [undefined],
      );
    });
  }),
  exporting("without an address, or with one that is not encrypted, nothing is made and nothing sent", async () => {
    for (const [address, wanted] of [
      ["", /^Where to\? The setting pairwise\.report\.otlpEndpoint has the address; it is empty\.$/],
      [
        "http://collector.example",
        /^pairwise\.report\.otlpEndpoint: Without encryption figures are sent to this machine only/,
      ],
      ["https://me:pw@collector.example", /^pairwise\.report\.otlpEndpoint: A name or a password does not belong/],
    ] as const) {
      await setUser("report.otlpEndpoint", address);
      const [told, ...more] = await exported({ format: OTLP });
      assert.match(told?.words ?? "", wanted);
      assert.deepEqual(more, []);
    }
  }),
];
