/**
 * Shows what documents may become, in a text of its own that takes the editor's place: nothing is written into the
 * document, or to the disk, before the user accepts it.
 */

import * as vscode from "vscode";
import { unlinked } from "../text/unlinked.ts";
import { contextKeys } from "./contributions.ts";
import { EditDecorations } from "./editDecorations.ts";
import { lensesOf } from "./editLenses.ts";
import { ShownEdit, tell, type EditEnd } from "./editPreview.ts";
import { closeTabs, EDIT_SCHEME, previewTabs, previewUri, showFile, showPreview, uriInTab } from "./editTabs.ts";
import { tellProblems } from "./editProblems.ts";
import type { EditPreview, EditPreviews } from "./refactorPorts.ts";

/** What the keys and the lines above a preview do. */
export type EditDeed =
  | "acceptAll"
  | "rejectAll"
  | "acceptHunk"
  | "rejectHunk"
  | "next"
  | "previous"
  | "refine"
  | "undo";

interface Shown {
  readonly edit: ShownEdit;
  /** The end of what has come, which is followed while it is seen. */
  front: number | undefined;
  /** The user has moved the caret. */
  isMoved: boolean;
  /** A hunk was settled by key: the caret goes on to the next one as soon as that is shown. */
  isSettled: boolean;
}

export class ShownEdits implements EditPreviews, vscode.Disposable {
  /** By the address of the text that shows it. */
  readonly #shown = new Map<string, Shown>();
  #decorations = new EditDecorations();
  readonly #textChanged = new vscode.EventEmitter<vscode.Uri>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly #registrations: readonly vscode.Disposable[];

