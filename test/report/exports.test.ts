/** The command line's exports, as it is built, against files and real servers. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, test, type TestContext } from "node:test";
import { parse } from "csv-parse/sync";
import { ledgerFileName } from "../../src/productivity/ledger/fileName.ts";
import type { LedgerRecord } from "../../src/productivity/records.ts";
import type { ReportModel } from "../../src/productivity/report/model.ts";
import { otlpEnvironment } from "../../src/report/otlpEnvironment.ts";
import { buildReport } from "../support/builtReport.ts";
import { batchOf, ledgerFolder, NOON_MS, openStore } from "../support/ledgerRig.ts";
import { decodedMetrics, startMetricsServer } from "../support/metricsServer.ts";
import { experimentRecords } from "../support/experimentRecords.ts";
import { weeksOfWork } from "../support/reports.ts";

const built = mkdtempSync(join(tmpdir(), "pairwise-exports-built-"));
const program = join(built, "pairwise-report.cjs");
before(() => buildReport(program));
after(() => rmSync(built, { recursive: true }));

async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TZ: "UTC", ...environment },
  });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { status: status as unknown, stdout, stderr };
}

function ledger(context: TestContext, records: readonly LedgerRecord[] = weeksOfWork()): string {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  if (records.length > 0) store.append(batchOf(records), NOON_MS);
  store.close();
  return join(folder, ledgerFileName);
}

const lines = (file: string): readonly string[] => readFileSync(file, "utf8").split("\n").slice(0, -1);

test("all exports of one call have the same counts", async (context) => {
  const folder = ledgerFolder(context);
  const [json, csv, copilot, otel] = ["r.json", "tables/new", "c.ndjson", "m.jsonl"].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  const file = ledger(context);
  const wish = ["--json", json, "--csv", csv, "--copilot", copilot, "--otel", otel];
  const { status, stdout, stderr } = await run([file, ...wish]);
  assert.deepEqual([status, stderr], [0, ""]);
  assert.equal(stdout.match(/^Written: /gm)?.length, 17 + 3);
  const { headline } = (JSON.parse(readFileSync(json, "utf8")) as ReportModel).acceptance;
  const days = parse(readFileSync(join(csv, "pairwise-report-days.csv")), { columns: true, cast: true }) as readonly {
    readonly shown: number;
  }[];
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  assert.equal(sum(days.map(({ shown }) => shown)), headline.whole);
  const users = lines(copilot).map((line) => JSON.parse(line) as { readonly code_generation_activity_count: number });
  assert.equal(sum(users.map((user) => user.code_generation_activity_count)), headline.whole);
  const [request = "", ...more] = lines(otel);
  assert.equal(more.length, 0);
  const shown = decodedMetrics(request).metrics.find(({ name }) => name === "pairwise.suggestion.shown");
  assert.equal(sum(shown?.points.map(({ value }) => value) ?? []), headline.whole);
  // Once more, over what is there; and what else is in the folder stays.
  writeFileSync(join(csv, "mine.csv"), "mine");
  assert.equal((await run([file, ...wish])).status, 0);
  assert.equal(readdirSync(csv).length, 18);
});

test("an experiment's blocks are in a table, with all that each has", async (context) => {
  const csv = join(ledgerFolder(context), "csv");
  assert.equal((await run([ledger(context, experimentRecords({ effect: 3, strata: 30 })), "--csv", csv])).status, 0);
  const rows = parse(readFileSync(join(csv, "pairwise-report-blocks.csv")), { columns: true }) as readonly {
    readonly arm: string;
  }[];
  assert.deepEqual([rows.length, rows.filter(({ arm }) => arm === "off").length], [60, 30]);
});

test("the figures are sent where, and only where, --otlp says so, with the headers of OpenTelemetry's variable", async (context) => {
  await using server = await startMetricsServer("takes");
  const file = ledger(context);
  const otel = join(ledgerFolder(context), "m.jsonl");
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: server.origin,
    OTEL_EXPORTER_OTLP_HEADERS: "Authorization=Bearer%20k3y,x-team=a",
    OTEL_RESOURCE_ATTRIBUTES: "service.instance.id=lap-1",
  };
  await run([file, "--otel", otel], environment);
  assert.equal(server.received.length, 0);
  const { status, stdout, stderr } = await run([file, "--otel", otel, "--otlp", server.origin], environment);
  assert.deepEqual([status, stderr], [0, ""]);
  const [received, ...more] = server.received;
  assert.ok(received && more.length === 0);
  assert.match(stdout, new RegExp(`\\nSent to ${server.origin}/v1/metrics, figures: \\d+\\.\\n$`));
  const { authorization, "x-team": team } = received.headers;
  assert.deepEqual([received.path, authorization, team], ["/v1/metrics", "Bearer k3y", "a"]);
  const { resource, metrics } = decodedMetrics(received.body);
  assert.deepEqual(resource, { "service.name": "pairwise", "service.instance.id": "lap-1" });
  assert.deepEqual(
    metrics.map(({ name }) => name),
    decodedMetrics(lines(otel)[0] ?? "").metrics.map(({ name }) => name),
  );
});

test("where the figures are not taken that is exit code 5, in words, and what was written stays", async (context) => {
  const file = ledger(context);
  const json = join(ledgerFolder(context), "r.json");
  await using wants = await startMetricsServer({ status: 401 });
  const refused = await run([file, "--json", json, "--otlp", wants.origin], { OTEL_EXPORTER_OTLP_HEADERS: "k=s3cret" });
  assert.equal(refused.status, 5);
  assert.match(
    refused.stderr,
    /^http:.*\/v1\/metrics wants another key, or has no right to give \(401\)\. It took nothing\.\n$/,
  );
  assert.match(refused.stdout, /^Nobody knows yet[\s\S]*\nWritten: .*r\.json\n$/);
  assert.ok(existsSync(json));
  assert.doesNotMatch(refused.stdout + refused.stderr, /s3cret/);
  await using silent = await startMetricsServer("silent");
  const slow = await run([file, "--otlp", silent.origin, "--language", "zh-cn"], { OTEL_EXPORTER_OTLP_TIMEOUT: "300" });
  assert.equal(slow.status, 5);
  assert.match(slow.stderr, /未及时应答/);
  await using cutting = await startMetricsServer("cuts");
  assert.equal((await run([file, "--otlp", cutting.origin])).status, 5);
  await using page = await startMetricsServer({ status: 200, body: "<p>", headers: { "content-type": "text/html" } });
  assert.equal((await run([file, "--otlp", page.origin])).status, 5);
  await using part = await startMetricsServer({ status: 200, body: '{"partialSuccess":{"rejectedDataPoints":1}}' });
  assert.equal((await run([file, "--otlp", part.origin])).status, 5);
});

test("of an empty ledger nothing is sent, and the files are there, with no figure", async (context) => {
  await using server = await startMetricsServer("takes");
  const folder = ledgerFolder(context);
  const [copilot, otel] = [join(folder, "c.ndjson"), join(folder, "m.jsonl")];
  const { status, stdout } = await run([
    ledger(context, []),
    "--copilot",
    copilot,
    "--otel",
    otel,
    "--otlp",
    server.origin,
  ]);
  assert.equal(status, 0);
  assert.match(stdout, /\nNothing was counted yet, so nothing was sent\.\n$/);
  assert.deepEqual([server.received.length, readFileSync(copilot, "utf8"), readFileSync(otel, "utf8")], [0, "", ""]);
});

test("a wrong call is told, with exit code 2, before anything is written or sent", async (context) => {
  const file = ledger(context);
  const folder = ledgerFolder(context);
  const both = join(folder, "both");
  for (const [args, words, environment] of [
    [["--otlp", "collector"], /That is no address/, {}],
    [["--otlp", "https://me:pw@c.example"], /does not belong in an address/, {}],
    [["--otlp", "ftp://c.example"], /begins with https:/, {}],
    [["--otlp", "http://c.example"], /Without encryption/, { OTEL_EXPORTER_OTLP_HEADERS: "k=s3cret" }],
    [
      ["--otlp", "http://127.0.0.1:9"],
      /The variable OTEL_EXPORTER_OTLP_HEADERS can't be read\./,
      { OTEL_EXPORTER_OTLP_HEADERS: "s3cret" },
    ],
    [["--otel", file], /is what is read, and is not written over/, {}],
    [["--copilot", both, "--otel", both], /both is to be written twice/, {}],
  ] as const) {
    const { status, stdout, stderr } = await run([file, ...args], environment);
    assert.deepEqual([status, stdout], [2, ""], args.join(" "));
    assert.match(stderr, words);
    assert.doesNotMatch(stderr, /s3cret/);
  }
  assert.equal(existsSync(both), false);
  const tables = join(folder, "tables");
  mkdirSync(tables);
  const named = join(tables, "pairwise-report-days.csv");
  copyFileSync(file, named);
  const over = await run([named, "--csv", tables]);
  assert.equal(over.status, 2);
  assert.match(over.stderr, /pairwise-report-days\.csv is what is read, and is not written over/);
  assert.deepEqual(
    readdirSync(tables).filter((name) => name.endsWith(".csv")),
    ["pairwise-report-days.csv"],
  );
  writeFileSync(join(folder, "file"), "");
  const { status, stderr } = await run([file, "--csv", join(folder, "file")]);
  assert.equal(status, 4);
  assert.match(stderr, /file can't be written \(EEXIST\)/);
});

test("OpenTelemetry's variables are read as its specification has them", () => {
  assert.deepEqual(
    otlpEnvironment({
      OTEL_EXPORTER_OTLP_HEADERS: "a=1",
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: " Api-Key = x%3Dy , b= ",
      OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: "500",
    }),
    { headers: { "api-key": "x=y", b: "" }, timeoutMs: 500, attributes: {} },
  );
  assert.deepEqual(otlpEnvironment({}), { headers: {}, timeoutMs: 10_000, attributes: {} });
  for (const [name, value] of [
    ["OTEL_EXPORTER_OTLP_HEADERS", "a b=1"],
    ["OTEL_EXPORTER_OTLP_HEADERS", "a=%0d%0ax: y"],
    ["OTEL_EXPORTER_OTLP_HEADERS", "a=%"],
    ["OTEL_EXPORTER_OTLP_TIMEOUT", "soon"],
    ["OTEL_RESOURCE_ATTRIBUTES", "=x"],
  ] as const)
    assert.deepEqual(otlpEnvironment({ [name]: value }), { unreadable: name }, value);
});
