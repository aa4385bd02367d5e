import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Assignment } from "../../src/productivity/experiment/assigning.ts";
import type { SlotAnswer } from "../../src/productivity/ledger/experimentQuestions.ts";
import { ledgerWorkerFile } from "./ledgerRig.ts";

export interface AskedWindow {
  readonly folder: string;
  readonly session: string;
  readonly fromMs: number;
  readonly slots: number;
  /** Killed once it has had so many answers. */
  readonly killAfter?: number;
}

/** What a window of its own process is told of half-hours, one after the other. */
export async function askedBy(
  window: AskedWindow,
): Promise<{ readonly assignments: readonly Assignment[]; readonly complaints: string }> {
  const { folder, session, fromMs, slots, killAfter } = window;
  const script = join(import.meta.dirname, "experimentWindow.ts");
  const child = spawn(
    process.execPath,
    ["--no-warnings", script, folder, session, ledgerWorkerFile, String(fromMs), String(slots)],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let [said, complaints] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    if (killAfter !== undefined && said.split("\n").length > killAfter) child.kill("SIGKILL");
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  await once(child, "close");
  const whole = said
    .slice(0, said.lastIndexOf("\n") + 1)
    .split("\n")
    .slice(0, -1);
  const answers = whole.map((line) => JSON.parse(line) as SlotAnswer);
  return {
    assignments: answers.flatMap((answer) => (answer.kind === "assigned" ? [answer.assignment] : [])),
    complaints,
  };
}
