import type { Currency } from "./prices.ts";

/** The ways in which a model fails, named by what the user can do about them. The words for them are in `extension/`. */
export type ModelFailure =
  /** What the settings name as a model is none: no such provider, or nothing of that name in the catalogue. */
  | { readonly kind: "reference-unknown"; readonly reference: string }
  /** The provider has no address of its own, and the settings give none. */
  | { readonly kind: "address-missing"; readonly provider: string }
  /** No key is stored and the server asks for one. */
  | { readonly kind: "key-missing"; readonly host: string }
  /** The server refused the key (401, and 403 where it gives no other reason). */
  | { readonly kind: "key-rejected"; readonly host: string }
  /** What is stored as a key can't be one: no header takes it, such as one with a line break in it. Nothing was asked. */
  | { readonly kind: "key-unusable"; readonly host: string }
  /** The server refuses whoever asks, or what was asked, for another reason than the key (403); `detail` is its sentence, cut to 200 characters. */
  | { readonly kind: "access-refused"; readonly host: string; readonly detail: string }
  /** 429. `retryAfterMs` is the server's own word, where it gave one; `detail` its sentence, cut to 200 characters. */
  | {
      readonly kind: "rate-limited";
      readonly host: string;
      readonly retryAfterMs: number | undefined;
      readonly detail?: string;
    }
  /** The account has no credit left, or has reached a limit that was set for it (402, or a code that says so). */
  | { readonly kind: "quota-exhausted"; readonly host: string }
  /** What the user lets models cost in a day is reached. Tomorrow begins `retryInMs` after the failure was made. */
  | { readonly kind: "spending-limit"; readonly limit: number; readonly currency: Currency; readonly retryInMs: number }
  /** The server does not know this model, or not this end point (404). */
  | { readonly kind: "model-unknown"; readonly host: string; readonly model: string }
  /** The request was refused as it was (400, 413, 422); `detail` is the server's sentence, cut to 200 characters. */
  | { readonly kind: "request-refused"; readonly host: string; readonly detail: string }
  /** 3xx. A redirect is not followed: the request has the user's code in it. `target` is its address without the query. */
  | { readonly kind: "redirected"; readonly host: string; readonly target: string | undefined }
  /** The server is there, and reads its model's file. */
  | { readonly kind: "model-loading"; readonly host: string }
  /** 5xx. `detail` is the server's sentence, where it gave one, cut to 200 characters. */
  | { readonly kind: "server-error"; readonly host: string; readonly status: number; readonly detail?: string }
  /** No connection: name not found, refused, TLS. `code` is the system's, such as ECONNREFUSED. */
  | { readonly kind: "unreachable"; readonly host: string; readonly code: string | undefined }
  /** The server answered something that is not of its protocol. */
  | { readonly kind: "bad-response"; readonly host: string }
  /** The stream ended before the model said that it was done. `detail` is the server's sentence, where it gave one, cut to 200 characters. */
  | { readonly kind: "interrupted"; readonly host: string; readonly detail?: string }
  /** Nothing came within the time limit. */
  | { readonly kind: "timed-out"; readonly host: string; readonly limitMs: number }
  /** The file of the local model is not there. `known` is told of a model of the catalogue: it can be had (again). */
  | {
      readonly kind: "model-file-missing";
      readonly path: string;
      readonly known?: { readonly reference: string; readonly name: string; readonly bytes: number };
    }
  /** The file is there and llama.cpp cannot load it; `detail` is its sentence. */
  | { readonly kind: "model-file-unusable"; readonly path: string; readonly detail: string }
  /** This build or platform carries no embedded engine. */
  | { readonly kind: "engine-absent"; readonly platform: string }
  /**
   * The process of the local model ended by itself. The next request starts it again, or, where it has ended
   * again and again, the first one after `retryInMs`, counted from when the failure was made.
   */
  | { readonly kind: "engine-stopped"; readonly detail: string; readonly retryInMs?: number }
  /** The editor asks the user before an extension may use another one's model, and that has not happened, or was denied. */
  | { readonly kind: "editor-consent-missing"; readonly model: string }
  /** The editor has no such model (any more): its extension is missing, or waits for somebody to sign in. */
  | { readonly kind: "editor-model-missing"; readonly model: string }
  /** The editor's model refuses this user, most often because a quota is used up. */
  | { readonly kind: "editor-model-blocked"; readonly model: string }
  /** Whatever else the editor's model says; `detail` is its sentence, cut to 200 characters. */
  | { readonly kind: "editor-model-failed"; readonly model: string; readonly detail: string }
  /** The model's file has no template for chats: it only goes on with a text. */
  | { readonly kind: "chat-untaught"; readonly model: string }
  /** The model can't see what it is to be shown; nothing was sent. */
  | { readonly kind: "pictures-unseen"; readonly model: string }
  /** The prompt does not fit the model's context, or `tokens` of it do, and the answer not beside them. */
  | { readonly kind: "prompt-too-long"; readonly tokens: number; readonly limit: number };

/** For a log: all but what a server or another extension says, which may repeat what was sent. */
export function withoutSentence(failure: ModelFailure): ModelFailure {
  switch (failure.kind) {
    case "request-refused":
    case "access-refused":
    case "editor-model-failed":
      return { ...failure, detail: "" };
    case "rate-limited":
    case "server-error":
    case "interrupted":
      return failure.detail === undefined ? failure : { ...failure, detail: "" };
    default:
      return failure;
  }
}
