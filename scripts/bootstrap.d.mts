import type { ChildProcess } from "node:child_process";

export declare function launch(script: string, args: readonly string[]): Promise<void>;
export declare function forward(signal: NodeJS.Signals, child: ChildProcess, platform?: NodeJS.Platform): void;
