/** The command line's report, as it is built, on ledgers that the ledger's own writer has made. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test, type TestContext } from "node:test";
import { type ExportManifest, MANIFEST_FILE } from "../../src/productivity/ledger/exportManifest.ts";
import { exportLedger } from "../../src/productivity/ledger/exporting.ts";
import { ledgerFileName } from "../../src/productivity/ledger/fileName.ts";
import type { RecordOf } from "../../src/productivity/ledger/columns.ts";
import { removeSome } from "../../src/productivity/ledger/retention.ts";
import { schemaVersion } from "../../src/productivity/ledger/schema.ts";
import type { ReportModel } from "../../src/productivity/report/model.ts";
import { buildReport } from "../support/builtReport.ts";
import { batchOf, ledgerFolder, NOON_MS, openStore, utc } from "../support/ledgerRig.ts";
import { experimentRecords } from "../support/experimentRecords.ts";
import { weeksOfWork } from "../support/reports.ts";

const built = mkdtempSync(join(tmpdir(), "pairwise-report-built-"));
const program = join(built, "pairwise-report.cjs");
before(() => buildReport(program));
after(() => rmSync(built, { recursive: true }));

const run = (...args: readonly string[]) => runWith({}, ...args);

function runWith(
  { nodeOptions = [], stdout: to }: { nodeOptions?: readonly string[]; stdout?: number },
  ...args: readonly string[]
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeOptions, program, ...args], {
    encoding: "utf8",
    env: { ...process.env, TZ: "UTC" },
    stdio: ["pipe", to ?? "pipe", "pipe"],
  });
  return { status, stdout, stderr };
}

/** The ledger's file, closed. */
function ledger(context: TestContext, records = weeksOfWork()): string {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  store.append(batchOf(records), NOON_MS);
  store.close();
  return join(folder, ledgerFileName);
}

const contentOf = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");

test("the verdict in words, the page and the data of a ledger, which stays as it is", (context) => {
  const file = ledger(context);
  const before = contentOf(file);
  const [html, json] = [join(built, "a.html"), join(built, "a.json")];
  const { status, stdout, stderr } = run(file, "--html", html, "--json", json);
  assert.deepEqual([status, stderr], [0, ""]);
  assert.match(stdout, /^Nobody knows yet: there has been no experiment/);
  assert.ok(stdout.includes(`Written: ${html}\nWritten: ${json}\n`));
  assert.match(readFileSync(html, "utf8"), /^<!doctype html>\n<html lang="en">[\s\S]*<h1>Nobody knows yet/);
  const model = JSON.parse(readFileSync(json, "utf8")) as ReportModel;
  assert.deepEqual([model.format, model.verdict.kind, model.range.workedDays], [1, "no-experiment", 12]);
  assert.equal(contentOf(file), before);
});

test("in Chinese with --language zh-cn, the page as well", (context) => {
  const html = join(built, "zh.html");
  const { status, stdout } = run(ledger(context), "--language", "zh-cn", "--html", html);
  assert.equal(status, 0);
  assert.match(stdout, /^还不知道：没有做过实验/);
  assert.match(readFileSync(html, "utf8"), /<html lang="zh-CN">[\s\S]*<h1>还不知道/);
});

test("an experiment's verdict with its interval and each claim, from the records of the ledger alone", (context) => {
  const { status, stdout } = run(ledger(context, experimentRecords({ effect: 3, strata: 30 })));
  assert.equal(status, 0);
  assert.match(
    stdout,
    /^Between [\d.]+ and [\d.]+ times as much in the same time with suggestions, at the code \(95%, both ends at once\), on 60 half-hours of work\. (Each|One) side asked alone: [\d.]+ times or more is ruled out[^\n]*\.\n\nAsked of one side alone \(95%\): less than [\d.]+ times, so [\d.]+ times or more is ruled out/,
  );
  assert.match(stdout, /\n10× {2}Ruled out\. {2}Said of AI: “10x”\.\n/);
});

test("beside the verdict the command line says what it comes to for the whole job, by the working day that is given", (context) => {
  const file = ledger(context, experimentRecords({ effect: 3, strata: 30 }));
  assert.match(run(file).stdout, /\nA ceiling: on a day with work .* of a working day of 8 h\./);
  const json = join(built, "workday.json");
  const { stdout } = run(file, "--workday-hours", "6", "--json", json);
  assert.match(stdout, /of a working day of 6 h\. .*\n\n.* for the whole job, .*\n\n“Five become two” .*: ruled out/);
  const { wholeJob } = JSON.parse(readFileSync(json, "utf8")) as ReportModel;
  assert.ok(wholeJob?.ceiling.kind === "known");
  assert.equal(wholeJob.ceiling.workdayMinutes, 360);
  for (const hours of ["0", "25", "long"]) assert.equal(run(file, "--workday-hours", hours).status, 2);
});

