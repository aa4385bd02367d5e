/** The extension's side, as a page sees it. */

interface Host {
  postMessage(message: unknown): void;
  /** Kept while the page is hidden, in the window's memory. */
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Host;

export const host = acquireVsCodeApi();

export function tell(message: unknown): void {
  // It is VS Code's own and has no target: the page's only window is that of its extension.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  host.postMessage(message);
}
