import type { Activity } from "./activity.ts";
import type { InHand } from "./inHand.ts";
import type { ModelSource } from "./modelSource.ts";
import { editorSuggests, languageEnabled, setting } from "./settings.ts";
import type { Snooze } from "./snooze.ts";
import type { SetUp } from "./setUp.ts";
import { statusOf, type Status } from "./status.ts";

/** The status as it is for what the user is in front of. */
export function currentStatus(
  activity: Activity,
  models: ModelSource,
  snooze: Snooze,
  inHand: InHand,
  setUp: SetUp,
): Status {
  const { document } = inHand;
  // Where a model has answered since the settings changed, what was found before is out of date.
  const trouble = models.health.some(({ requests, failed }) => requests > failed) ? {} : setUp.trouble;
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
    trouble: trouble.failure,
    fault: activity.fault,
    fallenBack: models.fallenBack ?? trouble.fallenBack,
  });
}

function loadingOf({ engineState }: ModelSource): { readonly share: number | undefined } | undefined {
  if (engineState.kind === "loading") return { share: engineState.share };
  return engineState.kind === "starting" ? { share: undefined } : undefined;
}
