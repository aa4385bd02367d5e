export interface StopCutter {
  /** Text that is safe to pass on, and whether the answer has ended. */
  push(text: string): { readonly text: string; readonly stopped: boolean };
  /** What was held back because it might have become a stop. */
  rest(): string;
  /** It was ended for its length. */
  readonly isFull: boolean;
}

/**
 * Ends a stream before the first stop sequence, also where it comes in pieces or the server does not know it, and where it
 * is surely longer than `maxTokens`, which some servers do not heed.
 */
export function createStopCutter(stops: readonly string[], maxTokens: number): StopCutter {
  const known = stops.filter((stop) => stop !== "");
  const longest = Math.max(0, ...known.map((stop) => stop.length));
  let held = "";
  let room = maxTokens * MOST_CHARS_PER_TOKEN;
  const passed = (text: string, isLast: boolean) => {
    const taken = text.slice(0, room);
    room -= taken.length;
    return { text: taken, stopped: isLast || room <= 0 };
  };
  return {
    get isFull() {
      return room <= 0;
    },
    push(text) {
      held += text;
      const at = Math.min(...known.map((stop) => held.indexOf(stop)).filter((index) => index >= 0));
      if (at !== Infinity) {
        const before = held.slice(0, at);
        held = "";
        return passed(before, true);
      }
      let safe = held.length;
      for (let start = Math.max(0, held.length - longest + 1); start < held.length; start++) {
        const tail = held.slice(start);
        if (known.some((stop) => stop.startsWith(tail))) {
          safe = start;
          break;
        }
      }
      const before = held.slice(0, safe);
      held = held.slice(safe);
      return passed(before, false);
    },
    rest() {
      const last = held;
      held = "";
      return passed(last, true).text;
    },
  };
}

/** Long words and indentation are one token each. */
const MOST_CHARS_PER_TOKEN = 8;
