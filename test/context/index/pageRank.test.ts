import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { type Graph, pageRank } from "../../../src/context/index/pageRank.ts";

type Edges = readonly (readonly [from: number, to: number, weight: number])[];

function graphOf(nodes: number, edges: Edges): Graph {
  const sorted = edges.toSorted((one, other) => one[0] - other[0]);
  const starts = new Int32Array(nodes + 1);
  for (let node = 0; node <= nodes; node += 1) starts[node] = sorted.filter(([from]) => from < node).length;
  return {
    starts,
    targets: Int32Array.from(sorted, ([, to]) => to),
    weights: Float64Array.from(sorted, ([, , weight]) => weight),
  };
}

/** By Gaussian elimination: r = 0.15 s + 0.85 Pᵀ r, and what a node without edges has goes back to the start. */
function solved(nodes: number, edges: Edges, restart: readonly number[]): readonly number[] {
  const total = restart.reduce((sum, weight) => sum + weight, 0);
  const start = restart.map((weight) => weight / total);
  const out = Array.from({ length: nodes }, (_, node) =>
    edges.reduce((sum, [from, , weight]) => sum + (from === node ? weight : 0), 0),
  );
  const rows = Array.from({ length: nodes }, (_, to) => {
    const row = Array.from({ length: nodes }, (_, from) => {
      const moved = edges.reduce((sum, edge) => sum + (edge[0] === from && edge[1] === to ? edge[2] : 0), 0);
      const share = out[from] === 0 ? (start[to] ?? 0) : moved / (out[from] ?? 1);
      return (from === to ? 1 : 0) - 0.85 * share;
    });
    return [...row, 0.15 * (start[to] ?? 0)];
  });
  for (let column = 0; column < nodes; column += 1) {
    const pivot = rows[column]?.[column] ?? 1;
    for (const [index, row] of rows.entries()) {
      if (index === column) continue;
      const factor = (row[column] ?? 0) / pivot;
      for (let at = column; at <= nodes; at += 1) row[at] = (row[at] ?? 0) - factor * (rows[column]?.[at] ?? 0);
    }
  }
  return rows.map((row, index) => (row[nodes] ?? 0) / (row[index] ?? 1));
}

const edgesOf = (nodes: number) =>
  fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.double({ min: 0.1, max: 5, noNaN: true })), {
    maxLength: 20,
  });

test("ranks are those of the equation that defines them", () => {
  const cases = fc.integer({ min: 1, max: 6 }).chain((nodes) =>
    fc.record({
      nodes: fc.constant(nodes),
      edges: edgesOf(nodes),
      restart: fc.array(fc.double({ min: 0.01, max: 3, noNaN: true }), { minLength: nodes, maxLength: nodes }),
    }),
  );
  fc.assert(
    fc.property(cases, ({ nodes, edges, restart }) => {
      const ranks = pageRank(graphOf(nodes, edges), Float64Array.from(restart));
      const expected = solved(nodes, edges, restart);
      for (const [node, rank] of ranks.entries()) assert.ok(Math.abs(rank - (expected[node] ?? 0)) < 1e-4);
    }),
    { numRuns: 200, seed: 6 },
  );
});

test("what is referred to from where one starts ranks before what is referred to elsewhere", () => {
  const edges: Edges = [
    [0, 2, 1],
    [1, 3, 1],
  ];
  const ranks = pageRank(graphOf(4, edges), Float64Array.of(1, 0.1, 0, 0));
  assert.ok((ranks[2] ?? 0) > (ranks[3] ?? 0));
});
