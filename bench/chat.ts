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
    const hostile: number[] = [];
    for (const answer of hostileAnswers) hostile.push(await longestTask(browser, ...answer));
    const frames = await withLongThread(browser, (chat) => framesWhileStreaming(browser, chat));
    return {
      figures: {
        "chat.openThreadMs": percentile(opening, 50),
        "chat.frameMs.p50": percentile(frames, 50),
        "chat.frameMs.p95": percentile(frames, 95),
        "chat.frameMs.max": Math.max(...frames),
        "chat.hostileTaskMs.max": Math.max(...hostile),
      },
      runs: { "chat.openThreadMs": opening, "chat.frameMs.p95": frames, "chat.hostileTaskMs.max": hostile },
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

/** Answers that are made to freeze the page: a part, how often it is said, and what is said before. */
const hostileAnswers: readonly (readonly [part: string, times: number, start?: string])[] = [
  // Megabytes on one line, blocks by the thousand, and what never ends.
  ["x*y_[a](b)`", 480_000],
  ["```js\nlet a;\n```\n\n", 10_000],
  ["```\n", 10_000],
  ["|1|2|\n|-|-|\n", 50_000],
  ["- item *a*\n", 100_000],
  ["word\n\n", 100_000],
  ["[a](http://b) **c**\n", 50_000],
  ["> - ", 20_000],
  ["&amp;<!-- ", 100_000],
  ["| 1 | *a* ", 200_000, "| a | b |\n|---|---|\n"],
  ["| 1 | *a* |\n", 100_000, "| a | b |\n|---|---|\n"],
  ["  let a;\n", 200_000, "- a\n\n  ```js\n"],
  // A terminal's escapes, and what decoders leave of broken UTF-8.
  ["\u001B[31mred\u001B[0m\u001B]0;title\u0007\r", 50_000],
  ["\uFFFD\uD83D\u0000\u202Ea", 200_000],
];

/** The processor time of the page's longest task while such an answer comes in pieces of 64 kB, in milliseconds. */
async function longestTask(browser: Browser, part: string, times: number, start = ""): Promise<number> {
  const chat = await openChatPage(browser, { width: 420, height: 900 });
  const running = answer("", { state: "running" });
  await chat.say(thread([question("?"), running]));
  await browser.startTracing(chat.page, { categories: tracedCategories });
  await chat.page.evaluate(
    async ({ start, part, times, turn }) => {
      const text = start + part.repeat(times);
      const say = (data: unknown): unknown => window.dispatchEvent(new MessageEvent("message", { data }));
      for (let at = 0; at < text.length; at += 65_536) {
        say({ type: "append", turn: turn.id, text: text.slice(at, at + 65_536) });
        await new Promise((settle) => setTimeout(settle, 5));
      }
      say({ type: "turn", turn: { ...turn, text, state: "done" }, after: undefined });
      await new Promise((settle) => setTimeout(settle, 2_000));
    },
    { start, part, times, turn: running },
  );
  const events = eventsIn(await browser.stopTracing());
  await chat.close();
  return Math.max(...mainThread(events).tasks.map(({ dur = 0, tdur = dur }) => tdur / 1_000));
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Of the processor alone. */
  readonly tdur?: number;
}

/** Of each frame, the milliseconds in which the page's main thread worked: scripts, layout, painting. */
async function framesWhileStreaming(browser: Browser, { page, say }: ChatPage): Promise<readonly number[]> {
  const running = answer("", { state: "running" });
  const asked = question("And now?");
  await say({ type: "turn", turn: asked, after: undefined });
  await page.waitForTimeout(2_000);
  await say({ type: "turn", turn: running, after: asked.id });
  await browser.startTracing(page, { categories: tracedCategories });
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
  return framesOf(eventsIn(await browser.stopTracing()));
}

const tracedCategories = ["toplevel", "devtools.timeline"];

function eventsIn(trace: Buffer): readonly TraceEvent[] {
  return (JSON.parse(trace.toString("utf8")) as { readonly traceEvents: readonly TraceEvent[] }).traceEvents;
}

/** The thread that runs the page's scripts: when its frames began, and what it did. */
function mainThread(events: readonly TraceEvent[]) {
  const begins = events.filter(({ name }) => name === "FireAnimationFrame");
  const [first] = begins;
  if (!first) throw new Error("The trace has no frame.");
  const isMain = ({ pid, tid }: TraceEvent): boolean => pid === first.pid && tid === first.tid;
  return {
    starts: begins
      .filter(isMain)
      .map(({ ts }) => ts)
      .toSorted((a, b) => a - b),
    tasks: events
      .filter((event) => isMain(event) && event.name.endsWith("RunTask") && event.dur !== undefined)
      .toSorted((a, b) => a.ts - b.ts),
  };
}

function framesOf(events: readonly TraceEvent[]): readonly number[] {
  const { starts, tasks } = mainThread(events);
  const frames = starts.map(() => 0);
  let at = 0;
  for (const { ts, dur = 0 } of tasks) {
    // The task in which a frame begins, and those after it until the next one.
    while (at + 1 < starts.length && (starts[at + 1] ?? 0) < ts + dur) at += 1;
    if ((starts[0] ?? 0) < ts + dur) frames[at] = (frames[at] ?? 0) + dur / 1_000;
  }
  return frames;
}
