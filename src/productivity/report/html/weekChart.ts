import type { WeekChart } from "../words/text.ts";
import { coordinate, escaped, percent } from "./escape.ts";
import { markAt } from "./marks.ts";
import { line } from "./stepChart.ts";

const TOP_PX = 24;
const HEIGHT_PX = 150;
/** Words beside each other need so much of the width on a phone. */
const MOST_NAMES = 4;

/** A point with its interval for each week, from 0 up; changes are lines with a number, whose words stand below. */
export function weekChart({ label, weeks, changes }: WeekChart): string {
  const first = weeks[0]?.weekMs ?? 0;
  const span = Math.max(1, (weeks.at(-1)?.weekMs ?? 0) - first);
  const x = (weekMs: number): number => 0.14 + (0.8 * (weekMs - first)) / span;
  const top = Math.min(1, Math.ceil(Math.max(0.1, ...weeks.map(({ share, upper }) => upper ?? share)) * 10) / 10);
  const y = (share: number): string => coordinate(TOP_PX + (1 - share / top) * HEIGHT_PX);
  const every = Math.ceil(weeks.length / MOST_NAMES);
  const drawn = weeks.map(({ weekMs, share, lower, upper, label: name }, index) => {
    const at = x(weekMs);
    const interval = lower === undefined || upper === undefined ? "" : line("interval", at, at, y(lower), y(upper));
    const tick =
      index % every === 0
        ? `<text class="tick" x="${percent(at)}" y="${TOP_PX + HEIGHT_PX + 18}">${escaped(name)}</text>`
        : "";
    return interval + markAt("point", at, y(share)) + tick;
  });
  const marked = changes.map(
    ({ weekMs }, index) =>
      line("change", x(weekMs), x(weekMs), String(TOP_PX - 8), String(TOP_PX + HEIGHT_PX)) +
      `<text class="tick" x="${percent(x(weekMs))}" y="${TOP_PX - 12}">${index + 1}</text>`,
  );
  const grid = [0, top / 2, top]
    .map(
      (share) =>
        line("grid", 0, 1, y(share), y(share)) +
        `<text class="level" x="0" y="${coordinate(Number(y(share)) - 3)}">${coordinate(share * 100)}%</text>`,
    )
    .join("");
  const keys = changes.map((change) => `<li>${escaped(change.label)}</li>`).join("");
  return (
    `<figure class="weeks"><svg class="plot" role="img" aria-label="${escaped(label)}">${grid}${marked.join("")}${drawn.join("")}</svg>` +
    `${keys === "" ? "" : `<ol class="keys">${keys}</ol>`}</figure>`
  );
}
