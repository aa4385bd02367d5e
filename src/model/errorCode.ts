/** The system's code of an error or of what caused it, such as `ENOSPC`. */
export function errorCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ("code" in at && typeof at.code === "string") return at.code;
    // Node tries several addresses of a name and gathers what went wrong with each.
    if (at instanceof AggregateError) {
      const code = at.errors.map(errorCode).find(Boolean);
      if (code) return code;
    }
  }
  return undefined;
}
