/** Switches suggestions of the document in hand, by its settings. */

import type { InHand } from "./inHand.ts";
import { changeSetting, languageEnabled, setting, withLanguage } from "./settings.ts";

export async function toggle({ document }: InHand): Promise<void> {
  const on = setting("enable", document);
  await changeSetting("enable", () => !on, document);
}

export async function toggleLanguage({ document }: InHand): Promise<void> {
  if (!document) return;
  const { languageId } = document;
  const on = languageEnabled(setting("languages", document), languageId);
  await changeSetting("languages", (own) => withLanguage(own, languageId, !on), document);
}

export async function toggleQuiet({ document }: InHand): Promise<void> {
  const quiet = setting("suggestions.quiet", document);
  await changeSetting("suggestions.quiet", () => !quiet, document);
}
