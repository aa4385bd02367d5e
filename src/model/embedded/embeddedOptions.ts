/** What has to be known of an embedded model before its process is asked for anything. */
export interface EmbeddedOptions {
  /** Of socket, secret and log; made if absent, for the user alone. One process for each folder and version. */
  readonly folder: string;
  /** Absolute path of the built `process.ts`. */
  readonly processFile: string;
  /** A Node, or an Electron that runs as one. */
  readonly execPath: string;
  readonly model: {
    readonly name: string;
    readonly path: string;
    readonly adapterPath: string | undefined;
    readonly contextTokens: number;
  };
  /** 0: measured. */
  readonly threads: number;
  /** 0: never. */
  readonly idleUnloadMs: number;
  /** Of the extension: another version gets another process. */
  readonly version: string;
}
