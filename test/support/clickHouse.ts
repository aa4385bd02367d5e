/** ClickHouse in this process, as `npm run test:warehouse` has fetched it, with the tables of docs/team-scale. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/toolchain.mjs";

interface Session {
  /** What it prints, in the format that the query names. @throws what ClickHouse says is wrong with it */
  query(sql: string, format?: string): string;
  close(): void;
}

export interface Warehouse extends Disposable {
  readonly folder: string;
  query(sql: string): string;
}

export const teamSql = (name: string): string => readFileSync(join(root, "docs", "team-scale", name), "utf8");

/**
 * One at a time: a process has one folder of ClickHouse's.
 *
 * @param kept a folder that stays when it is closed, and may have been filled before
 */
export function openWarehouse(kept?: string): Warehouse {
  const library = process.env["PAIRWISE_CHDB"];
  if (library === undefined) throw new Error("Run these by `npm run test:warehouse`.");
  const { Session } = createRequire(import.meta.url)(library) as { readonly Session: new (folder: string) => Session };
  const folder = kept ?? mkdtempSync(join(tmpdir(), "pairwise-warehouse-"));
  const session = new Session(join(folder, "data"));
  session.query("CREATE DATABASE IF NOT EXISTS team");
  session.query("USE team");
  for (const name of ["schema.sql", "dashboard.sql"])
    for (const statement of statementsOf(teamSql(name))) session.query(statement);
  return {
    folder,
    query: (sql) => session.query(sql),
    [Symbol.dispose]() {
      session.close();
      if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const statementsOf = (sql: string): readonly string[] =>
  sql
    .split(";\n")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");

const sumsQueries = ["people.sql", "other-plans.sql"] as const;

/** The lines that the two queries give, as a file of them would be. */
export const sumsOf = ({ query }: Pick<Warehouse, "query">): string =>
  sumsQueries.map((name) => query(teamSql(name))).join("");

export interface Dashboard {
  readonly templating: { readonly list: readonly { readonly name: string }[] };
  readonly panels: readonly {
    readonly id: number;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets?: readonly {
      readonly datasource: { readonly uid: string };
      readonly rawSql?: string;
      readonly expr?: string;
    }[];
  }[];
}

/** What its panels ask ClickHouse, and Prometheus. */
export function dashboardQueries({ panels }: Dashboard): {
  readonly sql: readonly string[];
  readonly prometheus: readonly string[];
} {
  const targets = panels.flatMap(({ targets = [] }) => targets);
  return {
    sql: targets.flatMap(({ rawSql }) => rawSql ?? []),
    prometheus: targets.flatMap(({ expr }) => expr ?? []),
  };
}
