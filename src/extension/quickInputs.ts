import * as vscode from "vscode";
import { BACK, type Back } from "./steps.ts";

export interface Row<T> extends vscode.QuickPickItem {
  /** Without one the row only tells something. */
  readonly value?: T;
  readonly isInUse?: boolean;
}

interface Picked<T> {
  readonly value: T;
  /** Of the row, where one was pressed instead of the row itself. */
  readonly button: vscode.QuickInputButton | undefined;
}

interface PickOptions<T> {
  readonly title: string;
  readonly placeHolder: string;
  readonly rows: readonly Row<T>[];
  /** Takes the place of `rows` when it is there. Does not reject, but where the signal was aborted. */
  readonly later?: (signal: AbortSignal) => Promise<readonly Row<T>[]>;
  /** Takes the place of `placeHolder` when those of `later` are there: they may be out of sight. */
  readonly hint?: () => string | undefined;
  /** While `later` is waited for. */
  readonly waiting?: string;
  /** The row that is chosen from the start. */
  readonly isFirst?: (row: Row<T>) => boolean;
  readonly canGoBack: boolean;
}

/** Said below an input while something is typed. */
export interface Remark {
  readonly message: string;
  readonly severity: "info" | "warning" | "error";
}

interface TextOptions {
  readonly title: string;
  readonly prompt: string;
  readonly placeHolder?: string;
  readonly value?: string;
  readonly password?: boolean;
  /** Unless it is false. */
  readonly canGoBack?: boolean;
  /** With `isFinal`, Enter was pressed: an error keeps the input open. An empty text is never taken. */
  readonly check: (text: string, isFinal: boolean) => Remark | undefined;
  /** Leads to a page, and the input stays. */
  readonly page?: { readonly title: string; readonly url: string };
}

/** How the user is asked. `undefined` where it was closed: then nothing is to change. */
export interface Ask {
  pick<T>(options: PickOptions<T>): Promise<Picked<T> | Back | undefined>;
  text(options: TextOptions): Promise<string | Back | undefined>;
}

export const ask: Ask = { pick, text };

function pick<T>(options: PickOptions<T>): Promise<Picked<T> | Back | undefined> {
  const input = vscode.window.createQuickPick<Row<T>>();
  const closed = new AbortController();
  input.title = options.title;
  input.placeholder = options.placeHolder;
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  input.items = options.rows;
  if (options.canGoBack) input.buttons = [vscode.QuickInputButtons.Back];
  const show = (rows: readonly Row<T>[], isFirst: (row: Row<T>) => boolean): void => {
    input.items = rows;
    const first = rows.find((row) => row.value !== undefined && isFirst(row)) ?? rows.find(isChoice);
    if (first) input.activeItems = [first];
  };
  show(options.rows, options.isFirst ?? isChoice);
  const { promise, resolve } = Promise.withResolvers<Picked<T> | Back | undefined>();
  input.onDidAccept(() => {
    const value = input.activeItems[0]?.value;
    if (value !== undefined) resolve({ value, button: undefined });
  });
  input.onDidTriggerItemButton(({ item: { value }, button }) => {
    if (value !== undefined) resolve({ value, button });
  });
  input.onDidTriggerButton(() => resolve(BACK));
  input.onDidHide(() => resolve(undefined));
  input.show();
  if (options.later) void fill(input, options, options.later(closed.signal), show);
  return promise.finally(() => {
    closed.abort();
    input.dispose();
  });
}

async function fill<T>(
  input: vscode.QuickPick<Row<T>>,
  options: PickOptions<T>,
  later: Promise<readonly Row<T>[]>,
  show: (rows: readonly Row<T>[], isFirst: (row: Row<T>) => boolean) => void,
): Promise<void> {
  input.busy = true;
  input.placeholder = options.waiting ?? options.placeHolder;
  try {
    const rows = await later;
    // What the user has moved to in the meantime stays chosen, and nothing scrolls.
    const label = input.activeItems[0]?.label;
    input.keepScrollPosition = true;
    const hasMoved = label !== undefined && input.activeItems[0] !== options.rows.find(isChoice);
    show(rows, hasMoved ? (row) => row.label === label : (options.isFirst ?? isChoice));
  } catch {
    // Only where nobody looks any more.
  } finally {
    input.busy = false;
    input.placeholder = options.hint?.() ?? options.placeHolder;
  }
}

function isChoice<T>(row: Row<T>): boolean {
  return row.value !== undefined;
}

function text(options: TextOptions): Promise<string | Back | undefined> {
  const input = vscode.window.createInputBox();
  input.title = options.title;
  input.prompt = options.prompt;
  input.placeholder = options.placeHolder;
  input.value = options.value ?? "";
  input.password = options.password ?? false;
  // The key, or the address, is fetched from another window.
  input.ignoreFocusOut = true;
  const page = options.page && { iconPath: new vscode.ThemeIcon("link-external"), tooltip: options.page.title };
  const back = options.canGoBack === false ? [] : [vscode.QuickInputButtons.Back];
  input.buttons = [...back, ...(page ? [page] : [])];
  const { promise, resolve } = Promise.withResolvers<string | Back | undefined>();
  input.onDidChangeValue((value) => {
    input.validationMessage = shown(value === "" ? undefined : options.check(value, false));
  });
  input.onDidAccept(() => {
    if (input.value.trim() === "") return;
    const remark = options.check(input.value, true);
    if (remark?.severity === "error") input.validationMessage = shown(remark);
    else resolve(input.value);
  });
  input.onDidTriggerButton((button) => {
    if (button === vscode.QuickInputButtons.Back) resolve(BACK);
    else if (options.page) void vscode.env.openExternal(vscode.Uri.parse(options.page.url));
  });
  input.onDidHide(() => resolve(undefined));
  input.show();
  return promise.finally(() => input.dispose());
}

function shown(remark: Remark | undefined): vscode.InputBoxValidationMessage | undefined {
  if (!remark) return undefined;
  const { Info, Warning, Error } = vscode.InputBoxValidationSeverity;
  const severity = { info: Info, warning: Warning, error: Error }[remark.severity];
  return { message: remark.message, severity };
}
