/** Of a run, an accept or an `edit` record. */
export type RecordIdKind = "run" | "accept" | "edit";

/** Makes ids: never the same twice in a session, however often the counting begins anew in it. */
export function recordIds(session: string): (kind: RecordIdKind) => string {
  let made = 0;
  return (kind) => {
    made += 1;
    return `${session}:${LETTERS[kind]}${made}`;
  };
}

const LETTERS = { run: "r", accept: "a", edit: "" } as const satisfies Record<RecordIdKind, string>;