test("of an experiment whose plan was changed in the file nothing is said", (context) => {
  const file = ledger(context, experimentRecords({ effect: 3, strata: 30 }));
  const database = new DatabaseSync(file);
  database.exec(`UPDATE prereg SET configuration = replace(configuration, '"mostStrata":100', '"mostStrata":101')`);
  database.close();
  assert.match(run(file).stdout, /^Nothing can be said: the experiment is not the one that was laid down/);
});

test("the files that a ledger was exported as give the same report as the ledger", (context) => {
  const file = ledger(context);
  const folder = join(built, "exported");
  mkdirSync(folder);
  const database = new DatabaseSync(file, { readOnly: true });
  exportLedger(database, { folder, format: "jsonl", nowMs: NOON_MS });
  database.close();
  const files = readdirSync(folder).map((name) => join(folder, name));
  const [one, other] = [join(built, "one.json"), join(built, "other.json")];
  assert.equal(run(file, "--json", one).status, 0);
  assert.deepEqual(run(...files, "--json", other).stderr, "");
  const read = (path: string): object => ({ ...(JSON.parse(readFileSync(path, "utf8")) as object), madeMs: 0 });
  assert.deepEqual(read(other), read(one));
});

test("the result of an experiment that has ended is told with whether a guess was given before it was seen", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const records = experimentRecords({ effect: 3, strata: 30 });
  const { session, experiment } = records.find(({ kind }) => kind === "prereg") as RecordOf<"prereg">;
  const of = { session, experiment, atMs: NOON_MS } as const;
  store.append(batchOf([...records, { kind: "experiment", ...of, what: "stopped" }]), NOON_MS);
  const file = join(folder, ledgerFileName);
  assert.match(run(file).stdout, /\n\nNo guess was given after it: /);
  store.append(batchOf([{ kind: "belief", ...of, when: "after", factor: 1.4 }]), NOON_MS);
  store.close();
  const { stdout } = run(file);
  assert.match(stdout, /After it, and before VS Code first showed or exported the result, the answer was 1\.40 times/);
  assert.doesNotMatch(stdout, /No guess/);
});

test("also the half-hours of an experiment whose records are too old to be kept are read from exported files", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const records = experimentRecords({ effect: 3, strata: 30 });
  const { session, experiment } = records.find(({ kind }) => kind === "prereg") as RecordOf<"prereg">;
  const stopped = { kind: "experiment", session, experiment, what: "stopped", atMs: NOON_MS } as const;
  store.append(batchOf([...records, stopped]), NOON_MS);
  while (removeSome(store.database, { days: 10, nowMs: NOON_MS, calendar: utc }) === "more");
  const target = join(built, "kept");
  mkdirSync(target);
  exportLedger(store.database, { folder: target, format: "jsonl", nowMs: NOON_MS });
  store.close();
  const files = readdirSync(target).map((name) => join(target, name));
  const [one, other] = [join(built, "kept-one.json"), join(built, "kept-other.json")];
  assert.deepEqual(run(join(folder, ledgerFileName), "--json", one).stderr, "");
  assert.deepEqual(run(...files, "--json", other).stderr, "");
  const read = (path: string): ReportModel => ({
    ...(JSON.parse(readFileSync(path, "utf8")) as ReportModel),
    madeMs: 0,
  });
  assert.equal(read(one).verdict.kind, "measured");
  // Also since when there are more than sums.
  assert.ok(read(one).range.keptSinceMs);
  assert.deepEqual(read(other), read(one));

  // An export of an earlier version does not say that, and is read all the same; one that says something else is none.
  const manifest = files.find((file) => file.endsWith(MANIFEST_FILE)) ?? "";
  const { keptSinceMs, ...older } = JSON.parse(readFileSync(manifest, "utf8")) as ExportManifest;
  assert.equal(keptSinceMs, read(one).range.keptSinceMs);
  const readWith = (content: object) => {
    writeFileSync(manifest, JSON.stringify(content));
    const made = join(built, `kept-${readdirSync(built).length}.json`);
    const { status } = run(...files, "--json", made);
    return status === 0 ? read(made).range.keptSinceMs : status;
  };
  assert.equal(readWith(older), undefined);
  assert.equal(readWith({ ...older, keptSinceMs: "long ago" }), 4);

  const kept = files.find((file) => file.endsWith("kept-slots.jsonl")) ?? "";
  const [line = ""] = readFileSync(kept, "utf8").split("\n");
  const unfit = [
    line.replace(/\\"typedChars\\":\d+/, '\\"typedChars\\":-1'),
    line.replace(/\\"focusedMs\\":\d+/, '\\"focusedMs\\":\\"long\\"'),
    line.replace(/\\"shown\\":\d+,?/, ""),
    line.replace(/"slotMs":\d+/, '"slotMs":7'),
  ];
  for (const [index, text] of unfit.entries()) {
    assert.notEqual(text, line);
    const [file, manifest] = exportedLine(`unfit-${index}.jsonl`, text);
    const { status, stderr } = run(file, manifest);
    assert.deepEqual([status, stderr], [4, `${file}, line 1: that is no record of a ledger.\n`]);
  }
  // A later version may keep more of them.
  const more = exportedLine("more.jsonl", line.replace(/\\"shown\\":/, '\\"later\\":[1],\\"shown\\":'));
  assert.equal(run(...more).status, 0);
});

