/** The report's figures as metrics: names, units and points, as `docs/exports.md` lists them. */

import { sumOf } from "../report/known.ts";
import type { Interval, Known, ReportModel } from "../report/model.ts";
import { groupsOf, type Usage } from "./days.ts";
import type { ExportFigures } from "./figures.ts";

/** `sum`: points add up to a whole, which may become less when the ledger forgets. `gauge`: they don't. */
export interface Metric {
  readonly name: string;
  readonly kind: "sum" | "gauge";
  /** As UCUM has it. */
  readonly unit: string;
  readonly description: string;
  readonly isWhole: boolean;
  readonly points: readonly MetricPoint[];
}

interface MetricPoint {
  readonly value: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Without those that nothing is known of: not 0, but none. */
export function metricsOf(figures: ExportFigures): readonly Metric[] {
  const { model } = figures;
  // Of an empty ledger nothing is known, not even that nobody worked.
  if (model.range.firstMs === undefined) return [];
  return [
    ...suggestionMetrics(figures),
    ...rateMetrics(model),
    ...codeMetrics(model),
    ...workMetrics(model),
    ...experimentMetrics(model),
    ...costMetrics(model),
  ]
    .filter(({ points }) => points.length > 0)
    .map((metric) => (metric.kind === "sum" ? { ...metric, points: addedUp(metric.points) } : metric));
}

/** One point for the same attributes: two models may have one name in the conventions, and receivers keep the last of two points. */
function addedUp(points: readonly MetricPoint[]): readonly MetricPoint[] {
  const keyOf = ({ attributes }: MetricPoint): string =>
    JSON.stringify(Object.entries(attributes).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  return [...Map.groupBy(points, keyOf).values()].flatMap(([first, ...more]) =>
    first ? [{ ...first, value: first.value + sumOf(more, ({ value }) => value) }] : [],
  );
}

function suggestionMetrics({ model, usage }: ExportFigures): readonly Metric[] {
  const { stages, heldBack, contaminated, undone } = model.funnel;
  const groups = groupsOf(usage);
  const by = (
    name: string,
    unit: string,
    description: string,
    value: (usage: Usage) => number,
    more: Record<string, string> = {},
  ) =>
    whole(
      `pairwise.suggestion.${name}`,
      unit,
      description,
      groups.map((group) => ({ value: value(group), attributes: { ...attributesOf(group), ...more } })),
    );
  const stage = (wanted: (typeof stages)[number]["stage"]) => stages.find(({ stage }) => stage === wanted);
  const alone = (value: number | undefined): readonly MetricPoint[] =>
    value === undefined ? [] : [{ value, attributes: {} }];
  const count = (name: string, description: string, value: number | undefined) =>
    whole(`pairwise.suggestion.${name}`, "{suggestion}", description, alone(value));
  const bounds = (name: string, description: string, of: ReturnType<typeof stage>): Metric => ({
    ...whole(`pairwise.suggestion.${name}`, "{suggestion}", description, of ? leastAndMost(of) : []),
    kind: "gauge",
  });
  const accepted = by(
    "accepted",
    "{suggestion}",
    "Of those shown: accepted as a whole or in parts.",
    (group) => group.acceptedFull,
    {
      "pairwise.extent": "full",
    },
  );
  const partly = by("accepted", "", "", (group) => group.acceptedPartly, { "pairwise.extent": "part" });
  return [
    count("asked", "Times that the editor asked where a suggestion could be made.", stage("asked")?.atMost),
    count("returned", "Answers with a suggestion.", stage("returned")?.atMost),
    count("held_back", "Made and not shown, since an experiment held them back.", heldBack),
    by("shown", "{suggestion}", "Still valid 750 ms after they were returned, or accepted.", ({ shown }) => shown),
    { ...accepted, points: [...accepted.points, ...partly.points] },
    bounds("alive", "Accepted and alive ten minutes later.", stage("alive")),
    bounds("committed", "Accepted and alive at the next commit.", stage("committed")),
    count("undone", "Accepted, and nothing of it kept for 10 s.", undone),
    count(
      "contaminated",
      "Shown while another extension made suggestions: in no other count of what was shown.",
      contaminated,
    ),
    by("suggested.lines", "{line}", "Lines that shown suggestions touch.", ({ suggestedLines }) => suggestedLines),
    by("accepted.lines", "{line}", "Lines that accepted text touches.", ({ acceptedLines }) => acceptedLines),
  ];
}

function rateMetrics({ acceptance, survival, share }: ReportModel): readonly Metric[] {
  const { curve } = survival;
  const steps = curve.kind === "known" ? curve.steps : [];
  return [
    gauge(
      "pairwise.acceptance.ratio",
      "1",
      "Accepted of shown, with its 95 % interval.",
      known(acceptance.headline.rate),
    ),
    gauge(
      "pairwise.survival.ratio",
      "1",
      "Accepts that are alive so long after they were made (Kaplan-Meier), with its 95 % interval.",
      steps.flatMap(({ check, alive, lower, upper }) =>
        interval({ estimate: alive, lower, upper }, { "pairwise.check": check }),
      ),
    ),
    gauge("pairwise.code.ai.ratio", "1", "Share of accepted characters in what is there after ten minutes.", [
      ...(share.share === undefined ? [] : [bound("estimate", share.share)]),
      ...(share.bounds ? leastAndMost(share.bounds) : []),
    ]),
  ];
}

function codeMetrics({ share }: ReportModel): readonly Metric[] {
  const origin = (value: number, name: string) => ({ value, attributes: { "pairwise.origin": name } });
  return [
    whole("pairwise.code.surviving", "{character}", "Characters that are there ten minutes after they were written.", [
      origin(share.ai, "ai"),
      origin(share.typed, "typed"),
    ]),
    whole(
      "pairwise.code.excluded",
      "{character}",
      "Characters that came in other ways, and are in no rate.",
      share.excluded.map(({ chars, how }) => origin(chars, how)),
    ),
  ];
}

function workMetrics({ range, guardrails }: ReportModel): readonly Metric[] {
  const one = (value: number) => [{ value, attributes: {} }];
  return [
    {
      ...whole("pairwise.work.active", "s", "Time in which somebody worked.", one(range.activeMinutes * 60)),
      isWhole: false,
    },
    whole("pairwise.work.days", "d", "Days on which somebody worked.", one(range.workedDays)),
    whole("pairwise.work.sessions", "{session}", "Windows in which suggestions were shown.", one(range.sessions)),
    whole("pairwise.errors.new", "{error}", "Errors that were not there before.", one(guardrails.all.newErrors)),
    whole("pairwise.undos", "{undo}", "Times that something was undone.", one(guardrails.all.undos)),
  ];
}

/**
 * Without the verdict: metrics go to where other people's go, too, and how fast somebody is concerns that person. The team's report has
 * the team's, and nobody's.
 */
function experimentMetrics({ methods: { experiment } }: ReportModel): readonly Metric[] {
  const blocks = (["drawn", "qualifying", "compared"] as const).flatMap((stage) =>
    (["on", "off"] as const).flatMap((arm) =>
      experiment
        ? [{ value: experiment[stage][arm], attributes: { "pairwise.stage": stage, "pairwise.arm": arm } }]
        : [],
    ),
  );
  return [
    // A block that is compared is one that qualifies, too.
    { ...whole("pairwise.experiment.blocks", "{block}", "Half-hours of the experiment.", blocks), kind: "gauge" },
  ];
}

function costMetrics({ cost }: ReportModel): readonly Metric[] {
  const tokens = (value: number, type: string) => ({ value, attributes: { "gen_ai.token.type": type } });
  return [
    whole(
      "pairwise.tokens",
      "{token}",
      "Tokens of requests, of which they are known.",
      cost ? [tokens(cost.inputTokens, "input"), tokens(cost.outputTokens, "output")] : [],
    ),
  ];
}

const whole = (name: string, unit: string, description: string, points: readonly MetricPoint[]): Metric => ({
  name,
  kind: "sum",
  unit,
  description,
  isWhole: true,
  points,
});

const gauge = (name: string, unit: string, description: string, points: readonly MetricPoint[]): Metric => ({
  name,
  kind: "gauge",
  unit,
  description,
  isWhole: false,
  points,
});

type Attributes = MetricPoint["attributes"];

const bound = (name: string, value: number, attributes: Attributes = {}): MetricPoint => ({
  value,
  attributes: { ...attributes, "pairwise.bound": name },
});

const leastAndMost = ({ atLeast, atMost }: { readonly atLeast: number; readonly atMost: number }) => [
  bound("least", atLeast),
  bound("most", atMost),
];

function interval(
  {
    estimate,
    lower,
    upper,
  }: { readonly estimate: number; readonly lower?: number | undefined; readonly upper?: number | undefined },
  attributes: Attributes = {},
): readonly MetricPoint[] {
  return [
    bound("estimate", estimate, attributes),
    ...(lower === undefined ? [] : [bound("lower", lower, attributes)]),
    ...(upper === undefined ? [] : [bound("upper", upper, attributes)]),
  ];
}

const known = (value: Known<Interval>): readonly MetricPoint[] => (value.kind === "known" ? interval(value) : []);

/** The model by its names in OpenTelemetry's conventions for generative AI; the language by VS Code's name for it. */
function attributesOf({
  language,
  model,
}: {
  readonly language: string;
  readonly model: string | undefined;
}): Attributes {
  const slash = model?.indexOf("/") ?? -1;
  return {
    ...(language !== "" && { "pairwise.language": language }),
    ...(model !== undefined && slash > 0 && { "gen_ai.provider.name": providerName(model.slice(0, slash)) }),
    ...(model !== undefined && model !== "" && { "gen_ai.request.model": model.slice(slash + 1) }),
  };
}

/** Of those that the conventions have another name for than references to models. */
function providerName(id: string): string {
  const others: Readonly<Record<string, string>> = {
    azure: "azure.ai.openai",
    moonshot: "moonshot_ai",
    mistral: "mistral_ai",
    codestral: "mistral_ai",
  };
  return Object.hasOwn(others, id) ? (others[id] ?? id) : id;
}
