/** A window that counts, from its start to its end, and the next one. */

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { isFailure } from "../../src/productivity/ledger/failure.ts";
import { EditorEventFeed } from "../../src/extension/editorEventFeed.ts";
import { OwnLedger } from "../../src/extension/ownLedger.ts";
import { ProductivityRecorder } from "../../src/extension/productivityRecorder.ts";
import { SessionClock } from "../../src/extension/sessionClock.ts";
import { fileHmac } from "../../src/productivity/ledger/fileHmac.ts";
import type { LedgerRecord } from "../../src/productivity/records.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll, eventually, open } from "./editor.ts";

const SUM = "function addWombats(first: number, second: number): number {\n  return ║\n}\n";
const ANSWER = "first + second * wombat;";
const START_MS = Date.UTC(2026, 10, 29, 12);

interface Window {
  readonly recorder: ProductivityRecorder;
  readonly own: OwnLedger;
  readonly faults: unknown[];
  /** From now on. */
  setMs(atMs: number): void;
  records(): Promise<readonly LedgerRecord[]>;
  /** In the same window, after the first recorder has ended. */
  recordAgain(): ProductivityRecorder;
  end(): Promise<void>;
}

/** Starts at that time, which then stands. */
type Start = (atMs: number) => Window;

function withWindows(name: string, body: (start: Start) => Promise<void>): HostTest {
  return {
    name,
    async run() {
      const folder = mkdtempSync(join(tmpdir(), "pairwise-recorder-"));
      const secret = randomBytes(32);
      const extension = vscode.extensions.getExtension("pairwise.pairwise");
      assert.ok(extension);
      const workerFile = vscode.Uri.joinPath(extension.extensionUri, "dist", "ledgerWorker.cjs").fsPath;
      const windows: Window[] = [];
      try {
        await body((startMs) => {
          let atMs = startMs;
          const faults: unknown[] = [];
          const own = new OwnLedger({
            folder,
            workerFile,
            session: randomBytes(8).toString("hex"),
            changed: () => {},
            log: () => {},
          });
          const clock = new SessionClock({ wallMs: () => atMs, monotonicMs: () => 0 }, () => {});
          const hmacs = { ofAddress: fileHmac(secret), ofLexeme: fileHmac(secret, 10_000) };
          const recordAgain = (): ProductivityRecorder =>
            new ProductivityRecorder({
              own,
              clock,
              hmacs,
              changed: () => {},
              failed: (error) => faults.push(error),
            });
          const recorder = recordAgain();
          const window: Window = {
            recorder,
            own,
            faults,
            recordAgain,
            setMs: (laterMs) => (atMs = laterMs),
            async records() {
              const records = await own.ledger.lastEvents(1_000);
              assert.ok(!isFailure(records));
              return records;
            },
            async end() {
              await recorder.end();
              await own.end();
            },
          };
          windows.push(window);
          return window;
        });
        for (const { faults } of windows) assert.deepEqual(faults, []);
      } finally {
        await Promise.all(windows.map((window) => window.end()));
        rmSync(folder, { recursive: true, force: true });
        await closeAll();
      }
    },
  };
}

/** As the editor would tell it, of a change that is really made. */
async function accept({ recorder }: Window, editor: vscode.TextEditor, atMs: number): Promise<void> {
  const { document, selection } = editor;
  const uri = document.uri.toString();
  const offset = document.offsetAt(selection.active);
  const { languageId, version } = document;
  const at = { atMs, uri };
  const suggestion = { id: "s1", insertText: ANSWER, from: offset, to: offset };
  recorder.heed({ kind: "focus", isFocused: true, atMs });
  recorder.heed({ kind: "active", ...at });
  recorder.heed({ kind: "asked", ask: 1, languageId, version, offset, trigger: "automatic", others: false, ...at });
  recorder.heed({
    kind: "answered",
    ask: 1,
    answer: { kind: "returned", suggestions: [suggestion], origin: "model", model: "test/model" },
    ...at,
  });
  assert.ok(await editor.edit((edit) => edit.insert(selection.active, ANSWER)));
  recorder.heed({
    kind: "change",
    languageId,
    version: document.version,
    edits: [{ offset, length: 0, text: ANSWER }],
    reason: undefined,
    isDirty: true,
    isSaving: false,
    isComposing: false,
    isOwn: false,
    selectionsBefore: [{ from: offset, to: offset }],
    isActive: true,
    ...at,
  });
  recorder.heed({ kind: "accepted", id: "s1", atMs });
}