test("single suggestions that are too old to be kept are read from exported files, each figure looked at first", () => {
  const kept = {
    experiment: "e",
    session: "s",
    isShown: 1,
    state: "known",
    bin: 4,
    count: 3,
    sumLog: 5.5,
    asked: 0,
    early: 1,
  };
  assert.equal(run(...exportedLine("trials.jsonl", JSON.stringify(kept))).status, 0);
  for (const [index, other] of [
    { count: -1 },
    { state: "fast" },
    { sumLog: null },
    { bin: 0.5 },
    { isShown: true },
  ].entries()) {
    const [file, manifest] = exportedLine(`unfit-trials-${index}.jsonl`, JSON.stringify({ ...kept, ...other }));
    const { status, stderr } = run(file, manifest);
    assert.deepEqual([status, stderr], [4, `${file}, line 1: that is no record of a ledger.\n`]);
  }
});

/** A file of one line, as the only one of its export, and what says so. */
function exportedLine(name: string, text: string): readonly [file: string, manifest: string] {
  const folder = join(built, `of-${name}`);
  mkdirSync(folder);
  const [file, manifest] = [join(folder, name), join(folder, MANIFEST_FILE)];
  writeFileSync(file, `${text}\n`);
  const sha256 = { [name]: createHash("sha256").update(`${text}\n`).digest("hex") };
  writeFileSync(manifest, `${JSON.stringify({ manifest: 1, schema: schemaVersion, sha256 })}\n`);
  return [file, manifest];
}

test("files that were exported while an experiment goes on do not call it changed, and have no verdict yet", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  store.append(batchOf(experimentRecords({ effect: 3, strata: 30 })), NOON_MS);
  const target = join(built, "goes-on");
  mkdirSync(target);
  exportLedger(store.database, { folder: target, format: "jsonl", nowMs: NOON_MS });
  store.close();
  const { status, stdout } = run(...readdirSync(target).map((name) => join(target, name)));
  assert.equal(status, 0);
  assert.match(stdout, /^Nothing can be said yet: the files were exported while the experiment went on\./);
  assert.doesNotMatch(stdout, /changed|times as much/);
  const out = join(built, "goes-on-blocks.jsonl");
  const handedIn = run("blocks", ...readdirSync(target).map((name) => join(target, name)), "--out", out);
  assert.equal(handedIn.status, 3);
  assert.match(handedIn.stderr, /^Nothing can be handed in of these files: .* Export them again once it has ended, /);
  assert.doesNotMatch(handedIn.stderr, /laid down|changed/);
});

test("a ledger of an earlier version is read from a copy", (context) => {
  const file = ledger(context);
  const database = new DatabaseSync(file);
  // The tables of the experiment came with the second version.
  for (const table of newTables(database)) database.exec(`DROP TABLE "${table}"`);
  database.exec("PRAGMA user_version = 1");
  database.close();
  const before = contentOf(file);
  const { status, stderr } = run(file);
  assert.deepEqual([status, stderr], [0, ""]);
  assert.equal(contentOf(file), before);
});

const newTables = (database: DatabaseSync): readonly string[] =>
  ["prereg", "consent", "belief", "assign", "experiment", "trial", "keptSlots", "keptTrials"].filter(
    (name) => database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined,
  );

