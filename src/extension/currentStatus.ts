import type { Activity } from "./activity.ts";
import type { InHand } from "./inHand.ts";
import type { ModelSource } from "./modelSource.ts";
import { editorSuggests, languageEnabled, setting } from "./settings.ts";
import type { Snooze } from "./snooze.ts";
import { statusOf, type Status } from "./status.ts";

/** The status as it is for what the user is in front of. */
export function currentStatus(activity: Activity, models: ModelSource, snooze: Snooze, inHand: InHand): Status {
  const { document } = inHand;
  return statusOf({
    enabled: setting("enable", document),
    editorEnabled: editorSuggests(document),
    automatic: setting("suggestions.automatic", document),
    quiet: setting("suggestions.quiet", document),
    snoozed: snooze.at(document),
    document: document && {
      languageId: document.languageId,
      enabled: languageEnabled(setting("languages", document), document.languageId),
      obstacle: inHand.obstacleIn(document),
    },
    withheld: inHand.withheld,
    download: activity.download,
    loading: loadingOf(models),
    thinking: activity.thinking,
    failure: activity.failure,
    fault: activity.fault,
    fallenBack: models.fallenBack,
  });
}

function loadingOf({ engineState }: ModelSource): { readonly share: number | undefined } | undefined {
  if (engineState.kind === "loading") return { share: engineState.share };
  return engineState.kind === "starting" ? { share: undefined } : undefined;
}
