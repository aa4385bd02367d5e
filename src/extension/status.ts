import type { ModelFailure } from "../model/failure.ts";
import type { Obstacle } from "./inHand.ts";
import type { Snoozed } from "./snooze.ts";
import type { Withheld } from "./withheldFiles.ts";

/** What the status item says, as data. The first that applies is shown. */
export type Status =
  | { readonly kind: "off" }
  /** `editor.inlineSuggest.enabled` is false: VS Code asks nobody for suggestions. */
  | { readonly kind: "editor-off" }
  | { readonly kind: "no-editor" }
  | { readonly kind: "language-off"; readonly languageId: string }
  | { readonly kind: Obstacle }
  | ({ readonly kind: "withheld" } & Withheld)
  | { readonly kind: "downloading"; readonly share: number | undefined }
  | { readonly kind: "loading"; readonly share: number | undefined }
  | { readonly kind: "thinking" }
  /** Suggestions come only when asked for, until then; without a time, until the window closes, in this file. */
  | { readonly kind: "snoozed"; readonly until: Date | undefined }
  | { readonly kind: "failed"; readonly failure: ModelFailure }
  /** A fault of the program's own. */
  | { readonly kind: "broken" }
  | { readonly kind: "manual" }
  /** Another model than the chosen one helps. */
  | { readonly kind: "fallen-back"; readonly to: string; readonly failure: ModelFailure }
  | { readonly kind: "idle"; readonly quiet: boolean };

export interface StatusInputs {
  readonly enabled: boolean;
  readonly editorEnabled: boolean;
  readonly automatic: boolean;
  readonly quiet: boolean;
  readonly snoozed: Snoozed | undefined;
  /** Of the active editor; `undefined` when none is open. */
  readonly document:
    | { readonly languageId: string; readonly enabled: boolean; readonly obstacle: Obstacle | undefined }
    | undefined;
  /** The file in the active tab, where extensions do not get to see it. */
  readonly withheld: Withheld | undefined;
  readonly download: { readonly share: number | undefined } | undefined;
  readonly loading: { readonly share: number | undefined } | undefined;
  readonly thinking: boolean;
  readonly failure: ModelFailure | undefined;
  readonly fault: boolean;
  /** What keeps the chosen model from being asked, before anything was, where no other one helps. */
  readonly trouble: ModelFailure | undefined;
  readonly fallenBack: { readonly to: string; readonly failure: ModelFailure } | undefined;
}

export function statusOf(inputs: StatusInputs): Status {
  const { document } = inputs;
  if (!inputs.enabled) return { kind: "off" };
  if (inputs.download) return { kind: "downloading", share: inputs.download.share };
  if (!inputs.editorEnabled) return { kind: "editor-off" };
  if (inputs.loading) return { kind: "loading", share: inputs.loading.share };
  if (inputs.thinking) return { kind: "thinking" };
  if (inputs.snoozed) return { kind: "snoozed", until: inputs.snoozed.until };
  if (inputs.failure) return { kind: "failed", failure: inputs.failure };
  if (inputs.fault) return { kind: "broken" };
  if (!document && inputs.withheld) return { kind: "withheld", ...inputs.withheld };
  if (document && !document.enabled) return { kind: "language-off", languageId: document.languageId };
  if (document?.obstacle) return { kind: document.obstacle };
  // Nothing was asked yet, and where nothing would be, that comes first.
  if (inputs.trouble) return { kind: "failed", failure: inputs.trouble };
  if (inputs.fallenBack) return { kind: "fallen-back", ...inputs.fallenBack };
  if (!document) return { kind: "no-editor" };
  return inputs.automatic ? { kind: "idle", quiet: inputs.quiet } : { kind: "manual" };
}
