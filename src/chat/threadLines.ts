/**
 * A thread as the lines of its file, each a JSON object that ends with a line break. Lines are only ever added, so that a
 * process that dies loses what it was writing and nothing else; of what is said twice the newest counts.
 *
 * - `{"format":1,"id","createdAt"}` is the first one.
 * - `{"turn":{…}}`: a new turn, or another state of the one with its id.
 * - `{"more":id,"at":n,"text"}`: the turn's text, n UTF-16 code units long, goes on.
 * - `{"head":{title,isNamed,changedAt,model,draft,tip}}`, `{"attachments":[…]}`: of the thread itself.
 */

import { isCount, isFlag, isNumber, isObject, isText, shape } from "../text/shapes.ts";
import type { Answer, Thread, Turn } from "./conversation.ts";
import { emptyThread } from "./conversation.ts";
import { parseAttachments, parseTurn, textOrNone } from "./storedTurns.ts";

/** Of a file whose first line has a higher one nothing is known. */
const FORMAT = 1;

export type ReadThread =
  | { readonly kind: "thread"; readonly thread: Thread; /** Lines that are none of ours. */ readonly broken: number }
  /** It was made by a later version. */
  | { readonly kind: "newer" }
  | { readonly kind: "broken" };

/** All of a thread. */
export function linesOf(thread: Thread): string {
  const first = line({ format: FORMAT, id: thread.id, createdAt: thread.createdAt });
  return first + changesBetween(undefined, thread);
}

/** What has to be added to a file that has `before`. Parts are compared by identity: a turn that changes is another object. */
export function changesBetween(before: Thread | undefined, after: Thread): string {
  const lines: string[] = [];
  for (const turn of after.turns.values()) {
    const old = before?.turns.get(turn.id);
    if (old !== turn) lines.push(line(moreOf(old, turn) ?? { turn }));
  }
  if (before ? before.attachments !== after.attachments : after.attachments.length > 0)
    lines.push(line({ attachments: after.attachments }));
  // The head comes last: what it says of the turns holds only where these are there.
  if (!before || hasOtherHead(before, after)) lines.push(line({ head: headOf(after) }));
  return lines.join("");
}

/** Without that nothing was asked in it, and nothing was begun. */
export function isWorthKeeping({ turns, draft, isNamed }: Thread): boolean {
  return turns.size > 0 || draft !== "" || isNamed;
}

/** Whether the difference may wait: of an answer that is being written, or of what the user writes. */
export function canWait(before: Thread | undefined, after: Thread): boolean {
  if (!before || before.attachments !== after.attachments) return false;
  const { title, isNamed, model, tip } = after;
  if (title !== before.title || isNamed !== before.isNamed || model !== before.model || tip !== before.tip)
    return false;
  for (const turn of after.turns.values()) {
    const old = before.turns.get(turn.id);
    if (old !== turn && !(old && isRunning(old) && isRunning(turn))) return false;
  }
  return true;
}

/** The last line, where it does not end, was being written when its process died: it is no line. */
export function readThread(text: string, id: string): ReadThread {
  const end = text.lastIndexOf("\n");
  if (end === -1) return { kind: "broken" };
  const [first = "", ...lines] = text.slice(0, end).split("\n");
  const header = parsed(first);
  if (isNewer(header)) return { kind: "newer" };
  if (!isHeader(header) || (header as { id: string }).id !== id) return { kind: "broken" };
  const reading = new Reading(emptyThread(id, (header as { createdAt: number }).createdAt));
  let broken = 0;
  for (const each of lines) if (each !== "" && !reading.take(parsed(each))) broken += 1;
  return { kind: "thread", thread: reading.thread(), broken };
}

/** Nobody writes its answers any more. */
export function atRest(thread: Thread): Thread {
  const turns = Array.from(thread.turns, ([id, turn]): [string, Turn] => [id, isRunning(turn) ? stopped(turn) : turn]);
  return { ...thread, turns: new Map(turns) };
}

/** Takes lines one after the other. */
class Reading {
  #thread: Thread;
  readonly #turns = new Map<string, Turn>();
  /** What has arrived of a turn's text since. */
  readonly #more = new Map<string, { length: number; readonly texts: string[] }>();

