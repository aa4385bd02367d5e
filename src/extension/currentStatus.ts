import * as vscode from "vscode";
import type { Activity } from "./activity.ts";
import { refusalFor } from "./inlineCompletions.ts";
import type { ModelSource } from "./modelSource.ts";
import { editorSuggests, languageEnabled, setting } from "./settings.ts";
import { statusOf, type Status } from "./status.ts";

/** The status as it is for the active editor. */
export function currentStatus(activity: Activity, models: ModelSource): Status {
  const document = documentInHand();
  return statusOf({
    enabled: setting("enable", document),
    editorEnabled: editorSuggests(document),
    automatic: setting("suggestions.automatic", document),
    document: document && {
      languageId: document.languageId,
      enabled: languageEnabled(setting("languages", document), document.languageId),
      readOnly: refusalFor(document) === "read-only",
    },
    download: activity.download,
    loading: loadingOf(models),
    thinking: activity.thinking,
    failure: activity.failure,
    fault: activity.fault,
  });
}

/** Of the active editor, where that is one to write in; the log and other output are not. */
export function documentInHand(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.uri.scheme === "output" ? undefined : document;
}

function loadingOf({ engineState }: ModelSource): { readonly share: number | undefined } | undefined {
  if (engineState.kind === "loading") return { share: engineState.share };
  return engineState.kind === "starting" ? { share: undefined } : undefined;
}
