/** Why an experiment would measure nothing now, and the way out. */

import * as vscode from "vscode";
import { type Action, describeFailure, openSettings } from "./notices.ts";
import type { Status } from "./status.ts";

export interface ExperimentObstacle {
  readonly text: string;
  readonly action: Action | undefined;
  /** It may be over in a moment, as a server that does not answer; the user decides. */
  readonly mayPass: boolean;
}

export function experimentObstacle(status: Status): ExperimentObstacle | undefined {
  const { l10n } = vscode;
  switch (status.kind) {
    case "off":
      return { text: l10n.t("Suggestions are off."), action: openSettings("pairwise.enable"), mayPass: false };
    case "editor-off":
      return {
        text: l10n.t("Inline suggestions are switched off in the editor itself (editor.inlineSuggest.enabled)."),
        action: openSettings("editor.inlineSuggest.enabled"),
        mayPass: false,
      };
    case "manual":
      return {
        text: l10n.t("Suggestions come only when you ask for one, and those are not part of an experiment."),
        action: openSettings("pairwise.suggestions.automatic"),
        mayPass: false,
      };
    case "failed": {
      const { text, action } = describeFailure(status.failure);
      return { text, action, mayPass: true };
    }
    default:
      return undefined;
  }
}