test("what can't be read is told in words, with exit code 4, and nothing is written", (context) => {
  const newer = ledger(context);
  const database = new DatabaseSync(newer);
  database.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
  database.close();
  const damaged = ledger(context);
  const bytes = readFileSync(damaged);
  bytes.fill(0xa5, 8_192, 40_960);
  writeFileSync(damaged, bytes);
  const noDatabase = join(built, "ledger.db");
  writeFileSync(noDatabase, "no database, but long enough to have a head");
  const notOurs = join(built, "other.db");
  const others = new DatabaseSync(notOurs);
  others.exec("CREATE TABLE t (x)");
  others.close();
  const text = join(built, "notes.txt");
  writeFileSync(text, "hello");
  const lines = join(built, "pairwise-ledger-accept.jsonl");
  writeFileSync(
    lines,
    '{"kind":"gap","atMs":1,"session":"s","reason":"removed","fromMs":0,"toMs":1}\n{"kind":"guess"}\n',
  );
  const manifest = join(built, "pairwise-ledger-manifest.jsonl");
  const sha256 = { "pairwise-ledger-accept.jsonl": contentOf(lines) };
  writeFileSync(manifest, JSON.stringify({ manifest: 1, schema: schemaVersion, sha256 }));
  const html = join(built, "never.html");
  for (const [file, words, ...more] of [
    [join(built, "nowhere.db"), /^There is no file .*nowhere\.db\.\n$/],
    [newer, /^A newer version of Pairwise has made /],
    [damaged, /is damaged, so that nothing in it can be relied on/],
    [noDatabase, /is damaged/],
    [notOurs, /is no ledger of Pairwise/],
    [text, /is no ledger of Pairwise/],
    [built, /is no ledger of Pairwise/],
    [lines, /\.jsonl, line 2: that is no record of a ledger/, manifest],
  ] as const) {
    const { status, stdout, stderr } = run(file, ...more, "--html", html);
    assert.deepEqual([status, stdout], [4, ""], file);
    assert.match(stderr, words, file);
  }
  assert.equal(existsSync(html), false);
});

test("nothing is written to a file that belongs to a ledger, by whatever name, and the ledger stays as it is", (context) => {
  const file = ledger(context);
  const folder = dirname(file);
  const above = join(folder, "..", "ledger-secret");
  const secret = join(folder, "ledger-secret");
  writeFileSync(secret, "c2VjcmV0");
  const link = join(built, "link.json");
  symlinkSync(secret, link);
  const linked = join(built, "linked");
  symlinkSync(folder, linked);
  const hard = join(folder, "hard.json");
  linkSync(file, hard);
  const before = readdirSync(folder).map((name) => [name, contentOf(join(folder, name))]);
  for (const path of [
    ...["-wal", "-shm", "-journal"].map((end) => `${file}${end}`),
    ...["ledger.lock", "ledger-left-a.jsonl", "ledger-damaged-1.db", "LEDGER-SECRET"].map((name) => join(folder, name)),
    join(folder, "pairwise-ledger-accept.jsonl"),
    above,
    secret,
    link,
    join(linked, `${ledgerFileName}-wal`),
    hard,
  ]) {
    const { status, stdout, stderr } = run(file, path.endsWith("-wal") ? "--otel" : "--json", path);
    assert.deepEqual([status, stdout], [2, ""], path);
    assert.match(stderr, /is not written over\.\n$/, path);
  }
  const left = join(folder, "ledger-left-a.jsonl");
  assert.match(run("blocks", file, "--out", left).stderr, /is not written over\.\n$/);
  assert.deepEqual(
    readdirSync(folder).map((name) => [name, contentOf(join(folder, name))]),
    before,
  );
  assert.equal(existsSync(above), false);
  // A report beside its ledger is none of these.
  assert.equal(run(file, "--html", join(folder, "ledger-report.html")).status, 0);
});

