import { formatted, type Sample, type Step, type TrueAccept, type Truth } from "./sample.ts";
import {
  all,
  blocks,
  calls,
  composed,
  editorsLine,
  firstWord,
  indentUnitOf,
  keysOf,
  lines,
  linesOf,
  otherThan,
  rest,
  startWithMark,
  startWithName,
  type Text,
  typeable,
} from "./suggestedTexts.ts";

/** Both thresholds of “shown” are over. */
const LOOK_MS = 1_000;
/** Between the two. */
const GLANCE_MS = 500;
/** Longer than ten seconds, after which others no longer know an accept, or know it twice. */
const LONG_LOOK_MS = 11_000;
/** Of scenarios that take seconds each. */
const FEW = 2;

interface Scenario {
  readonly name: string;
  readonly texts: readonly Text[];
  readonly steps: (text: Text) => readonly Step[];
  readonly truth: (text: Text) => Partial<Truth> & Pick<Truth, "outcome">;
  /** What stands at the carets afterwards; the whole suggestion without it. */
  readonly inserted?: (text: Text) => string;
  readonly lineBreak?: "\r\n";
  readonly isException?: true;
}

const accepts: Partial<Truth> & Pick<Truth, "outcome"> = { outcome: "accepted" };
const step = (name: Exclude<Step["do"], "suggest" | "type" | "compose" | "paste" | "snippet" | "wait">): Step => ({
  do: name,
});
const look: Step = { do: "wait", forMs: LOOK_MS };
const glance: Step = { do: "wait", forMs: GLANCE_MS };
const suggest = ({ whole }: Text): Step => ({ do: "suggest", choices: [whole] });
const accepted = (part: TrueAccept["part"], ...taken: readonly string[]): readonly TrueAccept[] =>
  taken.map((text) => ({ part, chars: text.length, carets: 1 }));
const nothing = (): string => "";

