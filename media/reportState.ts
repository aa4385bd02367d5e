/** What of the page is kept while it is hidden, and over a reload of the window: where its reader was. */

import { host } from "./host.ts";
import { isCount, isObject, isText, listOf } from "../src/text/shapes.ts";

interface KeptState {
  readonly scrollPx: number;
  /** Sections whose table is open. */
  readonly open: readonly string[];
}

export function keptState(): KeptState {
  const state = host.getState();
  if (!isObject(state)) return { scrollPx: 0, open: [] };
  const { scrollPx, open } = state;
  return {
    scrollPx: isCount(scrollPx) ? scrollPx : 0,
    open: listOf(isText)(open) ? (open as readonly string[]) : [],
  };
}

export function keepState(state: KeptState): void {
  host.setState(state);
}
