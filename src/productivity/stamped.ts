/** What all records have. */

export interface Stamped {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /** Of one window's extension host, from its start to its end: 16 hexadecimal digits from the system's random source. */
  readonly session: string;
}

/** Where it was. HMAC-SHA256 with the installation's secret, of which 16 hexadecimal digits are kept. */
export interface Placed {
  readonly file: string;
  /** The workspace folder; empty outside of one. */
  readonly project: string;
  readonly language: string;
}
