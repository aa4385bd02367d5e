import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { catalogue, modelFile, type CatalogueEntry, type ModelNote } from "../model/catalogue.ts";
import { DownloadError, ensureModel } from "../model/download.ts";
import { EMBEDDED } from "../model/modelReference.ts";
import { knownForSuggestions, modelsFolder } from "./chosenModel.ts";
import { openSettings } from "./notices.ts";
import { changeSetting, setting } from "./settings.ts";

/** Shared with the status item: a download in progress, and how far it is. */
export interface DownloadMonitor {
  /** Defined while one is under way. */
  readonly download: { readonly share: number | undefined } | undefined;
  start(): void;
  report(share: number | undefined): void;
  end(): void;
}

/** Lets the user pick one of the catalogue's models, fetches it, and uses it from then on. */
export async function downloadModel(progress: DownloadMonitor, log: vscode.LogOutputChannel): Promise<void> {
  if (progress.download) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("A model is being downloaded. Cancel that or wait for it."),
    );
    return;
  }
  const entry = await pickEntry();
  if (!entry || progress.download) return;
  progress.start();
  try {
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t("Downloading {0}", entry.name),
        cancellable: true,
      },
      (notification, token) => fetchWithProgress(entry, progress, notification, token, log),
    );
    await changeSetting("model.suggestions", () => `${EMBEDDED}/${entry.id}`);
    void vscode.window.showInformationMessage(
      vscode.l10n.t("{0} is ready. Type in a file to get a suggestion.", entry.name),
    );
  } catch (error) {
    if (error instanceof DownloadError && error.kind === "cancelled") return;
    log.error(error instanceof Error ? error : String(error));
    // Not awaited: it ends when the message is closed, and the status tells of the download until this function ends.
    void showDownloadFailure(error);
  } finally {
    progress.end();
  }
}

async function fetchWithProgress(
  entry: CatalogueEntry,
  progress: DownloadMonitor,
  notification: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const controller = new AbortController();
  const cancel = token.onCancellationRequested(() => controller.abort());
  let shownPercent = 0;
  try {
    await ensureModel(entry, {
      folder: modelsFolder(),
      mirror: setting("model.mirror") || undefined,
      hfEndpoint: process.env["HF_ENDPOINT"],
      fetch: (input, init) => globalThis.fetch(input, init),
      signal: controller.signal,
      log: (line) => log.info(line),
      onProgress: ({ receivedBytes, totalBytes, source }) => {
        const share = totalBytes ? receivedBytes / totalBytes : undefined;
        progress.report(share);
        const percent = Math.floor((share ?? 0) * 100);
        notification.report({ message: `${source} ${megabytes(receivedBytes)}`, increment: percent - shownPercent });
        shownPercent = percent;
      },
    });
  } finally {
    cancel.dispose();
  }
}

async function pickEntry(): Promise<CatalogueEntry | undefined> {
  const chosen = knownForSuggestions();
  const current = chosen?.kind === "catalogue" ? chosen.entry.id : undefined;
  const items = catalogue.map((entry) => ({
    label: entry.name,
    description: `${megabytes(entry.sizeBytes)} · ${entry.licence}`,
    detail: [
      noteWords(entry.note),
      vscode.l10n.t("For machines with {0} GB of memory.", entry.recommendedMemoryGiB),
      presence(entry, current),
    ].join(vscode.env.language.startsWith("zh") ? "" : " "),
    entry,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Choose a local model"),
    placeHolder: vscode.l10n.t("It is fetched once and runs on this machine."),
  });
  return picked?.entry;
}

function presence(entry: CatalogueEntry, current: string | undefined): string {
  if (!existsSync(modelFile(modelsFolder(), entry))) return "";
  return entry.id === current ? vscode.l10n.t("In use.") : vscode.l10n.t("Already here.");
}

function noteWords(note: ModelNote): string {
  const { l10n } = vscode;
  switch (note) {
    case "smallest":
      return l10n.t("The smallest: shows that everything works, and helps on a weak machine.");
    case "recommended":
      return l10n.t("Recommended for work.");
    case "strong":
      return l10n.t("Better suggestions, for a fast machine.");
    case "light":
      return l10n.t("Light.");
    case "non-commercial":
      return l10n.t("Its licence allows research and evaluation only.");
    case "use-restricted":
      return l10n.t("Its licence restricts some uses.");
    case "historic":
      return l10n.t("A 2023 model that follows instructions; weak at code.");
  }
}

async function showDownloadFailure(error: unknown): Promise<void> {
  const { title, command, argument } = openSettings("pairwise.model");
  const picked = await vscode.window.showErrorMessage(downloadFailureText(error), title);
  if (picked === title) await vscode.commands.executeCommand(command, argument);
}

function downloadFailureText(error: unknown): string {
  const { l10n } = vscode;
  if (!(error instanceof DownloadError)) return l10n.t("The model could not be fetched. The log has the details.");
  switch (error.kind) {
    case "no-source":
      return l10n.t(
        "No source of the model could be reached. Set pairwise.model.mirror to one that can, or have pairwise.model.suggestions name a GGUF file of your own (embedded/~/models/mine.gguf) or a model on a server.",
      );
    case "verification-failed":
      return l10n.t(
        "The fetched model is not the published file and was removed. Try again or choose another source with pairwise.model.mirror.",
      );
    case "no-space":
      return l10n.t("There is not enough space on the disk for the model.");
    case "not-writable":
      return l10n.t("The folder {0} can't be written.", modelsFolder());
    case "cancelled":
      return l10n.t("The download was cancelled.");
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000).toLocaleString(vscode.env.language)} MB`;
}
