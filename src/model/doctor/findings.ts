/** What a check of a model finds, as data: what is so, and the ways out. The words for them are in `extension/`. */

import type { ModelFailure } from "../failure.ts";
import type { FormatName } from "../templates.ts";

export type StepName =
  | "setting"
  | "address"
  | "proxy"
  | "name"
  | "connection"
  | "tls"
  | "answer"
  | "key"
  | "file"
  | "model"
  | "context"
  | "holes"
  | "speed"
  | "memory";

export type StepState = "running" | "good" | "warning" | "bad" | "skipped";

export interface StepResult {
  readonly step: StepName;
  readonly state: StepState;
  /** `undefined` while it runs. */
  readonly finding: Finding | undefined;
  readonly ways: readonly Way[];
}

/** Of the internet protocol: 4 or 6. */
export type Family = 4 | 6;

/** Hosts are as in an address, with their port where it is not the scheme's own. */
export type Finding =
  | SettingFinding
  | ProxyFinding
  | NetworkFinding
  | TlsFinding
  | AnswerFinding
  | KeyFinding
  | ModelFinding
  | HolesFinding
  | LoadFinding
  /** A step before it has to be mended first. */
  | { readonly kind: "skipped"; readonly because: StepName }
  | { readonly kind: "stopped" }
  | { readonly kind: "failure"; readonly failure: ModelFailure };

export type SettingFinding =
  | { readonly kind: "reference"; readonly provider: string; readonly model: string }
  /** Some settings have a value that is of no use, and count as if they were not there. */
  | {
      readonly kind: "settings-ignored";
      readonly provider: string;
      readonly model: string;
      readonly ignored: readonly IgnoredSetting[];
    }
  /** `setting`: the one that names the model. */
  | { readonly kind: "reference-empty"; readonly setting: string }
  /** It has no provider and model on both sides of a slash. */
  | { readonly kind: "reference-form"; readonly setting: string; readonly reference: string }
  | {
      readonly kind: "provider-unknown";
      readonly setting: string;
      readonly provider: string;
      readonly nearest: readonly string[];
    }
  /** Nothing in the catalogue has this name; `names` are those that it has. */
  | {
      readonly kind: "embedded-unknown";
      readonly setting: string;
      readonly model: string;
      readonly names: readonly string[];
    }
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "address-invalid" }
  /** A name or a password stands in it. */
  | { readonly kind: "address-credentials" }
  /** It ends with the path of one operation, such as `/chat/completions`. */
  | { readonly kind: "address-end-point"; readonly path: string }
  | { readonly kind: "file"; readonly bytes: number };

export interface IgnoredSetting {
  /** As in settings.json. */
  readonly setting: string;
  /** As in JSON, cut. */
  readonly value: string;
}

export type ProxyFinding =
  | { readonly kind: "proxy-none" }
  /** Something answered; `host` is `undefined` where the editor has its proxy from elsewhere than a setting. */
  | { readonly kind: "proxy"; readonly host: string }
  | { readonly kind: "proxy-login"; readonly host: string }
  | { readonly kind: "proxy-unreachable"; readonly host: string; readonly code: string }
  | { readonly kind: "proxy-refused"; readonly host: string; readonly status: number };

export type NetworkFinding =
  /** The proxy does it. */
  | { readonly kind: "by-proxy" }
  /** The address has a number instead of a name. */
  | { readonly kind: "name-number" }
  | { readonly kind: "name-found"; readonly host: string; readonly families: readonly Family[] }
  | { readonly kind: "name-unknown"; readonly host: string; readonly code: string }
  | { readonly kind: "name-late"; readonly host: string; readonly limitMs: number }
  | { readonly kind: "connected"; readonly host: string }
  /** A name of this machine has two addresses, and the server listens at one of them. */
  | { readonly kind: "connected-partly"; readonly host: string; readonly open: Family; readonly closed: Family }
  | {
      readonly kind: "refused";
      readonly host: string;
      readonly isThisMachine: boolean;
      /** Servers that were found at other ports. */
      readonly others: readonly Listener[];
    }
  | { readonly kind: "connection-timeout"; readonly host: string; readonly isThisMachine: boolean }
  | { readonly kind: "connection-failed"; readonly host: string; readonly code: string };

export interface Listener {
  /** For people, such as "Ollama". */
  readonly name: string;
  readonly address: string;
  /** It has no model yet. */
  readonly isEmpty: boolean;
  /** It speaks as the provider that was asked for does, and can be used in its place. */
  readonly fits: boolean;
}

export type TlsFinding =
  | { readonly kind: "tls"; readonly host: string }
  | { readonly kind: "tls-none"; readonly isThisMachine: boolean }
  /** The address says https, and the server speaks http. */
  | { readonly kind: "tls-not-spoken"; readonly host: string }
  /** The address says http, and the server speaks https alone. */
  | { readonly kind: "tls-expected"; readonly host: string }
  | { readonly kind: "tls-self-signed"; readonly host: string }
  | { readonly kind: "tls-unknown-authority"; readonly host: string; readonly issuer: string }
  /** In milliseconds since 1970. */
  | { readonly kind: "tls-expired"; readonly host: string; readonly at: number | undefined }
  | { readonly kind: "tls-not-yet"; readonly host: string; readonly at: number | undefined }
  | { readonly kind: "tls-name"; readonly host: string; readonly names: readonly string[] }
  | { readonly kind: "tls-failed"; readonly host: string; readonly code: string };

