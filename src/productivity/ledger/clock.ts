/** Time as an argument, so that tests can hold it. */
export interface LedgerClock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Does it once, later; what it returns takes it back. It keeps no process from ending. */
  after(ms: number, task: () => void): () => void;
}