  constructor() {
    const { languages, window, workspace } = vscode;
    const { Keyboard, Mouse } = vscode.TextEditorSelectionChangeKind;
    this.#registrations = [
      workspace.registerTextDocumentContentProvider(EDIT_SCHEME, {
        onDidChange: this.#textChanged.event,
        provideTextDocumentContent: (uri) => this.#shown.get(uri.toString())?.edit.merged.text,
      }),
      languages.registerCodeLensProvider(
        { scheme: EDIT_SCHEME },
        {
          onDidChangeCodeLenses: this.#lensesChanged.event,
          provideCodeLenses: ({ uri }) => {
            const shown = this.#shown.get(uri.toString());
            return shown ? [...lensesOf(shown.edit, uri)] : [];
          },
        },
      ),
      workspace.onDidChangeTextDocument(({ document }) => this.#changedText(document)),
      window.onDidChangeVisibleTextEditors(() => this.#decorate()),
      window.onDidChangeActiveColorTheme(() => {
        this.#decorations.dispose();
        this.#decorations = new EditDecorations();
        this.#decorate();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        const shown = this.#shown.get(textEditor.document.uri.toString());
        if (shown && (kind === Keyboard || kind === Mouse)) shown.isMoved = true;
      }),
      window.tabGroups.onDidChangeTabs(({ closed }) => this.#closed(closed)),
    ];
  }

  async open(document: vscode.TextDocument, title: string, refine: (wish: string) => void): Promise<EditPreview> {
    const uri = previewUri(document.uri);
    const key = uri.toString();
    const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
    const old = this.#shown.get(key)?.edit;
    if (old && old.title !== title && !old.signal.aborted)
      tell(vscode.l10n.t("{0}: not accepted, and withdrawn for {1}", old.title, title));
    old?.end("replaced");
    const edit = new ShownEdit(document, title, refine, {
      changed: () => {
        this.#textChanged.fire(uri);
        this.#lensesChanged.fire();
        this.#decorate();
      },
      ended: (how) => {
        if (this.#shown.get(key)?.edit === edit) void this.#end(uri, edit, how);
      },
      refused: (words, anyway) => void tellRefusal(words, anyway, refine),
    });
    edit.startRow = editor?.selection.start.line ?? old?.startRow ?? 0;
    this.#shown.set(key, { edit, front: undefined, isMoved: false, isSettled: false });
    this.#textChanged.fire(uri);
    this.#lensesChanged.fire();
    try {
      await showPreview(uri, document.languageId, editor);
    } catch (error) {
      // It may have been closed, or replaced, before it was there.
      if (edit.signal.aborted) return edit;
      edit.dispose();
      throw error;
    }
    this.#decorate();
    if (edit.signal.aborted && !this.#shown.has(key)) await closeTabs(uri);
    return edit;
  }

  /**
   * @param uri of the text that shows it; without one, of that in front
   * @param id of a hunk; without one, of that at the caret
   */
  async act(deed: EditDeed, uri: unknown, id: unknown): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const address = uri instanceof vscode.Uri ? uri : editor?.document.uri;
    const shown = this.#shown.get(address?.toString() ?? "");
    if (!address || !shown) return;
    const { edit } = shown;
    const here = editor?.document.uri.toString() === address.toString() ? editor : undefined;
    switch (deed) {
      case "acceptAll":
        return edit.accept();
      case "rejectAll":
        return edit.reject();
      case "undo":
        return edit.undo();
      case "acceptHunk":
      case "rejectHunk": {
        if (edit.state !== "offered") return;
        const chosen = typeof id === "number" ? id : hunkAt(edit, here);
        if (chosen === undefined) return here && goTo(edit, here, 1);
        shown.isSettled = typeof id !== "number";
        if (deed === "acceptHunk") await edit.accept([chosen]);
        else await edit.reject([chosen]);
        return;
      }
      case "next":
      case "previous":
        return here && goTo(edit, here, deed === "next" ? 1 : -1);
      case "refine": {
        if (edit.state !== "offered") return;
        const wish = await vscode.window.showInputBox({
          title: edit.title,
          prompt: vscode.l10n.t("What is to be different? It is written again, with what was written before in mind."),
        });
        if (wish?.trim() && !edit.signal.aborted) edit.refine(wish.trim());
      }
    }
  }

  /** Whether there is one to be refined in front. */
  get isInFront(): boolean {
    return this.#shown.has(vscode.window.activeTextEditor?.document.uri.toString() ?? "");
  }

  dispose(): void {
    for (const { edit } of this.#shown.values()) edit.dispose();
    for (const registration of this.#registrations) registration.dispose();
    this.#decorations.dispose();
    this.#textChanged.dispose();
    this.#lensesChanged.dispose();
  }

  #changedText(document: vscode.TextDocument): void {
    if (this.#shown.has(document.uri.toString())) return this.#decorate();
    for (const { edit } of this.#shown.values())
      if (edit.document.uri.toString() === document.uri.toString()) edit.follow(document.getText());
  }

  /** The view goes along with what comes as long as its end is seen; what is offered is begun at its first hunk. */
  #follow(shown: Shown, editor: vscode.TextEditor): void {
    const { edit } = shown;
    if (edit.state === "offered") {
      if (!shown.isMoved || shown.isSettled) goTo(edit, editor, shown.isSettled ? 1 : 0);
      shown.isMoved = true;
      shown.isSettled = false;
      return;
    }
    const front = edit.merged.hunks.at(-1)?.to;
    if (front === undefined) return;
    const before = shown.front ?? edit.startRow;
    const isSeen = editor.visibleRanges.some(({ start, end }) => start.line <= before && before <= end.line + 1);
    shown.front = front;
    if (isSeen) editor.revealRange(new vscode.Range(front, 0, front, 0));
  }

  #decorate(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const shown = this.#shown.get(editor.document.uri.toString());
      // Else the text is on its way, and tells when it is there.
      if (!shown || editor.document.getText() !== shown.edit.merged.text) continue;
      this.#decorations.show(editor, shown.edit.merged);
      this.#follow(shown, editor);
    }
  }

  async #end(uri: vscode.Uri, edit: ShownEdit, how: EditEnd): Promise<void> {
    const { accepted } = edit.counts;
    if (how === "replaced") return;
    const tabs = previewTabs(uri);
    const isInFront = tabs.some((tab) => tab.isActive && tab.group.isActive);
    this.#shown.delete(uri.toString());
    const { document, firstAccepted } = edit;
    const { problemsBefore } = edit;
    // One that was closed is open again where something was written into it.
    const isThere = document.uri.scheme !== "vscode-notebook-cell" && (!document.isClosed || accepted > 0);
    if (isInFront && isThere) {
      const selection = firstAccepted && new vscode.Range(firstAccepted, firstAccepted);
      if (accepted > 0) await keyIsTaken();
      const viewColumn = tabs[0]?.group.viewColumn ?? vscode.ViewColumn.Active;
      await showFile(document.uri, { viewColumn, ...(selection && { selection }) });
    }
    // Another edit of the same document may be shown there by now.
    if (!this.#shown.has(uri.toString())) await closeTabs(uri);
    if (accepted > 0) await tellProblems(document, edit.title, problemsBefore);
    else if (how === "rejected" || how === "closed")
      vscode.window.setStatusBarMessage(vscode.l10n.t("{0}: rejected, the file is as it was", edit.title), TOLD_MS);
  }

  /** A tab that is moved is open elsewhere. */
  #closed(tabs: readonly vscode.Tab[]): void {
    for (const uri of tabs.map(uriInTab))
      if (uri && previewTabs(uri).length === 0) this.#shown.get(uri.toString())?.edit.end("closed");
  }
}

/** The key that accepts, pressed twice, would do to the file what VS Code has it for. */
async function keyIsTaken(): Promise<void> {
  await vscode.commands.executeCommand("setContext", contextKeys.editAccepted, true);
  setTimeout(() => void vscode.commands.executeCommand("setContext", contextKeys.editAccepted, false), TAKEN_MS);
}

function hunkAt({ hunks, merged }: ShownEdit, editor: vscode.TextEditor | undefined): number | undefined {
  const line = editor?.selection.active.line ?? -1;
  return hunks[merged.hunks.findIndex(({ from, to }) => from <= line && line < Math.max(to, from + 1))]?.id;
}

/** To the next hunk, the one before, or with 0 the first one; around the end. */
function goTo({ merged }: ShownEdit, editor: vscode.TextEditor, step: 1 | -1 | 0): void {
  const { line } = editor.selection.active;
  const { hunks } = merged;
  const found =
    step === 1
      ? hunks.find(({ from }) => from > line)
      : step === -1
        ? hunks.findLast(({ to }) => to <= line)
        : undefined;
  const hunk = found ?? (step === -1 ? hunks.at(-1) : hunks[0]);
  if (!hunk) return;
  const caret = new vscode.Position(hunk.from, 0);
  editor.selection = new vscode.Selection(caret, caret);
  editor.revealRange(
    new vscode.Range(Math.max(0, hunk.from - 1), 0, Math.max(hunk.from, hunk.to - 1), 0),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}

async function tellRefusal(
  words: string,
  anyway: (() => void) | undefined,
  refine: (wish: string) => void,
): Promise<void> {
  const { l10n, window } = vscode;
  const [show, again] = [l10n.t("Show the change anyway"), l10n.t("Refine")];
  const chosen = await window.showWarningMessage(unlinked(words), ...(anyway ? [show] : []), again);
  if (chosen === show) anyway?.();
  if (chosen !== again) return;
  const wish = await window.showInputBox({
    prompt: l10n.t("What is to be different? It is written again, with what was written before in mind."),
  });
  if (wish?.trim()) refine(wish.trim());
}

const TOLD_MS = 8_000;
const TAKEN_MS = 600;