export type AnswerFinding =
  | { readonly kind: "answer"; readonly host: string; readonly models: number }
  /** It answers, and does not tell which models it has. */
  | { readonly kind: "answer-without-list"; readonly host: string }
  | { readonly kind: "answer-elsewhere"; readonly host: string; readonly address: string }
  /** `hasPath`: the address has one, so that it is hardly missing. */
  | { readonly kind: "answer-page"; readonly host: string; readonly hasPath: boolean }
  | { readonly kind: "answer-redirect"; readonly host: string; readonly target: string | undefined }
  | { readonly kind: "answer-late"; readonly host: string; readonly limitMs: number }
  /** The connection was closed without an answer. */
  | { readonly kind: "answer-cut"; readonly host: string }
  | { readonly kind: "answer-status"; readonly host: string; readonly status: number }
  | { readonly kind: "answer-foreign"; readonly host: string; readonly hasPath: boolean }
  | { readonly kind: "answer-no-ollama"; readonly host: string };

export type KeyFinding =
  | { readonly kind: "key-not-needed" }
  | { readonly kind: "key-missing"; readonly host: string }
  /** `isProven`: the server refuses others. */
  | { readonly kind: "key-stored"; readonly host: string; readonly isProven: boolean }
  | { readonly kind: "key-mended"; readonly host: string; readonly isRefused: boolean }
  | ({ readonly kind: "key-refused"; readonly host: string } & RefusedKey)
  /** Several are stored one behind the other. */
  | { readonly kind: "key-several"; readonly host: string }
  /** It has letters that no key has. */
  | { readonly kind: "key-unusable"; readonly host: string };

export interface RefusedKey {
  /** Its last four characters; `undefined` of a key that they would tell too much of. */
  readonly end: string | undefined;
  /** Whose keys look like this one, where that is somebody else. */
  readonly looksLike: string | undefined;
  /** The server's sentence, without the key. */
  readonly says: string | undefined;
}

export type ModelFinding =
  | { readonly kind: "model-listed"; readonly model: string }
  | { readonly kind: "model-unlisted"; readonly model: string; readonly nearest: readonly string[] }
  | { readonly kind: "model-not-pulled"; readonly model: string; readonly nearest: readonly string[] }
  /** The list does not have it, and yet it answered. */
  | { readonly kind: "model-answers"; readonly model: string }
  | { readonly kind: "models-unknown" }
  /** An Ollama server that has nothing pulled. */
  | { readonly kind: "models-none"; readonly host: string }
  | { readonly kind: "context-enough"; readonly tokens: number }
  | { readonly kind: "context-small"; readonly tokens: number; readonly wanted: number }
  | { readonly kind: "context-unknown"; readonly wanted: number };

export type HolesFinding =
  | { readonly kind: "fills"; readonly format: FormatName }
  /** It was asked in words and answered with code alone. */
  | { readonly kind: "fills-by-chat" }
  /** It goes on with the text before the caret and heeds nothing after it. */
  | ({ readonly kind: "continues" } & Missed)
  /** An answer in words: it was taught to chat. */
  | ({ readonly kind: "talks" } & Missed)
  | ({ readonly kind: "writes-nothing" } & Missed)
  | ({ readonly kind: "writes-else" } & Missed)
  /** The server can't be asked so. */
  | { readonly kind: "format-refused"; readonly format: FormatName; readonly better: BetterFormat | undefined };

interface Missed {
  readonly format: FormatName;
  /** What it wrote, the beginning. */
  readonly written: string;
  readonly better: BetterFormat | undefined;
}

/** Another format, which the model does more with. */
export interface BetterFormat {
  readonly format: FormatName;
  /** It fills holes with it; else it at least goes on with the text before the caret. */
  readonly fills: boolean;
}

export type LoadFinding =
  | {
      readonly kind: "speed";
      /** The median. */
      readonly firstMs: number;
      /** `undefined` where the answers came at once. */
      readonly tokensPerSecond: number | undefined;
      /** The server does not tell how many tokens there were. */
      readonly isEstimate: boolean;
      readonly requests: number;
      readonly isSlow: boolean;
    }
  | {
      readonly kind: "memory";
      readonly fileBytes: number;
      readonly freeBytes: number;
      readonly totalBytes: number;
    };

export type Way =
  /** For the provider of the model. */
  | { readonly kind: "set-address"; readonly address: string }
  | { readonly kind: "set-model"; readonly model: string }
  | { readonly kind: "set-reference"; readonly reference: string }
  /** Of the catalogue: its file is fetched. */
  | { readonly kind: "get-model"; readonly reference: string; readonly bytes: number }
  | { readonly kind: "set-format"; readonly format: FormatName }
  | { readonly kind: "copy"; readonly text: string }
  | { readonly kind: "pull"; readonly model: string }
  | { readonly kind: "open-settings"; readonly query: string }
  | { readonly kind: "enter-key" }
  | { readonly kind: "open-page"; readonly url: string }
  | { readonly kind: "choose-model" }
  /** The editor asks the user whether a model of another extension may be used. */
  | { readonly kind: "allow-editor-model" };

/** To the servers' addresses. */
export const OPEN_SERVERS = { kind: "open-settings", query: "pairwise.model.servers" } as const satisfies Way;

export function good(step: StepName, finding: Finding): StepResult {
  return { step, state: "good", finding, ways: [] };
}

export function warning(step: StepName, finding: Finding, ways: readonly Way[] = []): StepResult {
  return { step, state: "warning", finding, ways };
}

export function bad(step: StepName, finding: Finding, ways: readonly Way[] = []): StepResult {
  return { step, state: "bad", finding, ways };
}

export function running(step: StepName): StepResult {
  return { step, state: "running", finding: undefined, ways: [] };
}

export function skipped(step: StepName, finding: Finding): StepResult {
  return { step, state: "skipped", finding, ways: [] };
}
