import type { DatabaseSync } from "node:sqlite";

/** Since the local day began. In runs, each of which counts once. */
export interface Today {
  /** Seen for 750 ms, or accepted; also one that was seen before and is accepted now. */
  readonly shown: number;
  /** As a whole or in part. */
  readonly accepted: number;
  /** Of the accepted ones: all that was taken of it was undone within 10 s. */
  readonly undone: number;
  /** Of accepted texts that were not undone. */
  readonly acceptedChars: number;
  /** Of the characters accepted today: what was looked at ten minutes later, and what of it was still there. */
  readonly countedChars: number;
  readonly survivingChars: number;
}

/** @param sinceMs when the day began */
export function todayOf(database: DatabaseSync, sinceMs: number): Today {
  const shown = database.prepare(
    "SELECT count(*) AS shown FROM (SELECT run, runNumber FROM shown WHERE atMs >= :sinceMs AND thresholdMs = 750 " +
      // What was shown before midnight, and accepted behind it.
      "UNION SELECT run, runNumber FROM accept WHERE atMs >= :sinceMs)",
  );
  const accepted = database.prepare(
    "SELECT count(*) AS accepted, coalesce(sum(undone), 0) AS undone, coalesce(sum(chars), 0) AS chars FROM (" +
      "SELECT min(regret.id IS NOT NULL) AS undone, " +
      "sum(CASE WHEN regret.id IS NULL THEN accept.chars * accept.carets ELSE 0 END) AS chars " +
      "FROM accept LEFT JOIN regret USING (accept, acceptNumber) WHERE accept.atMs >= ? GROUP BY run, runNumber)",
  );
  const survived = database.prepare(
    "SELECT coalesce(sum(insertedChars), 0) AS counted, coalesce(sum(survivingChars), 0) AS surviving " +
      "FROM accept JOIN survival USING (accept, acceptNumber) WHERE accept.atMs >= ? " +
      `AND "check" = (SELECT id FROM names WHERE text = '10m') ` +
      // Of what is censored nothing is known. Without any such record there is no such name.
      "AND state <> coalesce((SELECT id FROM names WHERE text = 'censored'), -1)",
  );
  const row = accepted.get(sinceMs);
  const left = survived.get(sinceMs);
  return {
    shown: Number(shown.get({ sinceMs })?.["shown"]),
    accepted: Number(row?.["accepted"]),
    undone: Number(row?.["undone"]),
    acceptedChars: Number(row?.["chars"]),
    countedChars: Number(left?.["counted"]),
    survivingChars: Number(left?.["surviving"]),
  };
}
