/**
 * Measures the completion engine in one run with one set of settings: the headless program, bundled as the extension is,
 * against a server in a process of its own. A document of 2,937 lines with 10 others open, 200 places after 20 to warm up,
 * and bursts of 12 keys.
 *
 * The settings are those that the extension ships with, but for one: asked by hand, one suggestion is enough. At the
 * places it is asked by hand, one place after the other, since then no pause comes before the request. The keys of
 * typing along and of the bursts are asked about as the editor does by itself.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { measureBursts, type BurstOptions } from "./completion/bursts.ts";
import { measureLengths } from "./completion/lengths.ts";
import { startModelServer, type MeasuringServer } from "./completion/modelServer.ts";
import {
  documentPath,
  documentsFolder,
  neighbourPaths,
  placesIn,
  readDocument,
  type Place,
} from "./completion/places.ts";
import { merge, percentile, type Figures, type Sizes } from "./figures.ts";
import { startHeadless, type AskReply, type Headless } from "./headless/client.ts";

export interface CompletionBenchOptions extends BurstOptions {
  /** The headless program: its bundle, or its source. */
  readonly script: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly warmUps: number;
  readonly places: number;
  /** Places at which `TYPED_AT_A_PLACE` keys each are typed through. */
  readonly typedPlaces: number;
  /** Places at which it is asked by itself, after a pause in which the processor did nothing; 0 leaves them out. */
  readonly idlePlaces: number;
  /** Keys in the short document and in the long one each; 0 leaves the comparison out. */
  readonly lengthSamples: number;
}

type CompletionSize = Omit<CompletionBenchOptions, "script" | "env">;

const fullCompletion: CompletionSize = {
  warmUps: 20,
  places: 200,
  typedPlaces: 40,
  idlePlaces: 41,
  bursts: 21,
  oddBursts: 11,
  burstWarmUps: 1,
  lengthSamples: 101,
};

export const completionBench: Sizes<CompletionSize> = {
  full: fullCompletion,
  quick: {
    ...fullCompletion,
    places: 50,
    typedPlaces: 10,
    idlePlaces: 5,
    bursts: 3,
    oddBursts: 3,
    lengthSamples: 21,
  },
};
const TYPED_AT_A_PLACE = 5;

/** VS Code waits 50 ms after a key before it asks; with so little of it the processor does not fall asleep meanwhile. */
const EDITOR_DELAY_MS = 10;
/** After such a pause the engine knows of no rhythm of typing that it should wait for. */
const PAUSE_MS = 1_010;

export async function measureCompletion(options: CompletionBenchOptions): Promise<Figures> {
  const server = await startModelServer();
  const headless = startHeadless(options.script, options.env);
  try {
    const bench = new CompletionBench(headless, server);
    await bench.openDocuments();
    const parts = [await bench.measurePlaces(options)];
    // As long as no key was typed the engine knows of no rhythm, and asks at once.
    if (options.idlePlaces > 0) parts.push(await bench.measureIdle(options));
    parts.push(await bench.measureTypedThrough(options));
    parts.push(await measureBursts(headless, server, options));
    if (options.lengthSamples > 0) parts.push(await measureLengths(headless, server, options.lengthSamples));
    return merge(parts);
  } finally {
    await headless.close();
    server.close();
  }
}

class CompletionBench {
  readonly #headless: Headless;
  readonly #server: MeasuringServer;
  readonly #text = readDocument(documentPath);

  constructor(headless: Headless, server: MeasuringServer) {
    this.#headless = headless;
    this.#server = server;
  }

