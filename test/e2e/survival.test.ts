import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { RecordOf } from "../../src/productivity/ledger/columns.ts";
import type { SurvivalRecord } from "../../src/productivity/records.ts";
import { type HoleServer, holeServerSettings, startHoleServer } from "../support/holeServer.ts";
import { ghostText, openFile, openWorkbench, pressUntil, statusItem, type Workbench } from "./workbench.ts";
import { recordsOf } from "./workbenchLedger.ts";

const LINES = ["herd = read_herd()", "", "print(herd)", ""];
const SUGGESTED = "awake = [wombat for wombat in herd if wombat.is_awake]";

let server: HoleServer;
let workbench: Workbench;
before(async () => {
  server = await startHoleServer();
  workbench = await openWorkbench(holeServerSettings(server));
});
after(async () => {
  await workbench?.close();
  await server?.close();
});

const records = (): readonly (RecordOf<"accept"> | SurvivalRecord)[] => recordsOf(workbench, ["accept", "survival"]);

/** Accepts the suggestion in a new file, saves that, and says which accept it is. */
async function accepted(name: string): Promise<string> {
  const { page, folder } = workbench;
  const known = new Set(records().map((record) => (record.kind === "accept" ? record.accept : "")));
  writeFileSync(join(folder, name), LINES.join("\n"));
  await openFile(page, name, 2);
  server.says(`${LINES[0]}\n`, [SUGGESTED]);
  // Right after the start nobody may be there yet to be asked.
  await pressUntil(page, "Alt+\\", ghostText(page));
  await page.keyboard.press("Tab");
  server.says("", []);
  await page.keyboard.press("Control+S");
  await page.locator(".tab.active:not(.dirty)").waitFor();
  for (let look = 0; look < 40; look += 1) {
    const accept = records().find((record) => record.kind === "accept" && !known.has(record.accept));
    if (accept?.kind === "accept") return accept.accept;
    await page.waitForTimeout(250);
  }
  throw new Error("The ledger does not have the accept.");
}

/** VS Code writes down some time later what was open: it may have forgotten the file. */
async function loadedAnew(name: string): Promise<void> {
  const { page } = workbench;
  await page.reload();
  await statusItem(page).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2_000);
  await openFile(page, name, 2);
}

async function checkAfter30s(accept: string, withinMs: number): Promise<readonly SurvivalRecord[]> {
  const until = Date.now() + withinMs;
  for (;;) {
    const checks = records().filter(
      (record): record is SurvivalRecord =>
        record.kind === "survival" && record.accept === accept && record.check === "30s",
    );
    if (checks.length > 0 || Date.now() > until) return checks;
    await workbench.page.waitForTimeout(500);
  }
}

test("accepted, the window loaded anew and half of it deleted: the ledger has what is left after 30 seconds", async () => {
  const { page } = workbench;
  const accept = await accepted("reloaded.py");
  // What it is found again by is written a moment later.
  await page.waitForTimeout(2_500);
  await loadedAnew("reloaded.py");
  const deleted = Math.floor(SUGGESTED.length / 2);
  for (let count = 0; count < deleted; count += 1) await page.keyboard.press("Backspace", { delay: 15 });
  const checks = await checkAfter30s(accept, 60_000);
  assert.equal(checks.length, 1);
  assert.partialDeepStrictEqual(checks[0], {
    insertedChars: SUGGESTED.length,
    survivingChars: SUGGESTED.length - deleted,
    reason: "",
  });
});

test("accepted and the extension host killed: the next window finds it, later, and says how much later", async () => {
  const { page } = workbench;
  const accept = await accepted("killed.py");
  await page.waitForTimeout(2_500);
  process.kill(extensionHost(workbench.dataFolder), "SIGKILL");
  await loadedAnew("killed.py");
  const checks = await checkAfter30s(accept, 110_000);
  assert.equal(checks.length, 1);
  const [check] = checks;
  assert.partialDeepStrictEqual(check, { state: "alive", survivingChars: SUGGESTED.length });
  assert.ok((check?.lateMs ?? 0) > 10_000, `${check?.lateMs} ms late`);
});

/** Of the editor with that folder: a process below its server's. */
function extensionHost(dataFolder: string): number {
  const processes = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8", maxBuffer: 2 ** 26 })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/u.exec(line)?.slice(1) ?? [])
    .map(([pid, parent, args = ""]) => ({ pid: Number(pid), parent: Number(parent), args }));
  const isBelow = (pid: number): boolean => {
    const found = processes.find((each) => each.pid === pid);
    return found !== undefined && (found.args.includes(dataFolder) || isBelow(found.parent));
  };
  const hosts = processes.filter(({ args, pid }) => args.includes("--type=extensionHost") && isBelow(pid));
  assert.equal(hosts.length, 1, JSON.stringify(hosts));
  return hosts[0]?.pid ?? 0;
}
