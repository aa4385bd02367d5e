/**
 * Ends this process where its main thread is held up for so long that it serves nobody any more: then it hears neither
 * that its last window has gone nor a signal. A thread of its own looks, which waits for nothing.
 */

import { Worker } from "node:worker_threads";

export interface WatchdogLimits {
  /** In milliseconds, while no window is connected. */
  readonly aloneMs: number;
  readonly attendedMs: number;
}

/** Call what it gives with the number of windows at each change. */
export function startWatchdog(limits: WatchdogLimits): (windows: number) => void {
  const shared = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  setInterval(() => Atomics.add(shared, BEATS, 1), BEAT_MS).unref();
  const workerData = { ...limits, shared, BEATS, WINDOWS, BEAT_MS };
  const worker = new Worker(WATCH, { eval: true, execArgv: [], workerData });
  // Without it the process does all the same what it is there for.
  worker.on("error", () => undefined);
  worker.unref();
  return (windows) => void Atomics.store(shared, WINDOWS, windows);
}

const BEATS = 0;
const WINDOWS = 1;
const BEAT_MS = 250;

/** It counts its own turns and no time: a machine that was asleep has not held anybody up. */
const WATCH = `
const { shared, aloneMs, attendedMs, BEATS, WINDOWS, BEAT_MS } = require("node:worker_threads").workerData;
let last = 0;
let turns = 0;
setInterval(() => {
  const beats = Atomics.load(shared, BEATS);
  turns = beats === last ? turns + 1 : 0;
  last = beats;
  const mostMs = Atomics.load(shared, WINDOWS) === 0 ? aloneMs : attendedMs;
  if (turns * BEAT_MS > mostMs) process.kill(process.pid, "SIGKILL");
}, BEAT_MS);
`;
