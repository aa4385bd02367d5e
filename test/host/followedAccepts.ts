/** What was accepted is followed while files go, are renamed, become files and are committed. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { EditorEventFeed } from "../../src/extension/editorEventFeed.ts";
import { FollowedAccepts, type FollowingNeeds } from "../../src/extension/followedAccepts.ts";
import type { ChangeEvent, EditorEvent } from "../../src/productivity/editorEvents.ts";
import type { PendingAccept } from "../../src/productivity/ledger/batches.ts";
import type { LedgerRecord, SurvivalRecord } from "../../src/productivity/records.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll, eventually } from "./editor.ts";

const TEXT = "function countWombats(herd: Wombat[]): number {\n  return herd.length;\n}\n";
const ACCEPTED = "const sleeping = herd.filter((wombat) => wombat.isAsleep);\n";
const START_MS = Date.UTC(2026, 10, 29, 12);

interface Following {
  readonly folder: string;
  readonly followed: FollowedAccepts;
  readonly pending: Map<string, PendingAccept>;
  readonly commits: LedgerRecord[];
  checks(): readonly string[];
  insert(editor: vscode.TextEditor, text: string): Promise<void>;
  accept(editor: vscode.TextEditor): Promise<void>;
  pass(ms: number): void;
}

/** With the editor's own events, of which the changes are told a little later, and a ledger in memory. */
function following(name: string, body: (it: Following) => Promise<void>): HostTest {
  return {
    name,
    async run() {
      let nowMs = START_MS;
      const folder = mkdtempSync(join(tmpdir(), "pairwise-followed-"));
      const pending = new Map<string, PendingAccept>();
      const commits: LedgerRecord[] = [];
      const checks: SurvivalRecord[] = [];
      const put = (one: PendingAccept): void => void pending.set(one.accept, one);
      const ledger: FollowingNeeds["ledger"] = {
        claimDue: () => Promise.resolve([]),
        claimFile: (file) => Promise.resolve([...pending.values()].filter((each) => each.file === file)),
        lastEvents: () => Promise.resolve(commits.toReversed()),
        leavePending: put,
        putPending: put,
        renewPending: put,
        removePending: (accept) => void pending.delete(accept),
      };
      const followed = new FollowedAccepts({
        ledger,
        nowMs: () => nowMs,
        hmac: (address) => address,
        lexemeHmac: (lexeme) => Buffer.from(lexeme.slice(-4)).toString("hex").padEnd(8, "0"),
        guarded: (work) => work(),
        record: (fact) => {
          if (fact.kind === "survival") checks.push({ ...fact, session: "s" });
        },
      });
      let toldLate: (() => void)[] = [];
      const tellLate = (): void => {
        for (const tell of toldLate) tell();
        toldLate = [];
      };
      let accept: string | undefined;
      const heed = (event: EditorEvent): void => {
        followed.heed(event);
        if (event.kind !== "change") return;
        const origin = accept === undefined ? ({ kind: "other" } as const) : ({ kind: "ai", accept } as const);
        toldLate.push(() => followed.attributed({ change: event, origin }, "e"));
      };
      const feed = new EditorEventFeed(heed, () => nowMs, { isComposing: () => false });
      const renaming = vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) followed.renamed(oldUri, newUri);
      });
      const insert = async (editor: vscode.TextEditor, text: string): Promise<void> => {
        assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), text)));
      };
      try {
        await body({
          folder,
          followed,
          pending,
          commits,
          checks: () => checks.map(({ check, state, reason }) => `${check} ${state} ${reason}`.trim()),
          insert,
          async accept(editor) {
            accept = `s:${pending.size}`;
            await insert(editor, ACCEPTED);
            accept = undefined;
          },
          pass(ms) {
            tellLate();
            nowMs += ms;
            followed.tick(nowMs);
          },
        });
      } finally {
        feed.dispose();
        renaming.dispose();
        rmSync(folder, { recursive: true, force: true });
        await closeAll();
      }
    },
  };
}

