import * as vscode from "vscode";

/** The editor's token as an AbortSignal. Dispose when the work has ended, or the token keeps the listener. */
export function abortSignalOf(token: vscode.CancellationToken): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const listener = token.onCancellationRequested(() => controller.abort());
  return { signal: controller.signal, dispose: () => listener.dispose() };
}

/** The token is cancelled with the signal, also after the call has settled: an answer goes on after it was accepted. */
export function withToken<T>(signal: AbortSignal, call: (token: vscode.CancellationToken) => Thenable<T>): Thenable<T> {
  const source = new vscode.CancellationTokenSource();
  if (signal.aborted) source.cancel();
  signal.addEventListener("abort", () => source.cancel(), { once: true });
  return call(source.token);
}
