/** The report's charts over time: how long accepted code lives, and how acceptance changes. */

import "./languageTag.ts";
import uPlot from "uplot";
import type { Section, StepChart, Table, WeekChart } from "../src/productivity/report/words/text.ts";
import { element } from "./dom.ts";
import { canvasFont, inPixels, livePlot, type PlotColours, shareAxis } from "./reportPlot.ts";

/** So wide is the name of a week with the room around it; those of times are half as long. */
const NAME_PX = 96;

interface Spoken {
  readonly hint: string;
  readonly language: string;
}

/** `undefined` where a chart is none that changes when one points at it. */
export function plotOf({ chart, data }: Section, spoken: Spoken): HTMLElement | undefined {
  if (chart?.kind === "steps") return stepPlot(chart, data, spoken);
  if (chart?.kind === "weeks") return weekPlot(chart, data, spoken);
  return undefined;
}

/** A row of the table in one line, by the heads of its columns. */
function detailsOf(data: Table | undefined, index: number, otherwise: string): string {
  const [name = "", ...cells] = data?.rows[index] ?? [];
  if (!data || name === "") return otherwise;
  const told = cells.flatMap((cell, column) => (cell === "" ? [] : [`${data.head[column + 1] ?? ""} ${cell}`]));
  return [`${data.head[0] ?? ""} ${name}`, ...told].join(" · ");
}

function stepPlot({ label, start, axis, points }: StepChart, data: Table | undefined, spoken: Spoken): HTMLElement {
  // It ends where nothing is known any more.
  const xs = [0, ...points.map((_point, index) => index + 1)];
  const ys = [1, ...points.map(({ share }) => share)];
  const ends = (of: "lower" | "upper"): (number | null)[] => [null, ...points.map((point) => point[of] ?? null)];
  const paths = uPlot.paths.stepped?.({ align: 1 });
  const names = [start, ...points.map((point) => point.label)];
  const live = livePlot({
    label,
    hint: spoken.hint,
    heightPx: 240,
    points: points.map((point, index) => ({
      x: index + 1,
      y: point.share,
      details: detailsOf(data, index, `${point.label}: ${point.words}`),
    })),
    // The line comes last, so that the interval lies behind it.
    data: [xs, ends("upper"), ends("lower"), ys],
    options: (colours) => ({
      scales: { x: { time: false, range: [-0.5, points.length + 0.5] }, y: { range: [0, 1.12] } },
      axes: [
        { ...placeAxis(colours, xs, (at) => names[at] ?? ""), ...inTwoRows(names) },
        shareAxis(colours, [0, 0.5, 1], spoken.language),
      ],
      series: [
        {},
        { points: { show: false }, ...(paths && { paths }) },
        { points: { show: false }, ...(paths && { paths }) },
        { stroke: colours.blue, width: 2, points: { show: false }, ...(paths && { paths }) },
      ],
      bands: [{ series: [1, 2], fill: colours.blueSoft }],
      cursor: cursorOf(colours),
      hooks: {
        // Behind the line.
        drawAxes: [(plot) => drawLastInterval(plot, colours, points)],
        draw: [(plot) => drawWords(plot, colours, points)],
      },
    }),
  });
  live.querySelector(".live")?.after(element("figcaption", { text: axis }));
  return live;
}

/** After the last step no area follows that its interval could be seen in. */
function drawLastInterval(plot: uPlot, { blueSoft }: PlotColours, points: StepChart["points"]): void {
  const { lower, upper } = points.at(-1) ?? {};
  if (lower === undefined || upper === undefined) return;
  inPixels(plot, (context, ratio) => {
    const x = plot.valToPos(points.length, "x", true);
    context.strokeStyle = blueSoft;
    context.lineWidth = 12 * ratio;
    context.beginPath();
    context.moveTo(x, plot.valToPos(lower, "y", true));
    context.lineTo(x, plot.valToPos(upper, "y", true));
    context.stroke();
  });
}

/** Where they would run into each other, every other name stands below the one before. */
function inTwoRows(names: readonly string[]): Pick<uPlot.Axis, "values" | "size"> {
  const isNarrow = (plot: uPlot): boolean => plot.width / names.length < NAME_PX / 2;
  return {
    values: (plot, values) => values.map((at) => `${isNarrow(plot) && at % 2 === 1 ? "\n" : ""}${names[at] ?? ""}`),
    size: (plot) => (isNarrow(plot) ? 44 : 32),
  };
}

/** Beside each step what it has come to. */
function drawWords(plot: uPlot, { ink, font }: PlotColours, points: StepChart["points"]): void {
  inPixels(plot, (context, ratio) => {
    context.font = canvasFont(font, ratio);
    context.fillStyle = ink;
    context.textAlign = "left";
    context.textBaseline = "bottom";
    for (const [index, { share, upper, words }] of points.entries())
      context.fillText(
        words,
        plot.valToPos(index + 1, "x", true) + 4 * ratio,
        plot.valToPos(upper ?? share, "y", true) - 4 * ratio,
      );
  });
}

