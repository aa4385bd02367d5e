/**
 * The ledger, as a text that nobody can edit; all that is in the file of an event stands where one points at its line. And what
 * came of the test of its counting, in the same way.
 */

import * as vscode from "vscode";
import type { Ledger } from "../productivity/ledger/client.ts";
import { isFailure } from "../productivity/ledger/failure.ts";
import type { LedgerRecord } from "../productivity/records.ts";
import { commands } from "./contributions.ts";
import type { Counting } from "./counting.ts";
import { dayOf, timeOfDay } from "./ledgerFigures.ts";
import { ledgerPage, type LedgerPage, reportLink } from "./ledgerPage.ts";
import { type ColumnName, columnWords, kindWords } from "./ledgerWords.ts";
import { markdownTable } from "./markdownTable.ts";
import type { OwnLedger } from "./ownLedger.ts";
import { setting } from "./settings.ts";

export class LedgerView implements vscode.Disposable {
  readonly #own: ConstructorParameters<typeof LedgerView>[0];
  readonly #counting: Pick<Counting, "state" | "nowMs">;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registrations: readonly vscode.Disposable[];
  /** What is shown. */
  #page: LedgerPage | undefined;
  #testResult = "";

  constructor(
    own: Pick<OwnLedger, "file" | "onDidDelete"> & { readonly ledger: Pick<Ledger, "eventsToSee" | "today"> },
    counting: Pick<Counting, "state" | "nowMs">,
  ) {
    this.#own = own;
    this.#counting = counting;
    this.#registrations = [
      this.#changed,
      // What is gone does not stay on a page that is open, whichever window has deleted it.
      own.onDidDelete(() => this.refresh()),
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: async ({ path }) => {
          if (path === testUri().path) return this.#testResult;
          this.#page = await this.#made();
          return this.#page.text;
        },
      }),
      vscode.languages.registerHoverProvider(
        { scheme: SCHEME },
        {
          provideHover: ({ uri }, { line }) => {
            const event = uri.path === pageUri().path ? this.#page?.events.get(line) : undefined;
            return event && new vscode.Hover(fieldsTable(event));
          },
        },
      ),
      vscode.languages.registerDocumentLinkProvider({ scheme: SCHEME }, { provideDocumentLinks: reportLinks }),
    ];
  }

  async show(): Promise<void> {
    // It may be open with what was so before.
    this.refresh();
    await open(pageUri());
  }

  async showTestResult(text: string): Promise<void> {
    this.#testResult = text;
    this.#changed.fire(testUri());
    await open(testUri());
  }

  /** Where it is open. */
  refresh(): void {
    this.#changed.fire(pageUri());
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
  }

  async #made(): Promise<LedgerPage> {
    const { file, ledger } = this.#own;
    // Which half-hour goes on is said by the clock that the window's events get.
    const [answer, today] = await Promise.all([ledger.eventsToSee(MOST, this.#counting.nowMs()), ledger.today()]);
    const unread = isFailure(answer) && answer.reason === "newer" ? "newer" : undefined;
    return ledgerPage({
      file,
      state: this.#counting.state,
      today,
      events: isFailure(answer) ? unread : answer,
      most: MOST,
      retentionDays: setting("ledger.retentionDays"),
      // As the clock on the wall has it, for whoever reads it.
      nowMs: Date.now(),
    });
  }
}

/** In the head of the page: it has some lines only. */
function reportLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
  for (let line = 0; line < Math.min(document.lineCount, HEAD_LINES); line += 1) {
    const at = document.lineAt(line).text.indexOf(reportLink());
    if (at < 0) continue;
    const range = new vscode.Range(line, at, line, at + reportLink().length);
    return [new vscode.DocumentLink(range, vscode.Uri.parse(`command:${commands.showReport}`))];
  }
  return [];
}

/** An event as it is in the file, with what it means. */
function fieldsTable({ kind, ...fields }: LedgerRecord): vscode.MarkdownString {
  const { l10n } = vscode;
  const rows = Object.entries(fields).map(([name, value]: [string, unknown]) => {
    const column = name as ColumnName;
    return [name, valueWords(name, value), columnWords(kind, column)];
  });
  const head = [l10n.t("In the file"), l10n.t("Value"), l10n.t("Meaning")];
  return new vscode.MarkdownString(`**${kind}**: ${kindWords(kind)}\n\n${markdownTable(head, head.length, rows)}`);
}

/** Times in words, too, in the user's time zone. */
function valueWords(name: string, value: unknown): string {
  if (value === undefined || value === "") return "-";
  if (TIMES.has(name) && typeof value === "number") return `${value} (${dayOf(value)} ${timeOfDay(value)})`;
  return typeof value === "string" ? value : JSON.stringify(value);
}

async function open(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, LANGUAGE));
}

const uriOf = (title: string): vscode.Uri => vscode.Uri.from({ scheme: SCHEME, path: `/${title}.txt` });
const pageUri = (): vscode.Uri => uriOf(vscode.l10n.t("Ledger"));
const testUri = (): vscode.Uri => uriOf(vscode.l10n.t("Test of the Counting"));

const SCHEME = "pairwise-ledger";
/** See package.json. */
const LANGUAGE = "pairwise-ledger";
const MOST = 1_000;
const HEAD_LINES = 10;
const TIMES: ReadonlySet<string> = new Set(["atMs", "fromMs", "toMs"]);
