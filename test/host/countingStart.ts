/** How counting begins, where something is in its way or it is switched off meanwhile. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { Counting, type Recording } from "../../src/extension/counting.ts";
import { startRecording } from "../../src/extension/countingStart.ts";
import { CountingError } from "../../src/extension/countingState.ts";
import { troubleWords } from "../../src/extension/countingWords.ts";
import { InputMethods } from "../../src/extension/inputMethods.ts";
import { OffTime } from "../../src/extension/offTime.ts";
import { OwnLedger } from "../../src/extension/ownLedger.ts";
import { SessionClock } from "../../src/extension/sessionClock.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { eventually, setUser } from "./editor.ts";

function remembering(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <Value>(key: string, otherwise?: Value) => (values.get(key) ?? otherwise) as Value,
    update(key: string, value: unknown) {
      values.set(key, value);
      return Promise.resolve();
    },
  };
}

export const countingStartTests: readonly HostTest[] = [
  {
    name: "where the secret can't be made it is tried again, the file is named, and what happened meanwhile is counted",
    async run() {
      const heard: string[] = [];
      const recording: Recording = {
        state: { kind: "counting" },
        heed: ({ kind }) => heard.push(kind),
        jumped: () => {},
        missed: () => heard.push("missed"),
        end: () => Promise.resolve(),
      };
      let isFull = true;
      let tries = 0;
      const inputMethods = new InputMethods();
      const counting = new Counting({
        inputMethods,
        record() {
          tries += 1;
          const full = new CountingError({ reason: "full", detail: "ENOSPC", secret: "/home/me/ledger-secret" });
          return isFull ? Promise.reject(full) : Promise.resolve(recording);
        },
        turnedOff: () => Promise.resolve(),
        changed: () => {},
        failed: () => {},
        retryMs: 50,
      });
      try {
        await eventually("two tries", () => (tries > 1 ? true : undefined));
        assert.equal(
          troubleWords(counting.state)?.text,
          "Suggestions are not counted: the disk is full: /home/me/ledger-secret can't be written.",
        );
        counting.tell({ kind: "accepted", id: "s1" });
        assert.ok(!heard.includes("accepted"));
        isFull = false;
        await eventually("counting", () => (counting.state.kind === "counting" ? true : undefined));
        assert.ok(heard.includes("accepted"));
        assert.ok(!heard.includes("missed"));
      } finally {
        await counting.end();
        inputMethods.dispose();
      }
    },
  },
  {
    name: "switched off while it begins, the time in which it is off has begun and goes on",
    async run() {
      const folder = mkdtempSync(join(tmpdir(), "pairwise-start-"));
      const extension = vscode.extensions.getExtension("pairwise.pairwise");
      assert.ok(extension);
      const own = new OwnLedger({
        folder: join(folder, "ledger"),
        workerFile: vscode.Uri.joinPath(extension.extensionUri, "dist", "ledgerWorker.cjs").fsPath,
        session: "0123456789abcdef",
        changed: () => {},
        log: () => {},
      });
      const offTime = new OffTime(remembering());
      const clock = new SessionClock({ wallMs: Date.now, monotonicMs: () => performance.now() }, () => {});
      const context = { globalStorageUri: vscode.Uri.file(folder) } as vscode.ExtensionContext;
      const begin = (): Promise<Recording> =>
        startRecording(context, offTime, { own, clock, changed: () => {}, failed: () => {} });
      try {
        await offTime.begin(1_000);
        await setUser("ledger.enabled", false);
        await (await begin()).end();
        assert.deepEqual(await own.ledger.lastEvents(10, ["gap"]), []);
        await setUser("ledger.enabled", undefined);
        await (await begin()).end();
        assert.partialDeepStrictEqual(await own.ledger.lastEvents(10, ["gap"]), [
          { reason: "turned-off", fromMs: 1_000 },
        ]);
        assert.equal(await offTime.end(), undefined);
      } finally {
        await setUser("ledger.enabled", undefined);
        await own.end();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];
