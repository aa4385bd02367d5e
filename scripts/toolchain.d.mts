export declare const root: string;
export declare class SetUpError extends Error {}
export declare function cacheFolder(): string;
export declare function step<T>(title: string, work: () => Promise<T>): Promise<T>;
export declare function endTree(pid: number): void;
export declare function runNpm(
  args: readonly string[],
  options: { readonly cwd: string; readonly node?: string },
): Promise<void>;
export declare function installOnce(options: {
  readonly folder: string;
  readonly title: string;
  /** What it takes on the disk, at most. */
  readonly megabytes: number;
  readonly fill: (temporary: string) => Promise<void>;
}): Promise<string>;
export declare function toolchainFolder(name: "node" | "editor" | "browser"): string;
export declare function installLocked(
  name: "node" | "editor" | "browser",
  folder: string,
  node?: string,
): Promise<void>;
export declare function ensureNode(): Promise<string>;
export declare function ensurePackages(node: string): Promise<void>;