  constructor(thread: Thread) {
    this.#thread = thread;
  }

  /** `false` for what is no line. */
  take(value: unknown): boolean {
    if (!isObject(value)) return false;
    if ("turn" in value) return this.#takeTurn(value["turn"]);
    if ("more" in value) return this.#takeMore(value);
    if ("head" in value) return this.#takeHead(value["head"]);
    if ("attachments" in value) {
      this.#thread = { ...this.#thread, attachments: parseAttachments(value["attachments"]) };
      return true;
    }
    // Two windows may both have begun the file.
    return isHeader(value);
  }

  thread(): Thread {
    for (const [id, { texts }] of this.#more) this.#extend(id, texts.join(""));
    const { tip } = this.#thread;
    const isThere = tip !== undefined && this.#turns.has(tip);
    return { ...this.#thread, turns: this.#turns, tip: isThere ? tip : Array.from(this.#turns.keys()).at(-1) };
  }

  #takeTurn(value: unknown): boolean {
    const turn = parseTurn(value);
    if (!turn) return false;
    this.#more.delete(turn.id);
    this.#turns.set(turn.id, turn);
    return true;
  }

  #takeMore(value: Readonly<Record<string, unknown>>): boolean {
    if (!isMore(value)) return false;
    const { more: id, at, text } = value as unknown as { more: string; at: number; text: string };
    const turn = this.#turns.get(id);
    if (!turn) return false;
    const more = this.#more.get(id) ?? { length: turn.text.length, texts: [] };
    if (at !== more.length) return false;
    more.texts.push(text);
    more.length += text.length;
    this.#more.set(id, more);
    return true;
  }

  #takeHead(value: unknown): boolean {
    if (!isHead(value)) return false;
    const head = value as ReturnType<typeof headOf>;
    this.#thread = {
      ...this.#thread,
      title: head.title,
      isNamed: head.isNamed,
      changedAt: head.changedAt,
      model: textOrNone(head.model),
      draft: head.draft,
      tip: textOrNone(head.tip),
    };
    return true;
  }

  #extend(id: string, text: string): void {
    const turn = this.#turns.get(id);
    if (turn) this.#turns.set(id, { ...turn, text: turn.text + text });
  }
}

const isHeader = shape({ format: isCount, id: isText, createdAt: isNumber });
const isMore = shape({ more: isText, at: isCount, text: isText });
const isHead = shape({ title: isText, isNamed: isFlag, changedAt: isNumber, draft: isText });

function isNewer(header: unknown): boolean {
  return isObject(header) && isCount(header["format"]) && header["format"] > FORMAT;
}

function headOf({ title, isNamed, changedAt, model, draft, tip }: Thread) {
  return { title, isNamed, changedAt, model, draft, tip };
}

function hasOtherHead(before: Thread, after: Thread): boolean {
  const old: Readonly<Record<string, unknown>> = headOf(before);
  return Object.entries(headOf(after)).some(([name, value]) => old[name] !== value);
}

/** Where nothing but the text of an answer that is being written has become longer. */
function moreOf(old: Turn | undefined, turn: Turn): object | undefined {
  if (old?.role !== "answer" || turn.role !== "answer" || !isRunning(old) || !isRunning(turn)) return undefined;
  if (!turn.text.startsWith(old.text)) return undefined;
  const others = new Set([...Object.keys(old), ...Object.keys(turn)] as (keyof Answer)[]);
  for (const name of others)
    if (name !== "text" && name !== "state" && !Object.is(old[name], turn[name])) return undefined;
  return { more: turn.id, at: old.text.length, text: turn.text.slice(old.text.length) };
}

function isRunning(turn: Turn): turn is Answer {
  return turn.role === "answer" && turn.state.kind === "running";
}

function stopped(answer: Answer): Answer {
  const tools = answer.tools.map((tool) =>
    tool.state === "waiting" || tool.state === "running" ? { ...tool, state: "failed" as const } : tool,
  );
  return { ...answer, state: { kind: "stopped" }, tools };
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
