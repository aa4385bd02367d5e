/** PageRank with a personal restart (Page, Brin, Motwani and Winograd 1999, section 6), by power iteration. */

/** The edges of node `n` are those from `starts[n]` to `starts[n + 1]`. */
export interface Graph {
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  /** Positive. */
  readonly weights: Float64Array;
}

/**
 * Where somebody is found who follows edges by their weights and now and then starts again, by `restart`: a weight for
 * each node, not negative, not all 0. A node without edges leads back to the start, too. The ranks' sum is 1.
 */
export function pageRank({ starts, targets, weights }: Graph, restart: Float64Array): Float64Array {
  const count = restart.length;
  const totalRestart = restart.reduce((sum, weight) => sum + weight, 0);
  const outgoing = new Float64Array(count);
  for (let node = 0; node < count; node += 1) {
    for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge += 1) {
      outgoing[node] = (outgoing[node] ?? 0) + (weights[edge] ?? 0);
    }
  }
  let ranks = restart.map((weight) => weight / totalRestart);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = new Float64Array(count);
    let restarted = 1 - DAMPING;
    for (let node = 0; node < count; node += 1) {
      const followed = DAMPING * (ranks[node] ?? 0);
      const out = outgoing[node] ?? 0;
      if (out === 0) restarted += followed;
      else {
        const share = followed / out;
        for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge += 1) {
          const target = targets[edge] ?? 0;
          next[target] = (next[target] ?? 0) + share * (weights[edge] ?? 0);
        }
      }
    }
    let change = 0;
    for (let node = 0; node < count; node += 1) {
      const rank = (next[node] ?? 0) + (restarted * (restart[node] ?? 0)) / totalRestart;
      change += Math.abs(rank - (ranks[node] ?? 0));
      next[node] = rank;
    }
    ranks = next;
    if (change < SETTLED) break;
  }
  return ranks;
}

const DAMPING = 0.85;
const MOST_ROUNDS = 60;
/** The sum of all changes in a round. */
const SETTLED = 1e-6;
