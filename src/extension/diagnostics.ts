import { arch, availableParallelism, platform, release, totalmem } from "node:os";
import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import { catalogue } from "../model/catalogue.ts";
import type { ModelFailure } from "../model/failure.ts";
import type { Usage } from "../model/model.ts";
import { EMBEDDED, splitReference } from "../model/modelReference.ts";
import { providers } from "../model/providers.ts";
import type { IndexState } from "../repository/client.ts";
import { defaults, type SettingName } from "./contributions.ts";
import type { ModelHealth } from "./candidates.ts";
import type { OtherProvider } from "./otherProviderRules.ts";
import { setting } from "./settings.ts";
import type { ExperimentState } from "../productivity/experiment/state.ts";
import type { Today } from "../productivity/ledger/today.ts";
import type { CountingState } from "./countingState.ts";

/** Settings whose value may name a private host or folder; only whether they are set is told. */
const PRIVATE: readonly SettingName[] = ["model.fallbacks", "model.servers", "model.mirror", "cost.prices"];
/** Those that name a model. A file's, and the name of a server of the user's own, are private. */
const MODELS = ["model.suggestions", "model.chat", "index.embeddingModel"] as const;
/** A server that was given a file calls the model by its path. */
const LIKE_A_PATH = /^[~.]*\/|\\|\.gguf$/i;

export interface DiagnosticsInputs {
  readonly version: string;
  readonly status: string;
  readonly engine: string;
  /** In whatever language. */
  readonly otherProviders: readonly OtherProvider[];
  readonly indexes: readonly IndexState[];
  readonly requests: readonly Usage[];
  readonly failures: readonly { readonly at: Date; readonly failure: ModelFailure }[];
  readonly drops: ReadonlyMap<string, number>;
  readonly counting: CountingState;
  readonly today: Today | undefined;
  /** The last one. */
  readonly experiment: ExperimentState | undefined;
  readonly health: readonly ModelHealth[];
}

/** What helps to find a fault: versions, settings, last failures. Never a key, a host, a path or a line of code. */
export function diagnostics(inputs: DiagnosticsInputs): string {
  return [
    `Pairwise ${inputs.version}`,
    `${vscode.env.appName} ${vscode.version}, ${vscode.env.uiKind === vscode.UIKind.Web ? "browser" : "desktop"}, remote: ${remoteKind()}, language: ${vscode.env.language}`,
    `Node ${process.versions.node}, ${platform()} ${release()} ${arch()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Status: ${inputs.status}. Engine: ${inputs.engine}.`,
    `Indexes: ${inputs.indexes.map(indexWords).join("; ") || "none"}.`,
    `Counting: ${countingWords(inputs.counting)}. Today: ${todayWords(inputs.today)}.`,
    `Experiment: ${experimentLine(inputs.experiment)}.`,
    `Other inline providers: ${inputs.otherProviders.map(({ name, id }) => `${name} (${id})`).join(", ") || "none known"}.`,
    "",
    "Settings that differ from their defaults:",
    ...listOr("none", changedSettings()),
    "",
    "Models (of the last 50 requests, those that failed; ms to the first text, median and 95th percentile):",
    ...listOr("none", inputs.health.map(healthLine)),
    "",
    "Last requests (prompt tokens, of which known before; written tokens; ms to the first text):",
    ...listOr("none", inputs.requests.map(requestLine)),
    "",
    "Last failures:",
    ...listOr(
      "none",
      inputs.failures.map(({ at, failure }) => `${at.toISOString()} ${withoutNames(failure)}`),
    ),
    "",
    "Suggestions dropped in this window, by reason:",
    ...listOr(
      "none",
      [...inputs.drops].map(([reason, count]) => `${reason}: ${count}`),
    ),
    "",
  ].join("\n");
}

/** Never how many half-hours were with and without: that would tell of this one. */
function experimentLine(state: ExperimentState | undefined): string {
  if (!state) return "none, or not known";
  const { status, plan, slotsOn, slotsOff } = state;
  const of = plan ? ` of ${plan.k * plan.mostStrata}, one of ${plan.k} without` : "";
  return `${status}, half-hours: ${slotsOn + slotsOff}${of}`;
}

function indexWords(state: IndexState): string {
  switch (state.kind) {
    case "reading":
      return `reading, ${state.done} of ${state.total} files`;
    case "ready": {
      const { files, read, ignored, tooLarge, unreadable, unreadableText, bounded } = state.summary;
      const left = `${ignored} ignored, ${tooLarge} too large, ${unreadable + unreadableText} unreadable`;
      return `${files} files (${read} read), ${left}${bounded ? ", more than it takes" : ""}${state.keeps ? "" : ", not kept"}`;
    }
    case "failed":
      return `failed: ${state.reason}`;
  }
}

function countingWords(state: CountingState): string {
  return state.kind === "stopped" ? `stopped, ${state.reason} (${state.detail})` : state.kind;
}

function todayWords(today: Today | undefined): string {
  return today ? `${today.shown} shown, ${today.accepted} accepted, ${today.undone} of them undone` : "not known";
}

function changedSettings(): string[] {
  const names = Object.keys(defaults) as SettingName[];
  return names
    .filter((name) => !isDeepStrictEqual(setting(name), defaults[name]))
    .map((name) => `pairwise.${name}: ${isPrivate(name) ? "(set)" : JSON.stringify(setting(name))}`);
}

function isPrivate(name: SettingName): boolean {
  const model = MODELS.find((each) => each === name);
  return PRIVATE.includes(name) || (model !== undefined && !isPublicName(setting(model)));
}

/** What a provider or the catalogue itself calls a model. */
function isPublicName(reference: string): boolean {
  const [provider, model = ""] = splitReference(reference) ?? [];
  if (provider === EMBEDDED) return catalogue.some(({ id }) => id === model);
  return providers.some(({ id }) => id === provider) && !LIKE_A_PATH.test(model);
}

/** The kind and its figures; hosts, paths and servers' sentences stay out. */
function withoutNames(failure: ModelFailure): string {
  const figures = Object.entries(failure).filter(
    ([key, value]) => key !== "kind" && (typeof value === "number" || key === "code"),
  );
  return [failure.kind, ...figures.map(([key, value]) => `${key}=${String(value)}`)].join(" ");
}

function healthLine({ reference, requests, failed, firstTextMs, failure }: ModelHealth): string {
  const times = firstTextMs ? `${Math.round(firstTextMs.p50)}, ${Math.round(firstTextMs.p95)}` : "?";
  const waiting = failure ? `; left alone: ${withoutNames(failure)}` : "";
  return `${isPublicName(reference) ? reference : "(own)"}: ${failed} of ${requests}; ${times}${waiting}`;
}

function requestLine({ promptTokens, cachedTokens, outputTokens, firstTokenMs }: Usage): string {
  const told = (figure: number | undefined) => (figure === undefined ? "?" : String(Math.round(figure)));
  return `${told(promptTokens)}, ${told(cachedTokens)}; ${told(outputTokens)}; ${told(firstTokenMs)}`;
}

function listOr(none: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? lines.map((line) => `- ${line}`) : [`- ${none}`];
}

/** `ssh-remote`, `wsl` and so on. In a browser VS Code gives the server's address instead. */
function remoteKind(): string {
  const name = vscode.env.remoteName ?? "none";
  return /^[a-z-]+$/.test(name) ? name : "server";
}
