/** Processes that write the same ledger, killed or not, and what is in the file afterwards. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Random } from "../../bench/replay/random.ts";
import { ledgerFileName } from "../../src/productivity/ledger/fileName.ts";

export interface WindowEnd {
  readonly session: string;
  /** The last record that was said to be on the disk. */
  readonly acknowledged: number;
  /** What it said of being stopped, or of the file being damaged. */
  readonly complaints: string;
}

export interface WindowOptions {
  readonly folder: string;
  readonly session: string;
  readonly workerFile: string;
  /** Where it ends by itself. */
  readonly records?: number;
  /** When it is killed: counted from its start, or from its first sign of something written. */
  readonly kill?: { readonly from: "start" | "written"; readonly afterMs: number };
}

export async function runWindow({ folder, session, workerFile, records, kill }: WindowOptions): Promise<WindowEnd> {
  const script = join(import.meta.dirname, "ledgerWindow.ts");
  const more = records === undefined ? [] : [String(records)];
  const child = spawn(process.execPath, ["--no-warnings", script, folder, session, workerFile, ...more], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [said, complaints] = ["", ""];
  let isKilled = false;
  const killSoon = (): void => {
    if (!kill || isKilled) return;
    isKilled = true;
    setTimeout(() => child.kill("SIGKILL"), kill.afterMs);
  };
  if (kill?.from === "start") killSoon();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-100);
    killSoon();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints = (complaints + text).slice(0, 1_000)));
  await once(child, "close");
  // The last line may be half of one.
  const acknowledged = Number(said.slice(0, said.lastIndexOf("\n")).split("\n").at(-1) ?? 0);
  return { session, acknowledged, complaints };
}

/** Kills so many, two at a time in the same folder, at random moments. `survived`: nothing that was acknowledged is missing or there twice. */
export async function killWindows(
  options: Pick<WindowOptions, "folder" | "workerFile"> & { readonly times: number; readonly random: Random },
): Promise<{ readonly survived: number; readonly acknowledged: number; readonly problems: readonly string[] }> {
  const { folder, workerFile, times, random } = options;
  const ends: WindowEnd[] = [];
  let started = 0;
  const lane = async (): Promise<void> => {
    while (started < times) {
      const session = `${(started += 1).toString(16).padStart(15, "0")}f:`;
      // One of five while it opens the file.
      const kill =
        random() < 0.2
          ? ({ from: "start", afterMs: random() * 150 } as const)
          : ({ from: "written", afterMs: random() * 60 } as const);
      ends.push(await runWindow({ folder, session, workerFile, kill }));
    }
  };
  await Promise.all([lane(), lane()]);
  const problems = ends.flatMap((end) => problemsOf(folder, end));
  const troubled = new Set(problems.map(([session]) => session));
  const acknowledged = ends.reduce((sum, end) => sum + end.acknowledged, 0);
  return { survived: times - troubled.size, acknowledged, problems: problems.map((each) => each.join(" ")) };
}

/** What is not as it was said to be. */
export function problemsOf(
  folder: string,
  { session, acknowledged, complaints }: WindowEnd,
): readonly (readonly [session: string, problem: string])[] {
  const database = new DatabaseSync(join(folder, ledgerFileName), { readOnly: true });
  try {
    const checked = database.prepare("PRAGMA integrity_check(1)").get()?.["integrity_check"];
    const numbers = database
      .prepare(
        `SELECT atMs FROM (SELECT atMs, session FROM "commit" UNION ALL SELECT atMs, session FROM accept)
         WHERE session = (SELECT id FROM names WHERE text = ?)`,
      )
      .all(session)
      .map((row) => Number(row["atMs"]));
    const known = new Set(numbers);
    const missing = Array.from({ length: acknowledged }, (_, index) => index + 1).filter((each) => !known.has(each));
    return [
      ...(checked === "ok" ? [] : [[session, String(checked)] as const]),
      ...(complaints === "" ? [] : [[session, complaints] as const]),
      ...(missing.length > 0 ? [[session, `${missing.length} of ${acknowledged} missing`] as const] : []),
      ...(known.size < numbers.length ? [[session, `${numbers.length - known.size} twice`] as const] : []),
    ];
  } finally {
    database.close();
  }
}
