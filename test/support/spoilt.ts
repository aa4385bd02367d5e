/** Messages that are wrong in one thing. */

/** Each value in it in turn replaced by one of another type. */
export function* spoilt(value: unknown): Generator {
  if (typeof value !== "object" || value === null) return yield typeof value === "string" ? 7 : "seven";
  for (const [key, inner] of Object.entries(value))
    for (const other of spoilt(inner)) yield Array.isArray(value) ? [other] : { ...value, [key]: other };
  yield "no object";
}
