/** Blocks the thread: for the ledger's own, which has nothing else to do. Ending the thread ends the pause. */
export function pauseThread(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
