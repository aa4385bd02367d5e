import * as vscode from "vscode";
import { hostFetch } from "../model/hostFetch.ts";
import { type CatalogueEntry, modelFile } from "../model/catalogue.ts";
import { DownloadError, ensureModel } from "../model/download.ts";
import { EMBEDDED } from "../model/modelReference.ts";
import { removeModel } from "../model/removeModel.ts";
import { isMarkedVerified } from "../model/verified.ts";
import { modelsFolder } from "./chosenModel.ts";
import { sizeWords } from "./sizeWords.ts";
import { openSettings } from "./notices.ts";
import { changeModel, setting } from "./settings.ts";

/** Shared with the status item: a download in progress, and how far it is. */
export interface DownloadMonitor {
  /** Defined while one is under way. */
  readonly download: { readonly share: number | undefined } | undefined;
  start(): void;
  report(share: number | undefined): void;
  end(): void;
}

/**
 * Fetches one of the catalogue's models unless it is here; with `isNew`, has suggestions come from it from then on. Gives
 * whether that came to its end.
 */
export async function fetchModel(
  entry: CatalogueEntry,
  progress: DownloadMonitor,
  log: vscode.LogOutputChannel,
  isNew: boolean,
): Promise<boolean> {
  if (progress.download) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("A model is being downloaded. Cancel that or wait for it."),
    );
    return false;
  }
  progress.start();
  try {
    // What is here and known to be right needs no notification that comes and goes.
    const isHere = await isMarkedVerified(modelFile(modelsFolder(), entry), entry.sha256);
    if (!isHere)
      await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t("Downloading {0}", entry.name),
          cancellable: true,
        },
        (notification, token) => fetchWithProgress(entry, progress, notification, token, log),
      );
    if (isNew) await changeModel(`${EMBEDDED}/${entry.id}`);
    void vscode.window.showInformationMessage(
      vscode.l10n.t("{0} is ready. Type in a file to get a suggestion.", entry.name),
    );
    return true;
  } catch (error) {
    if (error instanceof DownloadError && error.kind === "cancelled") return false;
    log.error(error instanceof Error ? error : String(error));
    // Not awaited: it ends when the message is closed, and the status tells of the download until this function ends.
    void showDownloadFailure(error);
    return false;
  } finally {
    progress.end();
  }
}

/** Asks first. `release` has the file let go of where it is in use. */
export async function removeFile(entry: CatalogueEntry, isInUse: boolean, release: () => void): Promise<void> {
  const { l10n } = vscode;
  const remove = l10n.t("Remove");
  const answer = await vscode.window.showWarningMessage(
    l10n.t("Remove {0} from this machine?", entry.name),
    {
      modal: true,
      detail: isInUse
        ? l10n.t(
            "{0} become free. Suggestions come from it now: they stop until you choose another model.",
            sizeWords(entry.sizeBytes),
          )
        : l10n.t("{0} become free. It can be downloaded again.", sizeWords(entry.sizeBytes)),
    },
    remove,
  );
  if (answer !== remove) return;
  if (isInUse) release();
  await removeModel(entry, modelsFolder());
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
      fetch: hostFetch,
      signal: controller.signal,
      log: (line) => log.info(line),
      onProgress: ({ receivedBytes, totalBytes, source }) => {
        const share = totalBytes ? receivedBytes / totalBytes : undefined;
        progress.report(share);
        const percent = Math.floor((share ?? 0) * 100);
        notification.report({ message: `${source} ${sizeWords(receivedBytes)}`, increment: percent - shownPercent });
        shownPercent = percent;
      },
    });
  } finally {
    cancel.dispose();
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
