/** docs/team-scale.md and the files beside it say what the code does. */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { root } from "../../scripts/toolchain.mjs";
import { endPointOf } from "../../src/productivity/export/endPoint.ts";
import { BLOCK_SCHEMA, blockColumns, type ColumnKind } from "../../src/productivity/team/blockRow.ts";
import { sumFields } from "../../src/productivity/team/personSums.ts";
import { bounds, rowLimits } from "../../src/productivity/team/rowLimits.ts";
import { betPlaces } from "../../src/productivity/team/teamBets.ts";
import { LEAST_PEOPLE } from "../../src/productivity/team/teamReport.ts";
import { type Dashboard, dashboardQueries, statementsOf, teamSql } from "../support/clickHouse.ts";

const page = readFileSync(join(root, "docs", "team-scale.md"), "utf8");

test("the documented columns are those of the rows, in their order", () => {
  const documented = [...page.matchAll(/^\| (\w+) \| (text|whole|number|truth) \|/gm)].map(([, name, kind]) => [
    name,
    kind,
  ]);
  assert.deepEqual(documented, blockColumns);
  assert.ok(page.includes(`\`${BLOCK_SCHEMA}\``));
});

test("the warehouse's table has these columns, with types that hold them", () => {
  const types: Readonly<Record<ColumnKind, RegExp>> = {
    text: /^(LowCardinality\(String\)|FixedString\(16\)( DEFAULT user)?|Date|Enum8\('off' = 0, 'on' = 1\))$/,
    whole: /^UInt64$/,
    number: /^Float64$/,
    truth: /^Bool$/,
  };
  const columns = [...teamSql("schema.sql").matchAll(/^ {2}(?!CONSTRAINT)(\w+) (.+?),?$/gm)];
  assert.deepEqual(
    columns.map(([, name]) => name),
    blockColumns.map(([name]) => name),
  );
  for (const [index, [, name, type]] of columns.entries()) {
    assert.match(type ?? "", types[blockColumns[index]?.[1] ?? "truth"], name);
  }
});

test("the warehouse's table refuses what is refused of a row, by the same numbers", () => {
  const constraints = new Map(
    [...teamSql("schema.sql").matchAll(/^ {2}CONSTRAINT (\w+) CHECK (.+?),?$/gm)].map(([, name = "", check = ""]) => [
      name,
      check,
    ]),
  );
  // Of a file these are what the types of its columns say.
  const ofTypes = ["schemaIsKnown", "numbersAreExact", "netCharsAreNoLess"];
  const names = rowLimits.map(({ limit }) => limit).filter((limit) => limit !== "armIsOnOrOff");
  assert.deepEqual(new Set(constraints.keys()), new Set([...ofTypes, ...names]));
  const numbers = new Set(
    [...constraints.values()].flatMap((check) =>
      [...check.matchAll(/(?<![\w.'[{])\d{3,}(?:\.\d+)?|0\.\d+/g)].map(Number),
    ),
  );
  for (const bound of Object.values(bounds)) assert.ok(numbers.delete(bound), String(bound));
  // Half-hours, days, and what JavaScript's numbers are exact up to.
  assert.deepEqual([...numbers], [Number.MAX_SAFE_INTEGER, 1_800_000, 86_400_000]);
  for (const { limit, field } of rowLimits)
    assert.ok(constraints.get(limit)?.includes(field) ?? field === "arm", limit);
});

test("the queries give each sum of a person, and each bet", () => {
  const people = teamSql("people.sql");
  for (const field of sumFields) assert.match(people, new RegExp(`\\bAS ${field}\\b`), field);
  // Their order is that of two lists: by claim, then from each side with each lambda.
  const numbersIn = (list: RegExp): readonly number[] => (list.exec(people)?.[1] ?? "").split(", ").map(Number);
  const claims = numbersIn(/^ +\[([\d., ]+)\]\n +\)\)\) AS bets$/m);
  const scales = numbersIn(/\[([\d., -]+)\] AS scales,$/m);
  assert.deepEqual(
    claims.flatMap((claim) => scales.map((scale) => ({ claim, side: scale > 0 ? "+" : "-", lambda: Math.abs(scale) }))),
    betPlaces,
  );
});

test("what the page links to is there", () => {
  const links = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link ?? "");
  assert.ok(links.length >= 7);
  for (const link of links) assert.ok(existsSync(join(root, "docs", link)), link);
});

const dashboard = JSON.parse(readFileSync(join(root, "docs", "team-scale", "grafana.json"), "utf8")) as Dashboard;

