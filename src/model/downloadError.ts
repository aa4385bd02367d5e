import type { SourceName } from "./sources.ts";

/** Why one source did not deliver. */
export type SourceReason =
  /** No connection: name not found, refused, TLS; `detail` is the system's code. */
  | "unreachable"
  | "timed-out"
  /** 404: the source does not have the file. */
  | "not-found"
  /** Another status; `detail` is the number. */
  | "refused"
  /** The connection broke, also after it was taken up again. */
  | "interrupted"
  | "wrong-digest"
  /** Neither `python3 -m pip` nor another way to call pip works here. */
  | "pip-not-found"
  /** `detail` is pip's last line. */
  | "pip-failed"
  | "bad-wheel";

export interface SourceFailure {
  readonly source: SourceName;
  readonly reason: SourceReason;
  readonly detail?: string | undefined;
}

export type DownloadFailure =
  /** No source delivered. */
  | { readonly kind: "no-source"; readonly attempts: readonly SourceFailure[] }
  /** No source delivered the right file, and at least one delivered a wrong one. */
  | { readonly kind: "verification-failed"; readonly attempts: readonly SourceFailure[] }
  | { readonly kind: "no-space"; readonly folder: string; readonly neededBytes: number }
  | { readonly kind: "not-writable"; readonly folder: string }
  | { readonly kind: "cancelled" };

export class DownloadError extends Error {
  readonly failure: DownloadFailure;
  constructor(failure: DownloadFailure, options?: ErrorOptions) {
    super(describe(failure), options);
    this.name = "DownloadError";
    this.failure = failure;
  }
  get kind(): DownloadFailure["kind"] {
    return this.failure.kind;
  }
}

/** For logs and scripts, in English; what people see in the editor is worded there. */
function describe(failure: DownloadFailure): string {
  switch (failure.kind) {
    case "no-source":
    case "verification-failed": {
      const attempts = failure.attempts.map(
        ({ source, reason, detail }) => `${source}: ${reason}${detail ? ` (${detail})` : ""}`,
      );
      return `${failure.kind}: ${attempts.join("; ")}`;
    }
    case "no-space":
      return `no-space: ${failure.folder} needs ${failure.neededBytes} bytes`;
    case "not-writable":
      return `not-writable: ${failure.folder}`;
    case "cancelled":
      return "cancelled";
  }
}

/** One source failed; the next is tried. */
export class SourceError extends Error {
  readonly reason: SourceReason;
  readonly detail: string | undefined;
  constructor(reason: SourceReason, detail?: string, options?: ErrorOptions) {
    super(detail ? `${reason}: ${detail}` : reason, options);
    this.name = "SourceError";
    this.reason = reason;
    this.detail = detail;
  }
}