async function opened(path: string, text = TEXT): Promise<vscode.TextEditor> {
  writeFileSync(path, text);
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(path), { preview: false });
}

const said = (it: Following, check: string): Promise<unknown> =>
  eventually(check, () => {
    it.pass(0);
    return Promise.resolve(it.checks().includes(check) || undefined);
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${it.checks().join(", ")}`);
  });

export const followedAcceptTests: readonly HostTest[] = [
  following(
    "what was accepted in a file that a terminal has deleted is not alive, though its tab is open",
    async (it) => {
      const path = join(it.folder, "gone.ts");
      const editor = await opened(path);
      await it.accept(editor);
      await editor.document.save();
      it.pass(2_000);
      rmSync(path);
      it.pass(29_000);
      await said(it, "30s censored deleted-file");
      assert.equal(editor.document.isClosed, false);
      writeFileSync(path, editor.document.getText());
      it.pass(90_000);
      await said(it, "2m alive");
    },
  ),
  following("a renamed folder keeps what was accepted in its files", async (it) => {
    const [from, to] = [join(it.folder, "herd"), join(it.folder, "flock")];
    mkdirSync(from);
    const editor = await opened(join(from, "wombats.ts"));
    await it.accept(editor);
    await editor.document.save();
    it.pass(2_000);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(vscode.Uri.file(from), vscode.Uri.file(to));
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually("the renamed file", () =>
      Promise.resolve(vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === join(to, "wombats.ts"))),
    );
    it.pass(29_000);
    await said(it, "30s alive");
    assert.equal([...it.pending.values()][0]?.file, vscode.Uri.file(join(to, "wombats.ts")).toString());
  }),
  following("a closed file in a folder that is renamed keeps what was accepted in it", async (it) => {
    const [from, to] = [join(it.folder, "herd"), join(it.folder, "flock")];
    mkdirSync(from);
    const editor = await opened(join(from, "wombats.ts"));
    await it.accept(editor);
    await editor.document.save();
    it.pass(2_000);
    const address = editor.document.uri.toString();
    it.followed.heed({ kind: "closed", uri: address, atMs: START_MS });
    it.followed.renamed(vscode.Uri.file(from), vscode.Uri.file(to));
    assert.equal([...it.pending.values()][0]?.file, vscode.Uri.file(join(to, "wombats.ts")).toString());
  }),
  following("an untitled document that is saved takes what was accepted along into its file", async (it) => {
    const file = vscode.Uri.file(join(it.folder, "new.ts"));
    const untitled = await vscode.workspace.openTextDocument(file.with({ scheme: "untitled" }));
    const editor = await vscode.window.showTextDocument(untitled);
    await it.insert(editor, TEXT);
    await it.accept(editor);
    it.pass(2_000);
    assert.ok(await untitled.save());
    await eventually("that it is closed", () => Promise.resolve(untitled.isClosed || undefined));
    it.pass(29_000);
    await said(it, "30s alive");
    assert.equal([...it.pending.values()][0]?.file, file.toString());
    const saved = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
    assert.ok(saved);
    const from = saved.positionAt(saved.getText().indexOf(ACCEPTED));
    const shown = await vscode.window.showTextDocument(saved);
    await shown.edit((edit) => edit.delete(new vscode.Range(from, from.translate(1, 0))));
    it.pass(100_000);
    await said(it, "2m dead");
  }),
  following("a commit that another window has seen is the next commit of what waited in the ledger", async (it) => {
    const editor = await opened(join(it.folder, "waiting.ts"));
    await it.accept(editor);
    it.pass(2_000);
    it.followed.end(START_MS + 2_000);
    const stored = [...it.pending.values()];
    assert.equal(stored.length, 1);
    const commit = { kind: "commit", session: "other", project: "p" } as const;
    it.commits.push({ ...commit, atMs: START_MS - 1 }, { ...commit, atMs: START_MS + 5_000 });
    const told: string[] = [];
    const next = new FollowedAccepts({
      ledger: {
        claimDue: () => Promise.resolve([]),
        claimFile: () => Promise.resolve(stored),
        lastEvents: () => Promise.resolve(it.commits.toReversed()),
        leavePending: () => {},
        putPending: () => {},
        renewPending: () => {},
        removePending: () => {},
      },
      nowMs: () => START_MS + 20_000,
      hmac: (address) => address,
      lexemeHmac: (lexeme) => Buffer.from(lexeme.slice(-4)).toString("hex").padEnd(8, "0"),
      guarded: (work) => work(),
      record: (fact) => {
        if (fact.kind === "survival") told.push(`${fact.check} ${fact.state} ${fact.lateMs}`);
      },
    });
    next.repositoryOpened(vscode.Uri.file(it.folder).toString(), "p");
    next.heed({ kind: "active", uri: editor.document.uri.toString(), atMs: START_MS + 20_000 });
    await eventually("the check", () => Promise.resolve(told.length > 0 || undefined));
    assert.deepEqual(told, ["commit alive 15000"]);
  }),
  following("what is accepted between a commit and its being noticed is not in it", async (it) => {
    const editor = await opened(join(it.folder, "late.ts"));
    await it.accept(editor);
    it.pass(5_000);
    await it.accept(editor);
    it.pass(2_000);
    it.followed.committed(vscode.Uri.file(it.folder).toString(), [START_MS + 1_000]);
    it.pass(2_000);
    await said(it, "commit alive");
    assert.equal(it.checks().filter((check) => check.startsWith("commit")).length, 1);
  }),
  following("a document whose language is changed is there when it is told to be closed", async (it) => {
    const { document } = await opened(join(it.folder, "language.ts"));
    const { version } = document;
    const seen: (readonly [isThere: boolean, version: number])[] = [];
    const listener = vscode.workspace.onDidCloseTextDocument((closed) => {
      if (closed.uri.toString() !== document.uri.toString()) return;
      seen.push([vscode.workspace.textDocuments.includes(closed), closed.version]);
    });
    try {
      await vscode.languages.setTextDocumentLanguage(document, "plaintext");
    } finally {
      listener.dispose();
    }
    assert.deepEqual(seen, [[true, version]]);
  }),
  following("what was accepted in a notebook's cell goes along with the notebook, and goes with it", async (it) => {
    const cellOf = (folder: string): string =>
      vscode.Uri.file(join(folder, "herd.ipynb"))
        .with({ scheme: "vscode-notebook-cell", fragment: "W0sZmlsZQ==" })
        .toString();
    const change: ChangeEvent = {
      kind: "change",
      uri: cellOf(it.folder),
      languageId: "python",
      version: 2,
      edits: [{ offset: 0, length: 0, text: ACCEPTED }],
      reason: undefined,
      isDirty: true,
      isSaving: false,
      isComposing: false,
      isOwn: false,
      selectionsBefore: undefined,
      isActive: true,
      atMs: START_MS,
    };
    it.followed.attributed({ change, origin: { kind: "ai", accept: "s:1" } }, "e");
    const renamed = join(it.folder, "renamed");
    it.followed.renamed(vscode.Uri.file(it.folder), vscode.Uri.file(renamed));
    assert.equal(it.pending.get("s:1")?.file, cellOf(renamed));
    it.followed.deleted(vscode.Uri.file(join(renamed, "herd.ipynb")));
    assert.equal(it.pending.size, 0);
    assert.deepEqual(
      new Set(it.checks().map((check) => check.replace(/^\S+ /u, ""))),
      new Set(["censored deleted-file"]),
    );
    return Promise.resolve();
  }),
  following("what is asked of the ledger while everything is deleted comes back to nobody", async (it) => {
    const editor = await opened(join(it.folder, "deleted.ts"));
    await it.accept(editor);
    it.pass(2_000);
    it.followed.heed({ kind: "active", uri: editor.document.uri.toString(), atMs: START_MS });
    it.followed.forgetAll();
    it.pending.clear();
    await new Promise((resolve) => setTimeout(resolve, 20));
    it.pass(100_000);
    assert.deepEqual(it.checks(), []);
  }),
];