  async openDocuments(): Promise<void> {
    const model = { kind: "openai", baseUrl: this.#server.baseUrl, name: "qwen2.5-coder:7b" } as const;
    await this.#headless.send({ do: "settings", model, options: { alternatives: 1 }, context: true, prompts: false });
    await this.#headless.send({ do: "folder", path: documentsFolder });
    await this.#headless.send({ do: "index" });
    for (const path of [...neighbourPaths, documentPath]) await this.#headless.send({ do: "open", path });
  }

  /** Until there are enough suggestions: the filters find one or the other rest of a line unfit. */
  async measurePlaces({ warmUps, places }: CompletionBenchOptions): Promise<Figures> {
    const toFetch: number[] = [];
    const toRequest: number[] = [];
    const fromLastByte: number[] = [];
    const processor: number[] = [];
    const before = await this.#memory();
    for (const [index, place] of placesIn(this.#text, 0).entries()) {
      if (fromLastByte.length === places) break;
      const { reply, seen } = await this.#askAt(place);
      await this.#restore(place);
      if (index < warmUps) continue;
      const { askedAtNs, settledAtNs, toRequestMs, cpuUs } = reply.times;
      if (toRequestMs !== undefined) toFetch.push(toRequestMs);
      toRequest.push(msBetween(askedAtNs, seen.arrivedAtNs));
      processor.push(cpuUs / 1000);
      if (reply.outcome.kind === "offered" && seen.lastByteAtNs !== undefined) {
        fromLastByte.push(msBetween(seen.lastByteAtNs, settledAtNs));
      }
    }
    const growth = (await this.#memory()) - before;
    const runs = {
      "completion.callToFetchMs": toFetch,
      "completion.callToRequestMs": toRequest,
      "completion.lastByteToSuggestionMs": fromLastByte,
      "completion.processorMs": processor,
    };
    const { figures, missing } = percentiles(runs, places);
    return { figures: { ...figures, "completion.memoryGrowthMiB": growth }, runs, missing };
  }

  async measureTypedThrough({ typedPlaces }: CompletionBenchOptions): Promise<Figures> {
    const typedMs: number[] = [];
    const wanted = typedPlaces * TYPED_AT_A_PLACE;
    let hits = 0;
    for (const place of placesIn(this.#text, 1)) {
      if (typedMs.length === wanted) break;
      const { reply } = await this.#askAt(place);
      const [suggestion] = reply.outcome.kind === "offered" ? reply.outcome.suggestions : [];
      const text = suggestion?.insertText ?? "";
      const count = text.length > TYPED_AT_A_PLACE ? TYPED_AT_A_PLACE : 0;
      for (let typed = 0; typed < count; typed += 1) {
        const next = await this.#headless.send({ do: "ask", typed: text[typed] });
        typedMs.push(msBetween(next.times.askedAtNs, next.times.settledAtNs));
        if (isRest(next, text.slice(typed + 1))) hits += 1;
      }
      await this.#headless.send({ do: "change", changes: [{ offset: place.offset, length: count, text: "" }] });
      await this.#restore(place);
    }
    const runs = { "completion.typedThroughMs": typedMs };
    const { figures, missing } = percentiles(runs, wanted);
    return { figures: { ...figures, "completion.typedThroughHits": hits }, runs, missing };
  }

  async measureIdle({ idlePlaces }: CompletionBenchOptions): Promise<Figures> {
    const toRequest: number[] = [];
    // The places at the end were not needed for typing along.
    for (const place of placesIn(this.#text, 1).slice(-idlePlaces)) {
      const { reply, seen } = await this.#askAt(place, PAUSE_MS);
      await this.#restore(place);
      toRequest.push(msBetween(reply.times.askedAtNs, seen.arrivedAtNs));
    }
    const runs = { "completion.idleCallToRequestMs": toRequest };
    return { ...percentiles(runs, idlePlaces), runs };
  }

  /**
   * With the rest of the line taken out, as somebody has it who has just typed its start and stopped: by hand as soon as an
   * editor asks, or by itself after a pause.
   */
  async #askAt({ offset, rest }: Place, pauseMs = 0) {
    const before = this.#text[offset - 1] ?? "";
    await this.#server.behave({ answer: { kind: "text", text: "" }, afterMs: 1, pieceMs: 1 });
    const shorter = { offset: offset - before.length, length: before.length + rest.length, text: "" };
    await this.#headless.send({ do: "change", changes: [shorter] });
    // What is measured is the next key in a place where somebody types.
    await this.#headless.send({ do: "ask", trigger: "manual" });
    await this.#server.report();
    await this.#server.behave({ answer: { kind: "text", text: rest }, afterMs: 10, pieceMs: 3 });
    await this.#headless.send({ do: "change", changes: [{ offset: shorter.offset, length: 0, text: before }] });
    await sleep(Math.max(pauseMs, EDITOR_DELAY_MS));
    const reply = await this.#headless.send({ do: "ask", trigger: pauseMs > 0 ? "automatic" : "manual" });
    const { requests } = await this.#server.report();
    const [seen] = requests;
    if (seen === undefined) throw new Error(`no request arrived: ${JSON.stringify(reply.outcome)}`);
    return { reply, seen };
  }

  async #restore({ offset, rest }: Place): Promise<void> {
    await this.#headless.send({ do: "change", changes: [{ offset, length: 0, text: rest }] });
  }

  /** In MiB, of the whole process. */
  async #memory(): Promise<number> {
    return (await this.#headless.send({ do: "stats" })).memory.rss / 2 ** 20;
  }
}

/** The median and the 95th percentile of each; those with fewer samples than `wanted` are missing. */
function percentiles(
  runs: Readonly<Record<string, readonly number[]>>,
  wanted: number,
): Pick<Figures, "figures" | "missing"> {
  const figures: Record<string, number> = {};
  const missing: Record<string, string> = {};
  for (const [name, values] of Object.entries(runs)) {
    for (const percent of [50, 95]) {
      const key = `${name}.p${percent}`;
      if (values.length >= wanted) figures[key] = percentile(values, percent);
      else missing[key] = `${values.length} samples instead of ${wanted}`;
    }
  }
  return { figures, missing };
}

/** Without a request, and with the very text that is still to be typed. */
function isRest({ outcome, requests }: AskReply, rest: string): boolean {
  if (outcome.kind !== "offered" || requests.length > 0) return false;
  return (
    outcome.suggestions[0]?.insertText === rest && (outcome.origin === "typed-through" || outcome.origin === "cache")
  );
}

function msBetween(startNs: string, endNs: string): number {
  return Number(BigInt(endNs) - BigInt(startNs)) / 1e6;
}