const scenarios: readonly Scenario[] = [
  {
    name: "accept",
    texts: all,
    steps: (text) => [suggest(text), step("accept")],
    truth: ({ whole }) => ({ ...accepts, accepts: accepted("full", whole) }),
  },
  {
    name: "accept-word-by-word",
    texts: all.filter(({ words }) => words.length <= 16),
    steps: (text) => [
      suggest(text),
      ...text.words.flatMap((_, at) => (at === 0 ? [] : [step("see")]).concat(step("acceptWord"))),
    ],
    truth: ({ words }) => ({ ...accepts, accepts: accepted("word", ...words) }),
  },
  {
    name: "accept-line-by-line",
    texts: blocks,
    steps: (text) => [
      suggest(text),
      ...linesOf(text).flatMap((_, at) => (at === 0 ? [] : [step("see")]).concat(step("acceptLine"))),
    ],
    truth: (text) => ({ ...accepts, accepts: accepted("line", ...linesOf(text)) }),
  },
  {
    name: "accept-late",
    texts: all.slice(0, FEW),
    steps: (text) => [suggest(text), { do: "wait", forMs: LONG_LOOK_MS }, step("accept")],
    truth: ({ whole }) => ({ ...accepts, accepts: accepted("full", whole) }),
  },
  {
    name: "accept-word-then-rest",
    texts: startWithName,
    steps: (text) => [suggest(text), step("acceptWord"), step("see"), step("accept")],
    truth: (text) => ({ ...accepts, accepts: [...accepted("word", firstWord(text)), ...accepted("full", rest(text))] }),
  },
  {
    name: "accept-word-then-leave",
    texts: startWithName,
    steps: (text) => [suggest(text), step("acceptWord"), step("see"), step("move")],
    truth: (text) => ({ outcome: "partly-accepted", accepts: accepted("word", firstWord(text)) }),
    inserted: firstWord,
  },
  {
    name: "accept-word-then-type",
    texts: typeable.filter((text) => startWithName.includes(text)),
    steps: (text) => [suggest(text), step("acceptWord"), step("see"), { do: "type", text: rest(text) }],
    truth: (text) => ({ outcome: "partly-accepted", accepts: accepted("word", firstWord(text)) }),
  },
  {
    name: "accept-line-then-leave",
    texts: blocks,
    steps: (text) => [suggest(text), step("acceptLine"), step("see"), step("move")],
    truth: (text) => ({ outcome: "partly-accepted", accepts: accepted("line", linesOf(text)[0]!) }),
    inserted: (text) => linesOf(text)[0]!,
  },
  {
    name: "type-then-accept",
    texts: typeable.filter((text) => startWithName.includes(text)),
    steps: (text) => [suggest(text), { do: "type", text: firstWord(text) }, step("see"), step("accept")],
    truth: (text) => ({ ...accepts, accepts: accepted("full", rest(text)) }),
  },
  {
    name: "type-through",
    texts: typeable,
    steps: (text) => [suggest(text), { do: "type", text: text.whole }],
    truth: () => ({ outcome: "typed-through" }),
  },
  {
    name: "type-bracket-then-accept",
    texts: calls,
    // The editor closes the bracket, and the suggestion holds the same one.
    steps: (text) => [suggest(text), { do: "type", text: "(" }, step("see"), step("accept")],
    truth: ({ whole }) => ({ ...accepts, accepts: accepted("full", whole.slice(1, -1)) }),
  },
  {
    name: "type-something-else",
    texts: typeable,
    steps: (text) => [suggest(text), look, { do: "type", text: "z" }],
    truth: () => ({ outcome: "ignored" }),
    inserted: () => "z",
  },
  {
    name: "escape",
    texts: lines,
    steps: (text) => [suggest(text), look, step("escape")],
    truth: () => ({ outcome: "rejected" }),
    inserted: nothing,
  },
  {
    name: "escape-soon",
    texts: lines,
    steps: (text) => [suggest(text), glance, step("escape")],
    truth: () => ({ outcome: "rejected" }),
    inserted: nothing,
  },
  {
    name: "escape-at-once",
    texts: lines,
    steps: (text) => [suggest(text), step("escape")],
    truth: () => ({ outcome: "rejected" }),
    inserted: nothing,
  },
  {
    name: "move-away",
    texts: blocks,
    steps: (text) => [suggest(text), look, step("move")],
    truth: () => ({ outcome: "ignored" }),
    inserted: nothing,
  },
  {
    name: "undo",
    texts: all,
    steps: (text) => [suggest(text), step("accept"), step("undo")],
    truth: ({ whole }) => ({ ...accepts, accepts: accepted("full", whole), isRegretted: true }),
    inserted: nothing,
  },
  {
    name: "format-on-save",
    texts: blocks.filter(({ document, whole }) => formatted(document + whole) !== document + whole),
    steps: (text) => [suggest(text), step("accept"), step("save")],
    truth: ({ whole }) => ({ ...accepts, accepts: accepted("full", whole) }),
  },
  {
    name: "other-provider",
    texts: lines,
    steps: (text) => [step("otherProvider"), suggest(text), step("accept")],
    truth: ({ whole }) => ({ ...accepts, accepts: accepted("full", whole), isContaminated: true }),
  },
  {
    name: "reload",
    texts: all.slice(0, FEW),
    steps: (text) => [suggest(text), step("accept"), step("reload")],
    truth: ({ whole }) => ({ ...accepts, accepts: accepted("full", whole) }),
  },
  {
    name: "compose-then-accept",
    texts: composed,
    steps: (text) => [
      suggest(text),
      { do: "compose", keys: keysOf(text), text: firstWord(text) },
      step("see"),
      step("accept"),
    ],
    truth: (text) => ({ ...accepts, accepts: accepted("full", rest(text)) }),
  },
  {
    name: "two-carets",
    // One after the other, so that both carets stand behind the same text.
    texts: lines.map((text) => ({ ...text, document: text.document + text.document })),
    steps: (text) => [suggest(text), step("accept")],
    truth: ({ whole }) => ({ ...accepts, accepts: [{ part: "full", chars: whole.length, carets: 2 }] }),
  },
  {
    name: "windows-line-breaks",
    texts: blocks,
    lineBreak: "\r\n",
    steps: (text) => [suggest(text), step("accept")],
    truth: ({ whole }) => ({ ...accepts, accepts: accepted("full", whole) }),
  },
  {
    name: "several-choices",
    texts: typeable,
    steps: (text) => [
      { do: "suggest", choices: [text.whole, otherThan(text, 2), otherThan(text, 3)] },
      step("nextChoice"),
      step("accept"),
    ],
    truth: (text) => ({ ...accepts, accepts: accepted("full", otherThan(text, 2)) }),
    inserted: (text) => otherThan(text, 2),
  },
  {
    name: "editors-word",
    texts: startWithName,
    steps: (text) => [suggest(text), step("editorsWord"), step("move")],
    truth: (text) => ({ outcome: "partly-accepted", accepts: accepted("word", firstWord(text)) }),
    inserted: firstWord,
  },
  {
    name: "editors-line",
    texts: blocks,
    steps: (text) => [suggest(text), step("editorsLine"), step("move")],
    truth: (text) => ({ outcome: "partly-accepted", accepts: accepted("line", editorsLine(text)) }),
    inserted: editorsLine,
  },
  {
    // Nothing tells it from a key.
    name: "editors-word-of-one-character",
    texts: startWithMark,
    steps: (text) => [suggest(text), step("editorsWord"), step("move")],
    truth: ({ whole }) => ({ outcome: "partly-accepted", accepts: accepted("word", whole[0]!) }),
    inserted: ({ whole }) => whole[0]!,
    isException: true,
  },
  {
    name: "paste-the-same",
    texts: lines,
    steps: (text) => [suggest(text), look, { do: "paste", text: text.whole }],
    truth: () => ({ outcome: "ignored" }),
  },
  {
    name: "snippet",
    texts: lines,
    steps: (text) => [suggest(text), look, { do: "snippet", text: "check(${1:value})" }],
    truth: () => ({ outcome: "ignored" }),
    inserted: () => "check(value)",
    // Nothing tells it from a suggestion of somebody else, with which it is left out of rates.
    isException: true,
  },
];

/** Of all scenarios, at most so many of each, spread over its texts. */
export function samples(mostOfEach: number): readonly Sample[] {
  return scenarios.flatMap((scenario) => spread(scenario.texts, mostOfEach).map((text) => sampleOf(scenario, text)));
}

function sampleOf(scenario: Scenario, text: Text): Sample {
  const after = text.document.replaceAll("║", () => scenario.inserted?.(text) ?? text.whole);
  const steps = scenario.steps(text);
  return {
    scenario: scenario.name,
    languageId: text.languageId,
    document: text.document,
    indentUnit: indentUnitOf(text),
    lineBreak: scenario.lineBreak ?? "\n",
    steps,
    truth: { accepts: [], isRegretted: false, isContaminated: false, ...scenario.truth(text) },
    documentAfter: steps.some((each) => each.do === "save") ? formatted(after) : after,
    isException: scenario.isException ?? false,
  };
}

function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)]!);
}
