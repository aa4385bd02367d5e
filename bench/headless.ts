/**
 * The completion engine without an editor: `node bench/headless.ts` reads one JSON object a line on standard input and
 * writes one a line on standard output. It composes the classes that the extension composes, with its defaults.
 *
 * Every message has an `id` (a text or a number) and the name of what to `do`; its reply has the same `id` and either
 * `"ok": true` with what is named below, or an `error` that says what is wrong. A line that is no such message is
 * answered by an error with `"id": null`. Messages take effect in the order in which they come; an `ask` is answered when
 * it has settled, all others at once. Offsets and lengths are in UTF-16 code units. `path` is absolute or relative to the
 * folder; where it may be left out, the active document is meant: the one that was opened or had its caret moved last.
 *
 * - `folder` {path}: the workspace folder.
 * - `open` {path, text?, languageId?, version?, indentUnit?} → {length, languageId, version}: without `text` the file is read.
 * - `change` {path?, changes: [{offset, length, text}…], version?, caret?} → {version, length, caret, followed, shown}: one
 *   change after the other, each with offsets as the one before left them. Without `caret` it goes behind the last change.
 *   `followed`: it typed what was shown, and `shown` is what is left of that, or null.
 * - `language` {path?, languageId}; `close` {path}; `text` {path?} → {text}.
 * - `caret` {path?, offset}: moves the caret, and makes the document the active one.
 * - `ask` {trigger?: "automatic" | "manual", selected?: {text, replaces}, typed?} → {outcome, followed, requests, times}:
 *   asks at the caret; `typed` is put there first, as by a key, and `followed` says whether that was shown. `outcome.kind` is `offered` (with `suggestions` and `origin`),
 *   `dropped` (with `reason`), `cancelled`, `failed` (with `failure`) or `broken`. `requests` are those made by this ask up
 *   to now: `prompt` in its parts, `maxTokens`, `temperature`, `heal`, `end` ("open" while it goes on) and `usage`.
 *   `times`: see `CallTimes` in headless/meter.ts.
 * - `cancel` {ask} → {cancelled}: ends the ask of that id, as an editor does at the next key.
 * - `shown` → {suggestion}: what is shown at the caret, or null; or could be, without asking a model.
 * - `accept` {part?: "all" | "word" | "line"} → {inserted, replaced, caret, version}; `dismiss` → {dismissed}.
 * - `rest`: the caret has come to rest.
 * - `settings` {options?, model?, context?, prompts?}: `options` as in src/completion/options.ts, in place of those set before; `model` is
 *   {kind: "scripted", format?}, {kind: "openai", baseUrl, name, apiKey?, format?} or {kind: "embedded", path?, threads?,
 *   format?} (without `path` the default model); `context: true` adds what the extension adds to the caret's own file: pieces of the folder's index and of the documents
 *   opened from then on, the search for secrets, the record of what leaves; `prompts: false` leaves the prompts out of the replies.
 * - `index` → {index}: reads the folder, with `context` alone; replies when the index is whole.
 * - `answer` {text, afterMs?, pieceMs?}: what the scripted model writes in requests that begin from now on.
 * - `stats` → {counters, memory}: see `Counts` in headless/counters.ts; memory in bytes.
 * - `requests` {prompts?} → {requests}: all requests since this was asked last, each with the id of the `ask` that was the newest then.
 * - `quit`: replies, ends the model's process, and exits. So does the end of standard input, without a reply.
 *
 * PAIRWISE_BENCH_DELAY_MS keeps the processor busy inside of the engine, so that it can be seen which figures notice
 * (headless/slowed.ts).
 */

import { createInterface } from "node:readline";
import { clock } from "../src/extension/clock.ts";
import { InvalidMessage } from "./headless/fields.ts";
import { makeSyntax } from "./headless/grammars.ts";
import { parseMessage, readId, type Id } from "./headless/messages.ts";
import { Session } from "./headless/session.ts";

const session = new Session({
  clock,
  syntax: makeSyntax(),
  delayMs: Number(process.env["PAIRWISE_BENCH_DELAY_MS"]) || 0,
});
const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
lines.on("line", (line) => {
  if (line.trim() !== "") void answer(line);
});
lines.on("close", () => void end());

async function answer(line: string): Promise<void> {
  let value: unknown;
  try {
    value = JSON.parse(line);
    const { id, message } = parseMessage(value);
    reply(id, { ok: true, ...(await session.handle(id, message)) });
    if (message.do === "quit") lines.close();
  } catch (error) {
    reply(readId(value) ?? null, { error: messageOf(error) });
  }
}

function messageOf(error: unknown): string {
  if (error instanceof InvalidMessage) return error.message;
  if (error instanceof SyntaxError) return `the line is not JSON: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function reply(id: Id | null, fields: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify({ id, ...fields })}\n`);
}

async function end(): Promise<void> {
  await session.close();
  // What was written last has to have left.
  process.stdout.write("", () => process.exit());
}
