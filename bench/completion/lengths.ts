/** What a key costs in a long document, beside what it costs in a short one. */

import { percentile, type Figures } from "../figures.ts";
import type { Headless } from "../headless/client.ts";
import type { MeasuringServer } from "./modelServer.ts";
import { documentPath, readDocument } from "./places.ts";

const SHORT_LINES = 1_000;
const LONG_LINES = 100_000;
const WARM_UPS = 5;

/** In turns, so that both meet the same machine. Processor time, from before the edit until the request is sent; by hand, so that no pause comes before it. */
export async function measureLengths(headless: Headless, server: MeasuringServer, samples: number): Promise<Figures> {
  const costs = new Map<number, number[]>([
    [SHORT_LINES, []],
    [LONG_LINES, []],
  ]);
  for (const lines of costs.keys()) await headless.send({ do: "open", path: pathOf(lines), text: textOf(lines) });
  await server.behave({ answer: { kind: "text", text: "next(value);" }, afterMs: 5, pieceMs: 0 });
  for (let sample = 0; sample < WARM_UPS + samples; sample += 1) {
    for (const [lines, found] of costs) {
      // Another place each time, all over the document.
      const offset = lineEnd(lines, Math.floor(((sample + 0.5) / (WARM_UPS + samples)) * lines));
      await headless.send({ do: "caret", path: pathOf(lines), offset });
      const { times, outcome } = await headless.send({ do: "ask", trigger: "manual", typed: " " });
      if (times.cpuToRequestUs === undefined) throw new Error(`no request was made: ${JSON.stringify(outcome)}`);
      if (sample >= WARM_UPS) found.push(times.cpuToRequestUs);
      await headless.send({ do: "change", changes: [{ offset, length: 1, text: "" }] });
    }
  }
  for (const lines of costs.keys()) await headless.send({ do: "close", path: pathOf(lines) });
  const [short = [], long = []] = costs.values();
  return {
    figures: { "completion.lengthGrowth": percentile(long, 50) / percentile(short, 50) },
    runs: { "completion.shortKeyUs": short, "completion.longKeyUs": long },
    missing: {},
  };
}

function pathOf(lines: number): string {
  return `v4/lines${lines}.ts`;
}

const texts = new Map<number, string>();

/** The document of the other figures over and over, cut where it is long enough. */
function textOf(lines: number): string {
  const known = texts.get(lines);
  if (known !== undefined) return known;
  const source = readDocument(documentPath).split("\n");
  const text = Array.from({ length: lines }, (_, index) => source[index % source.length] ?? "").join("\n");
  texts.set(lines, text);
  return text;
}

/** The end of the first line from `line` on that is code, with nothing open behind it that would make it no place to ask. */
function lineEnd(lines: number, line: number): number {
  const text = textOf(lines);
  let offset = 0;
  for (let index = 0; index < line; index += 1) offset = text.indexOf("\n", offset) + 1;
  const end = /[;{,]\n/.exec(text.slice(offset))?.index;
  return end === undefined ? text.length : offset + end + 1;
}
