import type { ModelFailure } from "../model/failure.ts";

/** What the status item says, as data. The first that applies is shown. */
export type Status =
  | { readonly kind: "off" }
  /** `editor.inlineSuggest.enabled` is false: VS Code asks nobody for suggestions. */
  | { readonly kind: "editor-off" }
  | { readonly kind: "no-editor" }
  | { readonly kind: "language-off"; readonly languageId: string }
  | { readonly kind: "read-only" }
  | { readonly kind: "downloading"; readonly share: number | undefined }
  | { readonly kind: "loading"; readonly share: number | undefined }
  | { readonly kind: "thinking" }
  | { readonly kind: "failed"; readonly failure: ModelFailure }
  /** A fault of the program's own. */
  | { readonly kind: "broken" }
  | { readonly kind: "manual" }
  | { readonly kind: "idle" };

export interface StatusInputs {
  readonly enabled: boolean;
  readonly editorEnabled: boolean;
  readonly automatic: boolean;
  /** Of the active editor; `undefined` when none is open. */
  readonly document: { readonly languageId: string; readonly enabled: boolean; readonly readOnly: boolean } | undefined;
  readonly download: { readonly share: number | undefined } | undefined;
  readonly loading: { readonly share: number | undefined } | undefined;
  readonly thinking: boolean;
  readonly failure: ModelFailure | undefined;
  readonly fault: boolean;
}

export function statusOf(inputs: StatusInputs): Status {
  const { document } = inputs;
  if (!inputs.enabled) return { kind: "off" };
  if (inputs.download) return { kind: "downloading", share: inputs.download.share };
  if (!inputs.editorEnabled) return { kind: "editor-off" };
  if (inputs.loading) return { kind: "loading", share: inputs.loading.share };
  if (inputs.thinking) return { kind: "thinking" };
  if (inputs.failure) return { kind: "failed", failure: inputs.failure };
  if (inputs.fault) return { kind: "broken" };
  if (!document) return { kind: "no-editor" };
  if (!document.enabled) return { kind: "language-off", languageId: document.languageId };
  if (document.readOnly) return { kind: "read-only" };
  return inputs.automatic ? { kind: "idle" } : { kind: "manual" };
}
