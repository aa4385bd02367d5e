/** The page of the chat in a browser: how long a long thread takes to open, and how much each frame costs while an answer comes. */

import type { Browser } from "playwright-core";
import { launchBrowser } from "../test/support/browser.ts";
import { answer, type ChatPage, openChatPage, question, thread } from "../test/support/chatPage.ts";
import { type Figures, percentile } from "./figures.ts";

const OPENINGS = 11;
const TURNS = 500;
const TOKENS_PER_SECOND = 200;
const STREAM_SECONDS = 15;
const TOKEN_CHARS = 4;

export async function measureChat(): Promise<Figures> {
  const browser = await launchBrowser();
  try {
    const opening: number[] = [];
    for (let run = 0; run < OPENINGS; run += 1) opening.push(await withLongThread(browser, async (_, took) => took));
    const frames = await withLongThread(browser, (chat) => framesWhileStreaming(browser, chat));
    return {
      figures: {
        "chat.openThreadMs": percentile(opening, 50),
        "chat.frameMs.p50": percentile(frames, 50),
        "chat.frameMs.p95": percentile(frames, 95),
        "chat.frameMs.max": Math.max(...frames),
      },
      runs: { "chat.openThreadMs": opening, "chat.frameMs.p95": frames },
      missing: {},
    };
  } finally {
    await browser.close();
  }
}

const ANSWER = `The sum adds \`price\` once for each *row* and forgets **count**. Two things follow from that:

1. An item that is taken twice is paid once, which [the tests](test/cart.test.ts#L12) do not see.
2. The rounding is done for each row, so that cents get lost.

\`\`\`ts
export function total(items: readonly Item[], rate = 0.19): number {
  const net = items.reduce((sum, { price, count }) => sum + price * count, 0);
  return Math.round(net * (1 + rate)); // in cents
}
\`\`\`

| Items | Before | After |
|---|--:|--:|
| 1 | 1.19 | 1.19 |
| 2 | 1.19 | 2.38 |

`;

/** `took` is from the message that names 500 turns until its end has been painted, in milliseconds. */
async function withLongThread<Result>(
  browser: Browser,
  use: (chat: ChatPage, took: number) => Promise<Result>,
): Promise<Result> {
  const chat = await openChatPage(browser, { width: 420, height: 900 });
  const turns = Array.from({ length: TURNS }, (_, at) =>
    at % 2 === 0 ? question(`Question ${at}: why is the total wrong?`) : answer(`Answer ${at}.\n\n${ANSWER}`),
  );
  const took = await chat.page.evaluate(
    (message) =>
      new Promise<number>((settle) => {
        const start = performance.now();
        window.dispatchEvent(new MessageEvent("message", { data: message }));
        // The second frame begins when the first one is painted.
        requestAnimationFrame(() => requestAnimationFrame(() => settle(performance.now() - start)));
      }),
    thread(turns),
  );
  await chat.page.locator(".turn").last().locator("table").waitFor();
  const result = await use(chat, took);
  await chat.close();
  return result;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

/** Of each frame, the milliseconds in which the page's main thread worked: scripts, layout, painting. */
async function framesWhileStreaming(browser: Browser, { page, say }: ChatPage): Promise<readonly number[]> {
  const running = answer("", { state: "running" });
  const asked = question("And now?");
  await say({ type: "turn", turn: asked, after: undefined });
  await page.waitForTimeout(2_000);
  await say({ type: "turn", turn: running, after: asked.id });
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "__metadata"] });
  await page.evaluate(
    ({ text, turn, perSecond, seconds, size }) =>
      new Promise<void>((settle) => {
        const start = performance.now();
        let sent = 0;
        const timer = setInterval(() => {
          const due = Math.min(seconds, (performance.now() - start) / 1_000) * perSecond;
          for (; sent < due; sent += 1) {
            const at = (sent * size) % text.length;
            const data = { type: "append", turn, text: text.slice(at, at + size) };
            window.dispatchEvent(new MessageEvent("message", { data }));
          }
          if (sent < seconds * perSecond) return;
          clearInterval(timer);
          settle();
        }, 1_000 / perSecond);
      }),
    {
      text: ANSWER.slice(0, -(ANSWER.length % TOKEN_CHARS) || undefined),
      turn: running.id,
      perSecond: TOKENS_PER_SECOND,
      seconds: STREAM_SECONDS,
      size: TOKEN_CHARS,
    },
  );
  const trace = (await browser.stopTracing()).toString("utf8");
  return framesOf((JSON.parse(trace) as { readonly traceEvents: readonly TraceEvent[] }).traceEvents);
}

function framesOf(events: readonly TraceEvent[]): readonly number[] {
  const begins = events.filter(({ name }) => name === "FireAnimationFrame");
  const counts = new Map<string, number>();
  for (const { pid, tid } of begins) counts.set(`${pid} ${tid}`, (counts.get(`${pid} ${tid}`) ?? 0) + 1);
  const [main] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [];
  const isMain = ({ pid, tid }: TraceEvent): boolean => `${pid} ${tid}` === main;
  const starts = begins
    .filter(isMain)
    .map(({ ts }) => ts)
    .toSorted((a, b) => a - b);
  const tasks = events.filter((event) => isMain(event) && event.name.endsWith("RunTask") && event.dur !== undefined);
  const frames = starts.map(() => 0);
  let at = 0;
  for (const { ts, dur = 0 } of tasks.toSorted((a, b) => a.ts - b.ts)) {
    // The task in which a frame begins, and those after it until the next one.
    while (at + 1 < starts.length && (starts[at + 1] ?? 0) < ts + dur) at += 1;
    if ((starts[0] ?? 0) < ts + dur) frames[at] = (frames[at] ?? 0) + dur / 1_000;
  }
  if (frames.length === 0) throw new Error("The trace has no frame.");
  return frames;
}