test("no panel of the dashboard shows one person, or fewer than five", () => {
  const queries = dashboardQueries(dashboard);
  assert.ok(queries.sql.length >= 7 && queries.prometheus.length >= 2);
  const views = statementsOf(teamSql("dashboard.sql"));
  const names = views.map(
    (view) => /^CREATE OR REPLACE VIEW (team_\w+) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS$/m.exec(view)?.[1],
  );
  // It asks for nothing but views, which can be all that its user may read.
  for (const sql of queries.sql) {
    for (const [, from] of sql.matchAll(/\b(?:FROM|JOIN) (\w+)/g)) assert.ok(names.includes(from), sql);
    assert.doesNotMatch(sql, /\b(user|person)\b/);
  }
  for (const name of names)
    assert.ok(
      queries.sql.some((sql) => sql.includes(` ${name}`)),
      name,
    );
  for (const view of views) {
    assert.match(
      view,
      /HAVING (uniqExact\(person\)|uniqExactIf\(person, qualifies\)|people) >= 5$|IN \(SELECT time FROM team_weeks\)/,
    );
    assert.match(view, /FROM block_rows FINAL\n/);
    assert.doesNotMatch(
      view.slice(0, view.indexOf("FROM")).replace("uniqExact(person) AS people", ""),
      /\b(users?\b(?! who)|persons?\b)/i,
    );
  }
  for (const name of names) assert.ok(page.includes(name?.slice("team_".length) ?? "?"), name);
  for (const expression of queries.prometheus) {
    assert.match(expression, /count\(count by \(service_instance_id\) \(\w+\)\) >= 5/);
  }
  assert.equal(LEAST_PEOPLE, 5);
});

test("the dashboard's panels have places of their own and sources that it asks for", () => {
  const variables = dashboard.templating.list.map(({ name }) => `\${${name}}`);
  const taken = new Set<string>();
  const ids = new Set<number>();
  for (const { id, gridPos, targets = [] } of dashboard.panels) {
    assert.ok(!ids.has(id));
    ids.add(id);
    for (const { datasource } of targets) assert.ok(variables.includes(datasource.uid), datasource.uid);
    assert.ok(gridPos.x + gridPos.w <= 24);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
        assert.ok(!taken.has(`${x}/${y}`), `panel ${id}`);
        taken.add(`${x}/${y}`);
      }
  }
});

interface Collector extends Readonly<
  Record<"receivers" | "processors" | "exporters", Readonly<Record<string, object>>>
> {
  readonly service: {
    readonly pipelines: Readonly<
      Record<string, Readonly<Record<"receivers" | "processors" | "exporters", readonly string[]>>>
    >;
  };
}

test("the collector listens so that people's machines send to it: by TLS", () => {
  const text = readFileSync(join(root, "docs", "team-scale", "collector.yaml"), "utf8");
  const { receivers } = parse(text) as {
    readonly receivers: {
      readonly otlp: {
        readonly protocols: Readonly<Record<string, { readonly endpoint: string; readonly tls?: object }>>;
      };
    };
  };
  const protocols = Object.entries(receivers.otlp.protocols);
  // OTLP as JSON is what is sent.
  assert.deepEqual(
    protocols.map(([name]) => name),
    ["http"],
  );
  for (const [, { endpoint, tls }] of protocols) {
    const port = endpoint.split(":").at(-1);
    assert.ok(!endpoint.startsWith("localhost") && !endpoint.startsWith("127."), endpoint);
    const scheme = tls && "cert_file" in tls && "key_file" in tls ? "https" : "http";
    assert.ok(endPointOf(`${scheme}://collector.example:${port}/v1/metrics`) instanceof URL, scheme);
  }
});

test("the collector's pipeline names parts that are there, and all of them", () => {
  const text = readFileSync(join(root, "docs", "team-scale", "collector.yaml"), "utf8");
  const collector = parse(text, { strict: true, uniqueKeys: true }) as Collector;
  assert.deepEqual(Object.keys(collector.service.pipelines), ["metrics"]);
  for (const kind of ["receivers", "processors", "exporters"] as const) {
    const used = Object.values(collector.service.pipelines).flatMap((pipeline) => pipeline[kind]);
    assert.deepEqual(Object.keys(collector[kind]).toSorted(), used.toSorted(), kind);
  }
  assert.deepEqual(Object.keys(collector.receivers), ["otlp", "otlpjsonfile"]);
  assert.deepEqual(Object.keys(collector.exporters), ["clickhouse", "prometheus"]);
  // A secret stands in the environment.
  for (const [, value] of text.matchAll(/password: (.*)$/gm)) assert.match(value ?? "", /^\$\{env:\w+\}$/);
});
