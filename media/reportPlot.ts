/** A chart that lives: it takes the width that there is and the theme's colours, and tells of the place that one points at. */

import "./languageTag.ts";
import uPlot from "uplot";
import { element, setText } from "./dom.ts";

/** One place on the axis, from left to right. */
interface PlotPoint {
  readonly x: number;
  readonly y: number;
  /** In words, with all that is known of it. */
  readonly details: string;
}

export interface PlotColours {
  readonly ink: string;
  readonly quiet: string;
  readonly grid: string;
  readonly paper: string;
  readonly blue: string;
  readonly blueSoft: string;
  readonly orange: string;
  readonly font: string;
}

export interface Plotted {
  readonly label: string;
  readonly hint: string;
  readonly heightPx: number;
  readonly points: readonly PlotPoint[];
  readonly data: uPlot.AlignedData;
  readonly options: (colours: PlotColours) => Omit<uPlot.Options, "width" | "height">;
}

/** The whole figure. It draws once it is in the page, and ends with it. */
export function livePlot({ label, hint, heightPx, points, data, options }: Plotted): HTMLElement {
  const readout = element("p", { class: "readout", text: hint, attributes: { "aria-hidden": "true" } });
  // To a screen reader it is a slider over the places: arrow keys are what one has, and each place is said in words.
  const plotBox = element("div", {
    class: "live",
    attributes: {
      role: "slider",
      tabindex: "0",
      "aria-label": label,
      "aria-orientation": "horizontal",
      "aria-valuemin": "1",
      "aria-valuemax": String(points.length),
    },
  });
  // Before it is drawn, too: what stands below does not move then.
  plotBox.style.height = `${heightPx}px`;
  let [plot, at, isByKey]: [uPlot | undefined, number, boolean] = [undefined, 0, false];
  const tell = (place: number | undefined): void => {
    if (place !== undefined) at = place;
    plotBox.setAttribute("aria-valuenow", String(at + 1));
    plotBox.setAttribute("aria-valuetext", points[at]?.details ?? "");
    setText(readout, place === undefined ? hint : (points[place]?.details ?? hint));
  };
  tell(undefined);
  const draw = (): void => {
    const width = plotBox.clientWidth;
    if (width === 0) return;
    plot?.destroy();
    const { hooks = {}, ...rest } = options(coloursIn(plotBox));
    const whole: uPlot.Options = {
      ...rest,
      width,
      height: heightPx,
      legend: { show: false },
      hooks: {
        ...hooks,
        setCursor: [
          ({ cursor: { left = -1 } }) => {
            if (!isByKey && plot) tell(left < 0 ? undefined : nearest(points, plot.posToVal(left, "x")));
          },
        ],
      },
    };
    plot = new uPlot(whole, data, plotBox);
  };
  const goTo = (place: number): void => {
    const within = Math.max(0, Math.min(points.length - 1, place));
    const point = points[within];
    if (!plot || !point) return;
    isByKey = true;
    plot.setCursor({ left: plot.valToPos(point.x, "x"), top: plot.valToPos(point.y, "y") });
    isByKey = false;
    tell(within);
  };
  plotBox.addEventListener("keydown", (event) => {
    const place = placeFor(event.key, at, points.length);
    if (place === undefined) return;
    event.preventDefault();
    goTo(place);
  });
  plotBox.addEventListener("focus", () => {
    if (plotBox.matches(":focus-visible")) goTo(at);
  });
  plotBox.addEventListener("blur", () => {
    plot?.setCursor({ left: -1, top: -1 });
    tell(undefined);
  });
  const widths = new ResizeObserver(() => {
    if (!plotBox.isConnected) return end();
    if (plot?.width !== plotBox.clientWidth) draw();
  });
  // VS Code says by the body's class and the root's variables which theme there is.
  const themes = new MutationObserver(() => draw());
  const end = (): void => {
    widths.disconnect();
    themes.disconnect();
    plot?.destroy();
  };
  widths.observe(plotBox);
  themes.observe(document.body, { attributeFilter: ["class"] });
  themes.observe(document.documentElement, { attributeFilter: ["style"] });
  return element("figure", { class: "plotted" }, plotBox, readout);
}

function placeFor(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return at + 1;
    case "ArrowLeft":
    case "ArrowDown":
      return at - 1;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

function nearest(points: readonly PlotPoint[], x: number): number {
  let best = 0;
  for (const [index, point] of points.entries())
    if (Math.abs(point.x - x) < Math.abs((points[best]?.x ?? 0) - x)) best = index;
  return best;
}

/** A canvas knows no variables: the colours as they have come out. */
function coloursIn(place: HTMLElement): PlotColours {
  const probe = element("span");
  place.append(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const { fontFamily, fontSize } = getComputedStyle(place);
  const colours = {
    ink: colour("ink"),
    quiet: colour("quiet"),
    grid: colour("grid"),
    paper: colour("paper"),
    blue: colour("blue"),
    blueSoft: colour("blue-soft"),
    orange: colour("orange"),
    // uPlot reads whole pixels alone.
    font: `${Math.round(Number.parseFloat(fontSize))}px ${fontFamily}`,
  };
  probe.remove();
  return colours;
}

/** For what is drawn by hand: sizes on a canvas are the screen's own. */
export function inPixels(plot: uPlot, draw: (context: CanvasRenderingContext2D, ratio: number) => void): void {
  plot.ctx.save();
  draw(plot.ctx, devicePixelRatio);
  plot.ctx.restore();
}

/** As many as the font says, larger by the screen's ratio. */
export function canvasFont(font: string, ratio: number): string {
  return font.replace(/^[\d.]+/, (size) => String(Number(size) * ratio));
}

/** A share's axis: from 0, with three lines. */
export function shareAxis({ quiet, grid, font }: PlotColours, splits: readonly number[], language: string): uPlot.Axis {
  const format = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  return {
    scale: "y",
    stroke: quiet,
    font,
    size: 48,
    gap: 8,
    splits: () => [...splits],
    values: (_plot, values) => values.map((value) => format.format(value)),
    grid: { stroke: grid, width: 1 },
    ticks: { show: false },
  };
}