const opens = (window: Window, { uri }: vscode.TextDocument, atMs: number): void => {
  window.recorder.heed({ kind: "focus", isFocused: true, atMs });
  window.recorder.heed({ kind: "active", uri: uri.toString(), atMs });
};

const survivalIn = (window: Window, check: string): Promise<LedgerRecord> =>
  eventually(`the check after ${check}`, async () =>
    (await window.records()).find((record) => record.kind === "survival" && record.check === check),
  );

export const productivityRecorderTests: readonly HostTest[] = [
  withWindows(
    "what was accepted before the window was loaded anew is looked for and found in the next one",
    async (start) => {
      const editor = await open(SUM);
      const first = start(START_MS);
      await accept(first, editor, START_MS);
      await first.end();
      // Changed by what nobody has counted.
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "// Wombats are marsupials.\n"));
      const second = start(START_MS + 35_000);
      opens(second, editor.document, START_MS + 35_000);
      assert.partialDeepStrictEqual(await survivalIn(second, "30s"), {
        state: "alive",
        insertedChars: ANSWER.length,
        survivingChars: ANSWER.length,
        lateMs: 5_000,
      });
      const records = await second.records();
      assert.equal(records.filter(({ kind }) => kind === "accept").length, 1);
      assert.equal(records.filter(({ kind }) => kind === "survival").length, 1);
    },
  ),
  withWindows("what was accepted in an untitled document is alive in the file that it is saved as", async (start) => {
    const folder = mkdtempSync(join(tmpdir(), "pairwise-untitled-"));
    const file = vscode.Uri.file(join(folder, "fresh.ts"));
    const untitled = await vscode.workspace.openTextDocument(file.with({ scheme: "untitled" }));
    const editor = await vscode.window.showTextDocument(untitled);
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "const a = 1;\n")));
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    const window = start(START_MS);
    await accept(window, editor, START_MS);
    const tell = (atMs: number): void => {
      window.setMs(atMs);
      window.recorder.heed({ kind: "focus", isFocused: true, atMs });
    };
    tell(START_MS + 3_000);
    // From here on with the editor's own events.
    const feed = new EditorEventFeed(
      (event) => event.kind !== "focus" && window.recorder.heed(event),
      () => START_MS + 3_000,
      { isComposing: () => false },
    );
    try {
      assert.ok(await untitled.save());
      await eventually("that it is closed", () => Promise.resolve(untitled.isClosed || undefined));
      tell(START_MS + 31_000);
      assert.partialDeepStrictEqual(await survivalIn(window, "30s"), {
        state: "alive",
        isRescued: false,
        survivingChars: ANSWER.length,
      });
      const edits = (await window.records()).filter((record) => record.kind === "edit");
      assert.equal(
        edits.reduce((sum, { deletedChars }) => sum + deletedChars, 0),
        0,
      );
    } finally {
      feed.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
  }),
  withWindows("switched off and on again in one window, nothing has an id that something else had", async (start) => {
    const editor = await open(SUM);
    const first = start(START_MS);
    await accept(first, editor, START_MS);
    await first.recorder.end();
    const again = first.recordAgain();
    await accept({ ...first, recorder: again }, await open(SUM), START_MS);
    await again.end();
    const records = await first.records();
    const accepts = records.filter((record) => record.kind === "accept");
    assert.equal(new Set(accepts.map(({ accept: id }) => id)).size, 2);
    assert.equal(new Set(accepts.map(({ run }) => run)).size, 2);
    const edits = records.filter((record) => record.kind === "edit");
    assert.equal(new Set(edits.map(({ edit }) => edit)).size, 2);
  }),
  withWindows(
    "what was accepted before counting was switched off and on again has its checks in the same window",
    async (start) => {
      const editor = await open(SUM);
      const window = start(START_MS);
      await accept(window, editor, START_MS);
      await window.recorder.end();
      window.setMs(START_MS + 10_000);
      const again = { ...window, recorder: window.recordAgain() };
      opens(again, editor.document, START_MS + 10_000);
      const laterMs = START_MS + 35_000;
      window.setMs(laterMs);
      again.recorder.heed({ kind: "focus", isFocused: true, atMs: laterMs });
      assert.partialDeepStrictEqual(await survivalIn(again, "30s"), { state: "alive", insertedChars: ANSWER.length });
      await again.recorder.end();
    },
  ),
  withWindows("when the ledger is deleted, nothing is said later of what was accepted before", async (start) => {
    // Later than the deletion, so that its time alone keeps nothing away.
    const startMs = Date.now() + 86_400_000;
    const [deleted, kept] = [start(startMs), start(startMs)];
    await accept(deleted, await open(SUM), startMs);
    assert.equal(await deleted.own.ledger.deleteAll(), true);
    // The other window hears of it with the next that it has to do with the file, and lets go of all that it follows.
    assert.ok(!isFailure(await kept.own.ledger.today()));
    await accept(kept, await open(SUM), startMs);
    // By the second check of the one window the first one of the other would have been made.
    for (const [check, afterMs] of [
      ["30s", 31_000],
      ["2m", 121_000],
    ] as const) {
      for (const window of [deleted, kept]) {
        window.setMs(startMs + afterMs);
        window.recorder.heed({ kind: "focus", isFocused: true, atMs: startMs + afterMs });
      }
      await survivalIn(kept, check);
    }
    assert.equal(await deleted.own.ledger.flush(), true);
    const survivals = (await kept.records()).filter(({ kind }) => kind === "survival");
    assert.deepEqual(
      survivals.map(({ session }) => session),
      [kept.own.session, kept.own.session],
    );
  }),
  withWindows("what was deleted meanwhile is not found, and that is what is written", async (start) => {
    const editor = await open(SUM);
    const first = start(START_MS);
    await accept(first, editor, START_MS);
    await first.end();
    const text = editor.document.getText();
    const from = editor.document.positionAt(text.indexOf(ANSWER));
    await editor.edit((edit) => edit.delete(new vscode.Range(from, from.translate(0, ANSWER.length))));
    const second = start(START_MS + 35_000);
    opens(second, editor.document, START_MS + 35_000);
    assert.partialDeepStrictEqual(await survivalIn(second, "30s"), { state: "censored", reason: "not-found" });
  }),
  withWindows(
    "a file that nobody opens again in time is said to be too late, once, by one of two windows",
    async (start) => {
      const editor = await open(SUM);
      const first = start(START_MS);
      await accept(first, editor, START_MS);
      await first.end();
      const laterMs = START_MS + 3_600_000;
      const windows = [start(laterMs), start(laterMs)];
      for (const window of windows) opens(window, editor.document, laterMs);
      const [second] = windows;
      assert.ok(second);
      assert.partialDeepStrictEqual(await survivalIn(second, "2m"), { state: "censored", reason: "too-late" });
      const checks = (await second.records()).flatMap((record) => (record.kind === "survival" ? record.check : []));
      assert.deepEqual(checks.toSorted(), ["10m", "15m", "2m", "30s", "5m"]);
    },
  ),
  withWindows("a fault of what counts ends the counting and nothing else", async (start) => {
    const window = start(START_MS);
    // No such event comes from the editor.
    window.recorder.heed({ kind: "change", isDirty: true, atMs: START_MS } as never);
    assert.equal(window.faults.length, 1);
    assert.partialDeepStrictEqual(window.recorder.state, { kind: "stopped", reason: "broken" });
    window.recorder.heed({ kind: "focus", isFocused: true, atMs: START_MS });
    window.faults.length = 0;
  }),
];
