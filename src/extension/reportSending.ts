/** Sends the report's metrics to the end point of the settings: once, after the user has seen what and where to and has said yes. */

import * as vscode from "vscode";
import { endPointOf } from "../productivity/export/endPoint.ts";
import { send, type Sent } from "../productivity/export/sending.ts";
import { endPointFlawWords, isTaken, sentWords } from "../productivity/export/sendingWords.ts";
import type { Speaker } from "../productivity/report/words/speaker.ts";
import { headersIn } from "../report/otlpEnvironment.ts";
import { unlinked } from "../text/unlinked.ts";
import { sentences } from "./punctuation.ts";
import { type ReportExportNeeds, reportAs } from "./reportExport.ts";
import { setting } from "./settings.ts";

export async function sendReport(needs: ReportExportNeeds): Promise<void> {
  const { l10n, window } = vscode;
  const url = await endPoint();
  if (!url) return;
  const made = await reportAs(needs, "otel");
  if (!made) return;
  const json = made.files[0]?.text.trimEnd();
  if (json === undefined || json === "") {
    void window.showInformationMessage(l10n.t("Nothing was counted yet, so nothing was sent."));
    return;
  }
  if (!(await isAgreed(needs, url, json, made))) return;
  await sendAgreed(needs.secrets, url, { json, points: made.points });
}

/** Undefined where there is none that may be used, and the user was told. */
async function endPoint(): Promise<URL | undefined> {
  const { l10n, window, commands } = vscode;
  const text = setting("report.otlpEndpoint");
  const url = endPointOf(text);
  if (typeof url !== "string") return url;
  const open = l10n.t("Open the setting");
  const words =
    text.trim() === ""
      ? l10n.t("Where to? The setting pairwise.report.otlpEndpoint has the address; it is empty.")
      : `pairwise.report.otlpEndpoint: ${endPointFlawWords(speaker(), url)}`;
  if ((await window.showWarningMessage(words, open)) === open)
    await commands.executeCommand("workbench.action.openSettings", "pairwise.report.otlpEndpoint");
  return undefined;
}

interface Counted {
  readonly points: number;
  readonly metrics: number;
}

/** It is shown first, and what is shown is what is sent, to the last character but for the spaces between. */
async function isAgreed(
  { secrets, preview }: ReportExportNeeds,
  url: URL,
  json: string,
  counted: Counted,
): Promise<boolean> {
  const { l10n, window } = vscode;
  await (await preview.get()).show(`${JSON.stringify(JSON.parse(json), undefined, 2)}\n`);
  const [yes, headers] = [l10n.t("Send"), l10n.t("Headers…")];
  for (;;) {
    const words = questionWords(url, counted, await keptHeaders(secrets, url));
    const answer = await window.showWarningMessage(unlinked(words), yes, headers);
    if (answer !== headers) return answer === yes;
    await isEntered(secrets, url);
  }
}

function questionWords(url: URL, { points, metrics }: Counted, headers: Readonly<Record<string, string>>): string {
  const { l10n } = vscode;
  const names = Object.keys(headers);
  return sentences(
    l10n.t("Send this to {0}?", url.origin + url.pathname),
    l10n.t(
      "It is all that would be sent, once: {0} figures of {1} kinds, without any text, path or name of a project. By a random number of this installation (service.instance.id) whoever gets it tells machines apart. It can't be called back.",
      points,
      metrics,
    ),
    url.search === "" ? "" : l10n.t("What follows the question mark of the address goes there, too."),
    names.length === 0 ? "" : l10n.t("Beside it go the headers that are kept for this server: {0}.", names.join(", ")),
  );
}

async function sendAgreed(
  secrets: vscode.SecretStorage,
  url: URL,
  what: { readonly json: string; readonly points: number },
): Promise<void> {
  const { l10n, window, ProgressLocation } = vscode;
  const title = l10n.t("Sending the report's figures");
  const sent = await window.withProgress(
    { location: ProgressLocation.Notification, title },
    async (): Promise<Sent> => {
      const headers = await keptHeaders(secrets, url);
      // The extension host's own `fetch`, which takes the editor's proxy and certificates.
      return send({ url, headers, json: what.json, fetch, signal: AbortSignal.timeout(TIMEOUT_MS) });
    },
  );
  // What the server says of it may be anything.
  const words = unlinked(sentWords(speaker(), sent, url, what.points));
  if (isTaken(sent)) {
    void window.showInformationMessage(words);
    return;
  }
  const isKeyWanted = sent.kind === "refused" && (sent.status === 401 || sent.status === 403);
  const enter = l10n.t("Enter headers and send");
  const answer = await window.showWarningMessage(words, ...(isKeyWanted ? [enter] : []));
  if (answer === enter && (await isEntered(secrets, url))) await sendAgreed(secrets, url, what);
}

async function isEntered(secrets: vscode.SecretStorage, url: URL): Promise<boolean> {
  const { l10n, window } = vscode;
  const entered = await window.showInputBox({
    title: l10n.t("Headers for {0}", url.origin),
    prompt: l10n.t(
      "As OTEL_EXPORTER_OTLP_HEADERS has them: Authorization=Bearer%20…, several with commas. They are kept in VS Code's secret storage, for this address alone; an empty line removes them.",
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (headersIn(text) ? undefined : l10n.t("Headers look like name=value,name=value.")),
  });
  if (entered === undefined) return false;
  if (entered.trim() === "") await secrets.delete(secretFor(url));
  else await secrets.store(secretFor(url), entered);
  return true;
}

const keptHeaders = async (secrets: vscode.SecretStorage, url: URL): Promise<Readonly<Record<string, string>>> =>
  headersIn((await secrets.get(secretFor(url))) ?? "") ?? {};

const secretFor = ({ origin }: URL): string => `otlp-headers:${origin}`;

const speaker = (): Speaker => ({ t: vscode.l10n.t, language: vscode.env.language });

const TIMEOUT_MS = 10_000;
