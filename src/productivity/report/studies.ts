/** What others have measured and published: ratios of throughput with an assistant to without. */

import type { Interval } from "./model.ts";

export interface Study {
  readonly who: "peng" | "cui" | "google" | "metr" | "he";
  /** As it is cited. */
  readonly name: string;
  readonly source: string;
  /** Undefined where no such ratio was published, or no interval. */
  readonly measured: Interval | undefined;
}

export const studies: readonly Study[] = [
  {
    who: "peng",
    name: "Peng et al. 2023",
    source: "https://arxiv.org/abs/2302.06590",
    measured: { estimate: 2.26, lower: 1.27, upper: 9.1 },
  },
  {
    who: "cui",
    name: "Cui et al. 2025",
    source: "https://papers.ssrn.com/sol3/papers.cfm?abstract_id=4945566",
    measured: { estimate: 1.26, lower: 1.06, upper: 1.46 },
  },
  {
    who: "google",
    name: "Paradis et al. 2024",
    source: "https://arxiv.org/abs/2410.12944",
    measured: undefined,
  },
  {
    who: "metr",
    name: "METR 2025",
    source: "https://arxiv.org/abs/2507.09089",
    measured: { estimate: 0.84, lower: 0.72, upper: 0.98 },
  },
  {
    who: "he",
    name: "He et al. 2026",
    source: "https://arxiv.org/abs/2511.04427",
    measured: undefined,
  },
];