test("a wrong call is told with the usage, with exit code 2", (context) => {
  const file = ledger(context);
  for (const [args, words] of [
    [["--html", "a.html"], /Of which ledger\?/],
    [[file, "--language", "fr"], /There is no "fr"; there are en, zh-cn\./],
    [[file, "--colour"], /Unknown option '--colour'/],
    [[file, file], /A file is named twice/],
    [[file, "--json", "-"], /name a file instead of -/],
    [[file, "--html", file], /is what is read, and is not written over/],
  ] as const) {
    const { status, stdout, stderr } = run(...args);
    assert.deepEqual([status, stdout], [2, ""], args.join(" "));
    assert.match(stderr, words);
  }
  assert.match(run(file, "--html", join(built, "none", "a.html")).stderr, /can't be written \(ENOENT\)/);
  assert.equal(run(file, ledger(context)).status, 4);
});

test("nothing is left beside a ledger that is read, whether it was closed or its program was killed", (context) => {
  const closed = ledger(context);
  assert.equal(run(closed).status, 0);
  assert.deepEqual(readdirSync(dirname(closed)), [ledgerFileName]);
  // As after a kill: some of it is in the log alone.
  const killed = join(built, "killed");
  mkdirSync(killed);
  const database = new DatabaseSync(closed);
  database.exec("PRAGMA wal_autocheckpoint = 0");
  database.exec("UPDATE activity SET focusedMs = focusedMs");
  for (const end of ["", "-wal"]) copyFileSync(`${closed}${end}`, join(killed, `${ledgerFileName}${end}`));
  database.close();
  const names = readdirSync(killed);
  assert.deepEqual(names, [ledgerFileName, `${ledgerFileName}-wal`]);
  assert.deepEqual([run(join(killed, ledgerFileName)).status, readdirSync(killed)], [0, names]);
});

test("a ledger that another program holds for itself is told so in words", (context) => {
  const file = ledger(context);
  const database = new DatabaseSync(file);
  context.after(() => database.close());
  // Its log and the index of that are there already, as in a window that counts.
  database.exec("UPDATE activity SET focusedMs = focusedMs; PRAGMA locking_mode = EXCLUSIVE");
  database.exec("UPDATE activity SET focusedMs = focusedMs");
  const { status, stderr } = run(file);
  assert.deepEqual([status, stderr], [4, `Another program holds ${file} for itself: try again once it has let go.\n`]);
});

test("without SQLite, as in Node 20, it says which Node it takes", (context) => {
  const { status, stdout, stderr } = runWith({ nodeOptions: ["--no-experimental-sqlite"] }, ledger(context));
  assert.deepEqual([status, stdout], [4, ""]);
  assert.match(
    stderr,
    /^To read a ledger it takes Node 22\.15 or newer; this is [\d.]+\. VS Code's own will do: .*\n.*ELECTRON_RUN_AS_NODE=1/,
  );
});

const full = "/dev/full";
test(
  "a disk that is full is told in words, for a file and for the standard output",
  { skip: !existsSync(full) },
  (context) => {
    const file = ledger(context);
    const { status, stderr } = run(file, "--html", full);
    assert.deepEqual([status, stderr], [4, `${full} can't be written (ENOSPC).\n`]);
    const descriptor = openSync(full, "w");
    try {
      const toStdout = runWith({ stdout: descriptor }, file);
      assert.deepEqual([toStdout.status, toStdout.stderr], [4, "The standard output can't be written (ENOSPC).\n"]);
    } finally {
      closeSync(descriptor);
    }
  },
);

test("who stops reading, as head does, is told nothing", { skip: process.platform === "win32" }, (context) => {
  const command = `"${process.execPath}" "${program}" "${ledger(context)}" | true`;
  const { stderr } = spawnSync("sh", ["-c", command], { encoding: "utf8" });
  assert.equal(stderr, "");
});

test("help and version come wherever they are asked for, and names that are empty or twice are refused before anything is read", (context) => {
  const file = ledger(context);
  for (const args of [
    [file, "--help"],
    ["blocks", file, "-h"],
    ["team", "--help"],
  ]) {
    const { status, stdout } = run(...args);
    assert.equal(status, 0, args.join(" "));
    assert.match(stdout, /^pairwise-report FILE…/);
  }
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
    version: string;
  };
  assert.deepEqual([run(file, "--version").stdout, run("--version").stdout], [`${version}\n`, `${version}\n`]);
  const same = join(built, "same.html");
  for (const [args, words] of [
    [[file, "--html", same, "--json", join(built, ".", "same.html")], /same\.html is to be written twice/],
    [["team", file, "--html", same, "--json", same], /same\.html is to be written twice/],
    [[file, "--html", ""], /One of the names is empty/],
    [[""], /One of the names is empty/],
    [["team", file, "--json", ""], /One of the names is empty/],
    [[join(built, "nowhere.db"), "--html", same, "--json", same], /same\.html is to be written twice/],
  ] as const) {
    const { status, stdout, stderr } = run(...args);
    assert.deepEqual([status, stdout], [2, ""], args.join(" "));
    assert.match(stderr, words);
  }
  assert.equal(existsSync(same), false);
});
