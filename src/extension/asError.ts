/** What was thrown, as a log takes it. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
