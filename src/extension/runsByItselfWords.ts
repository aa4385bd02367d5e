import * as vscode from "vscode";
import { type SelfRunning, selfRunning } from "../edit/runsByItself.ts";
import { listed } from "../text/listed.ts";

/** A sentence: what the file can do without anybody asking for it; empty where that is nothing. */
export function selfRunningWarning(uri: vscode.Uri, before: string, after: string): string {
  // The folder that is open may be such a one itself.
  const running = selfRunning(vscode.workspace.asRelativePath(uri, true), before, after);
  return running ? sentence(running, vscode.workspace.asRelativePath(uri, false)) : "";
}

function sentence({ by, scripts }: SelfRunning, path: string): string {
  const { l10n } = vscode;
  switch (by) {
    case "editor":
      return l10n.t(
        "What {0} says is used by the editor itself: it can start programs, also when the folder is opened.",
        path,
      );
    case "container":
      return l10n.t("What {0} says is run when the folder is opened in a container.", path);
    case "pipeline":
      return l10n.t("What {0} says is run by the server of the repository, with all that it may do there.", path);
    case "git":
      return l10n.t("{0} can have Git run programs by itself, for instance at a commit.", path);
    case "agent":
      return l10n.t("{0} can have AI assistants start programs and servers.", path);
    case "packages":
      return scripts.length > 0
        ? l10n.t("{0} gets scripts that are run when packages are installed: {1}.", path, listed(scripts, MOST_NAMES))
        : l10n.t("{0} can have programs run when packages are installed.", path);
    case "project":
      return l10n.t("What {0} says can be run as soon as tools look at the project.", path);
    case "shell":
      return l10n.t("What {0} says can be run or set when a shell or a program starts in the folder.", path);
  }
}

const MOST_NAMES = 5;