const WEEK_MS = 604_800_000;
function weekPlot({ label, weeks, changes }: WeekChart, data: Table | undefined, spoken: Spoken): HTMLElement {
  const weekOf = (weekMs: number): number => Math.round((weekMs - (weeks[0]?.weekMs ?? 0)) / WEEK_MS);
  const xs = weeks.map(({ weekMs }) => weekOf(weekMs));
  const span = Math.max(1, xs.at(-1) ?? 1);
  const top = Math.min(1, Math.ceil(Math.max(0.1, ...weeks.map(({ share, upper }) => upper ?? share)) * 10) / 10);
  const none: uPlot.Series.PathBuilder = () => null;
  const live = livePlot({
    label,
    hint: spoken.hint,
    heightPx: 224,
    points: weeks.map(({ share, label: name, words }, index) => ({
      x: xs[index] ?? 0,
      y: share,
      details: detailsOf(data, index, `${name}: ${words}`),
    })),
    data: [xs, weeks.map(({ share }) => share)],
    options: (colours) => ({
      padding: [24, 16, 0, 0],
      scales: { x: { time: false, range: [-0.03 * span, 1.03 * span] }, y: { range: [0, top] } },
      axes: [
        {
          ...placeAxis(colours, xs, (at) => weeks[xs.indexOf(at)]?.label ?? ""),
          splits: (plot) => everyFew(xs, plot.width / NAME_PX),
        },
        shareAxis(colours, [0, top / 2, top], spoken.language),
      ],
      series: [{}, { stroke: colours.blue, points: { show: false }, paths: none }],
      cursor: cursorOf(colours),
      hooks: {
        draw: [
          (plot) => {
            drawChanges(
              plot,
              colours,
              changes.map(({ weekMs }) => weekOf(weekMs)),
            );
            drawWeeks(plot, colours, weeks, xs);
          },
        ],
      },
    }),
  });
  if (changes.length > 0)
    live.append(element("ol", { class: "keys" }, ...changes.map((change) => element("li", { text: change.label }))));
  return live;
}

function everyFew(xs: readonly number[], most: number): number[] {
  const every = Math.max(1, Math.ceil(xs.length / Math.max(1, most)));
  return xs.filter((_x, index) => index % every === 0);
}

function drawWeeks(plot: uPlot, { blue, paper }: PlotColours, weeks: WeekChart["weeks"], xs: readonly number[]): void {
  inPixels(plot, (context, ratio) => {
    // With many weeks the marks would run into each other.
    const size = (xs.length > 30 ? 4 : 6) * ratio;
    for (const [index, { share, lower, upper }] of weeks.entries()) {
      const x = plot.valToPos(xs[index] ?? 0, "x", true);
      const y = plot.valToPos(share, "y", true);
      context.strokeStyle = blue;
      context.lineWidth = 2 * ratio;
      context.beginPath();
      if (lower !== undefined && upper !== undefined) {
        context.moveTo(x, plot.valToPos(lower, "y", true));
        context.lineTo(x, plot.valToPos(upper, "y", true));
        context.stroke();
      }
      context.beginPath();
      context.moveTo(x, y - size);
      context.lineTo(x + size, y);
      context.lineTo(x, y + size);
      context.lineTo(x - size, y);
      context.closePath();
      context.fillStyle = blue;
      context.strokeStyle = paper;
      context.lineWidth = ratio;
      context.fill();
      context.stroke();
    }
  });
}

/** A line with a number, whose words stand below. Those of one week share one line. */
function drawChanges(plot: uPlot, { orange, quiet, font }: PlotColours, weeks: readonly number[]): void {
  inPixels(plot, (context, ratio) => {
    context.font = canvasFont(font, ratio);
    context.textAlign = "center";
    context.textBaseline = "bottom";
    const { top, height } = plot.bbox;
    for (const week of new Set(weeks)) {
      const x = plot.valToPos(week, "x", true);
      context.strokeStyle = orange;
      context.lineWidth = ratio;
      context.setLineDash([4 * ratio, 3 * ratio]);
      context.beginPath();
      context.moveTo(x, top - 4 * ratio);
      context.lineTo(x, top + height);
      context.stroke();
      context.fillStyle = quiet;
      const numbers = weeks.flatMap((each, index) => (each === week ? [index + 1] : []));
      context.fillText(numbers.join(", "), x, top - 5 * ratio);
    }
  });
}

function placeAxis({ quiet, font }: PlotColours, places: readonly number[], name: (at: number) => string): uPlot.Axis {
  return {
    stroke: quiet,
    font,
    size: 32,
    splits: () => [...places],
    values: (_plot, values) => values.map(name),
    grid: { show: false },
    ticks: { show: false },
  };
}

function cursorOf({ blue, paper }: PlotColours): uPlot.Cursor {
  return {
    y: false,
    drag: { x: false, y: false },
    // On what is drawn as a line or marks, and not on the ends of its interval.
    points: {
      size: (plot, series) => (series === plot.series.length - 1 ? 10 : 0),
      width: (plot, series) => (series === plot.series.length - 1 ? 2 : 0),
      stroke: blue,
      fill: paper,
    },
  };
}
