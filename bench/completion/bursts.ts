/** Twelve keys, or thirteen, 120 ms apart, while the model takes 300 ms for an answer. */

import { setTimeout as sleep } from "node:timers/promises";
import { merge, percentile, type Figures } from "../figures.ts";
import type { AskReply, Headless } from "../headless/client.ts";
import type { MeasuringServer, ServerReport } from "./modelServer.ts";

const KEYS = 12;
/** Where every other key makes a request it matters whether the last one does. */
const ODD_KEYS = 13;
const KEY_MS = 120;
const MODEL_MS = 300;
const LINE = "collectValues(schema, context);";
/** Before each burst, so that none learns from the one before how fast somebody types. */
const PAUSE_MS = 1_010;
/** Until all has ended that a burst has begun. */
const SETTLE_MS = 1_000;
const CHARS_PER_TOKEN = 3.3;

interface Burst {
  /** From the last key to the suggestion; 0 where it was shown already. `undefined`: there was none. */
  readonly ms: number | undefined;
  readonly server: ServerReport;
}

type Kind = "Disagree" | "Agree";

export interface BurstOptions {
  /** Of each kind. */
  readonly bursts: number;
  /** With an odd number of keys, the model disagreeing; 0 leaves them out. */
  readonly oddBursts: number;
  /** Before those of each kind: they show the engine how fast is typed here. */
  readonly burstWarmUps: number;
}

/** In the active document. */
export async function measureBursts(
  headless: Headless,
  server: MeasuringServer,
  options: BurstOptions,
): Promise<Figures> {
  const { bursts, oddBursts, burstWarmUps: warmUps } = options;
  const measuring = { headless, server, warmUps };
  const parts = [
    await measureKind({ ...measuring, count: bursts }, "Disagree", KEYS, "burstDisagree"),
    await measureKind({ ...measuring, count: bursts }, "Agree", KEYS, "burstAgree"),
  ];
  if (oddBursts > 0) {
    parts.push(await measureKind({ ...measuring, count: oddBursts }, "Disagree", ODD_KEYS, "burst13Disagree"));
  }
  return merge(parts);
}

interface Measuring {
  readonly headless: Headless;
  readonly server: MeasuringServer;
  readonly warmUps: number;
  readonly count: number;
}

async function measureKind(
  { headless, server, warmUps, count }: Measuring,
  kind: Kind,
  keys: number,
  name: string,
): Promise<Figures> {
  const bursts: Burst[] = [];
  for (let index = 0; index < warmUps + count; index += 1) {
    const head = `const ${name}${index} = `;
    const answer =
      kind === "Agree"
        ? ({ kind: "rest-of-line", head, line: LINE } as const)
        : ({ kind: "disagrees", stranger: "N" } as const);
    await server.behave({ answer, afterMs: MODEL_MS, pieceMs: 0 });
    const burst = await typeBurst(headless, server, head, keys);
    if (index >= warmUps) bursts.push(burst);
  }
  const times = bursts.flatMap(({ ms }) => ms ?? []);
  const requests = bursts.map(({ server: { requests } }) => requests.length);
  const tokens = bursts.map(({ server: { requests } }) =>
    requests.reduce((sum, { promptChars }) => sum + promptChars / CHARS_PER_TOKEN, 0),
  );
  const without = count - times.length;
  return {
    figures: {
      ...(without === 0 && { [`completion.${name}Ms.p50`]: percentile(times, 50) }),
      [`completion.${name}Requests`]: percentile(requests, 50),
      [`completion.${name}PromptTokens`]: percentile(tokens, 50),
      [`completion.${name}OpenStreams`]: Math.max(...bursts.map(({ server: { openStreams } }) => openStreams)),
    },
    runs: {
      [`completion.${name}Ms`]: times,
      [`completion.${name}Requests`]: requests,
      [`completion.${name}PromptTokens`]: tokens,
    },
    missing:
      without === 0 ? {} : { [`completion.${name}Ms.p50`]: `${without} of ${count} bursts ended without a suggestion` },
  };
}

async function typeBurst(headless: Headless, server: MeasuringServer, head: string, keys: number): Promise<Burst> {
  await headless.send({ do: "change", changes: [{ offset: 0, length: 0, text: `${head}\n` }], caret: head.length });
  await sleep(PAUSE_MS);
  await server.report();
  const startedAt = performance.now();
  let last: Promise<AskReply> | undefined;
  let id = "";
  for (let key = 0; key < keys; key += 1) {
    await sleep(Math.max(0, startedAt + key * KEY_MS - performance.now()));
    // The editor gives up its call when the next key comes.
    if (key > 0) await headless.send({ do: "cancel", ask: id });
    id = `${head}${key}`;
    last = headless.send({ do: "ask", typed: LINE[key] }, id);
  }
  const reply = await last;
  if (reply === undefined) throw new Error("no key was typed");
  await sleep(SETTLE_MS);
  const report = await server.report();
  await headless.send({ do: "change", changes: [{ offset: 0, length: head.length + keys + 1, text: "" }] });
  return { ms: shownAfter(reply), server: report };
}

function shownAfter({ outcome, followed, times }: AskReply): number | undefined {
  if (outcome.kind !== "offered") return undefined;
  return followed ? 0 : Number(BigInt(times.settledAtNs) - BigInt(times.askedAtNs)) / 1e6;
}
