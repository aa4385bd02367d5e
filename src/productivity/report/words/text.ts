/** The report in words, for whoever shows it: a page, a panel or a terminal. Plain text everywhere; nothing is escaped. */

export interface ReportText {
  /** A tag that browsers know: `en`, `zh-CN`. */
  readonly language: string;
  readonly title: string;
  /** What somebody could quote by itself. */
  readonly headline: string;
  readonly notes: readonly string[];
  readonly sections: readonly Section[];
  /** When it was made, and of what. */
  readonly imprint: string;
  readonly dataLabel: string;
}

type SectionId =
  | "people"
  | "spread"
  | "sensitivity"
  | "waiting"
  | "ladder"
  | "wholeJob"
  | "forecast"
  | "singles"
  | "keystrokes"
  | "funnel"
  | "survival"
  | "trend"
  | "breakdown"
  | "cost"
  | "share"
  | "guardrails"
  | "studies"
  | "methods";

export interface Section {
  readonly id: SectionId;
  /** The question that it answers. */
  readonly question: string;
  /** The figure in words first, then what it stands on. */
  readonly paragraphs: readonly string[];
  /** Of what: its n. Empty where it has none. */
  readonly basis: string;
  readonly chart?: Chart;
  /** What the chart is drawn from, to be opened. */
  readonly data?: Table;
  /** Always open. */
  readonly tables?: readonly Table[];
  readonly items?: readonly Item[];
}

/** One of a list, with an address where it has a source. */
export interface Item {
  readonly text: string;
  readonly source?: string;
}

export interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly string[])[];
}

export type Chart = RatioChart | BarChart | StepChart | WeekChart;

/** Ratios on a logarithmic axis, with a line at 1. */
export interface RatioChart {
  readonly kind: "ratios";
  /** What the chart shows, for those who can't see it. */
  readonly label: string;
  readonly axis: string;
  /** Drawn across all rows. */
  readonly band?: RatioInterval & { readonly label: string };
  readonly rows: readonly RatioRow[];
}

interface RatioInterval {
  readonly lower: number;
  readonly upper: number;
}

export interface RatioRow {
  readonly label: string;
  /** In words, beside the row. */
  readonly note: string;
  readonly at?: number;
  readonly interval?: RatioInterval;
  readonly mark: Mark;
}

/** A shape for each, since colour alone tells not everybody. */
export type Mark = "ruled-out" | "shown" | "undecided" | "not-known" | "point";

/** Counts, from 0: what is certain is filled, and what is at most so is an outline. */
export interface BarChart {
  readonly kind: "bars";
  readonly label: string;
  readonly rows: readonly {
    readonly label: string;
    readonly note: string;
    readonly atLeast: number;
    readonly atMost: number;
  }[];
}

/** A share that falls in steps, from all at the start on; the times at which it is known stand side by side. */
export interface StepChart {
  readonly kind: "steps";
  readonly label: string;
  readonly start: string;
  readonly axis: string;
  readonly points: readonly {
    readonly label: string;
    readonly share: number;
    readonly words: string;
    readonly lower?: number;
    readonly upper?: number;
  }[];
}

/** Shares by week. */
export interface WeekChart {
  readonly kind: "weeks";
  readonly label: string;
  readonly weeks: readonly {
    readonly label: string;
    readonly weekMs: number;
    readonly share: number;
    readonly words: string;
    /** Where there is an interval. */
    readonly lower?: number;
    readonly upper?: number;
  }[];
  readonly changes: readonly { readonly weekMs: number; readonly label: string }[];
}
