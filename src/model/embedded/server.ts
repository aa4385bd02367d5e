import { timingSafeEqual } from "node:crypto";
import type { Socket } from "node:net";
import { ErrorCodes, ResponseError, type CancellationToken, type MessageConnection } from "vscode-jsonrpc/node";
import { ModelError } from "../model.ts";
import type { Engine } from "./engine.ts";
import { specKey } from "./engineSpec.ts";
import type { EvaluatedUsage } from "./engineUsage.ts";
import { JobQueue, PreemptedError, type Priority } from "./jobQueue.ts";
import type { Between } from "./sequence.ts";
import type { ModelHost } from "./modelHost.ts";
import {
  methods,
  parseGenerate,
  parseHello,
  parseScoreOrder,
  InvalidField,
  type Generate,
  type GenerateResult,
  type NotDone,
  type Order,
  type ScoreOrder,
  type ScoreResult,
  type Status,
  type EvaluatedOf,
  type TextOf,
} from "./protocol.ts";
import { rpcOver } from "./rpc.ts";

const HELLO_WITHIN_MS = 5000;

export interface ModelServerOptions {
  readonly host: ModelHost;
  readonly secret: string;
  /** The number of peers that said hello has changed. */
  readonly onPeers: (count: number) => void;
  readonly onShutdown: () => void;
  /** A computation failed in a way that no request explains; the process is not to be trusted any more. */
  readonly onBroken: (error: unknown) => void;
}

/** Serves the peers of one process. */
export class ModelServer {
  readonly #options: ModelServerOptions;
  readonly #queue = new JobQueue();
  readonly #peers = new Set<MessageConnection>();

  constructor(options: ModelServerOptions) {
    this.#options = options;
  }

  get peers(): number {
    return this.#peers.size;
  }

  /** Nothing is computed, and nobody waits. */
  get idle(): boolean {
    return this.#queue.idle;
  }

  accept(socket: Socket): void {
    const connection = rpcOver(socket);
    const gone = new AbortController();
    const hangUp = () => socket.destroySoon();
    const helloTimer = setTimeout(hangUp, HELLO_WITHIN_MS);
    const isKnown = () => this.#peers.has(connection);
    const refuse = (): never => {
      setImmediate(hangUp);
      throw new ResponseError(ErrorCodes.InvalidRequest, "refused");
    };
    socket.on("error", hangUp);
    socket.once("close", () => {
      clearTimeout(helloTimer);
      gone.abort(new Error("the client is gone"));
      connection.dispose();
      if (this.#peers.delete(connection)) this.#options.onPeers(this.#peers.size);
    });
    connection.onError(hangUp);
    connection.onRequest(methods.hello, (params: unknown) => {
      const hello = parseHello(params);
      if (hello === undefined || !sameSecret(hello.secret, this.#options.secret)) return refuse();
      clearTimeout(helloTimer);
      this.#peers.add(connection);
      this.#options.onPeers(this.#peers.size);
      // After the answer, by which the peer knows that it is known.
      setImmediate(() => {
        const { status } = this.#options.host;
        if (status !== undefined) notify(connection, methods.status, status);
      });
      return { pid: process.pid };
    });
    connection.onRequest<GenerateResult, void>(methods.generate, (params: unknown, token: CancellationToken) => {
      if (!isKnown()) return refuse();
      const generate = parseGenerate(params);
      if (generate instanceof InvalidField) return invalid(generate);
      return this.#generate(connection, generate, signalOf(token, gone.signal));
    });
    connection.onRequest<ScoreResult, void>(methods.score, (params: unknown, token: CancellationToken) => {
      if (!isKnown()) return refuse();
      const order = parseScoreOrder(params);
      if (order instanceof InvalidField) return invalid(order);
      return this.#score(connection, order, signalOf(token, gone.signal));
    });
    connection.onRequest(methods.shutdown, () => {
      if (!isKnown()) return refuse();
      setImmediate(this.#options.onShutdown);
      return true;
    });
    connection.onUnhandledNotification(hangUp);
    connection.listen();
  }

  tell(status: Status): void {
    for (const peer of this.#peers) notify(peer, methods.status, status);
  }

  /** Says to all that this was in good order. */
  async sayEnding(): Promise<void> {
    await Promise.allSettled([...this.#peers].map((peer) => peer.sendNotification(methods.ending, {})));
  }

  async #generate(
    connection: MessageConnection,
    { id, warm, request, ...order }: Generate,
    signal: AbortSignal,
  ): Promise<GenerateResult> {
    const priority: Priority = warm ? "warm" : request.purpose === "chat" ? "chat" : "suggestion";
    const onEvaluated = (usage: EvaluatedUsage) =>
      notify(connection, methods.evaluated, { id, ...usage } satisfies EvaluatedOf);
    const onText = (text: string, outputTokens: number) =>
      notify(connection, methods.text, { id, text, outputTokens } satisfies TextOf);
    const result = await this.#compute(connection, order, priority, signal, (engine, signal, between) =>
      engine.run({ request, signal, onEvaluated, onText, between }),
    );
    return result.kind === "done" ? { kind: "done", usage: result.value } : result;
  }

  async #score(
    connection: MessageConnection,
    { request, ...order }: ScoreOrder,
    signal: AbortSignal,
  ): Promise<ScoreResult> {
    const result = await this.#compute(connection, order, "score", signal, (engine, signal, between) =>
      engine.score(request, signal, between),
    );
    return result.kind === "done" ? { kind: "done", score: result.value } : result;
  }

  async #compute<T>(
    connection: MessageConnection,
    { spec, idleUnloadMs }: Order,
    priority: Priority,
    signal: AbortSignal,
    compute: (engine: Engine, signal: AbortSignal, between: Between) => Promise<T>,
  ): Promise<{ readonly kind: "done"; readonly value: T } | NotDone> {
    const { host } = this.#options;
    try {
      const value = await this.#queue.add(
        {
          client: connection,
          priority,
          group: specKey(spec),
          run: async (signal, between) => {
            const engine = await host.engine(spec);
            signal.throwIfAborted();
            return compute(engine, signal, between);
          },
        },
        signal,
      );
      return { kind: "done", value };
    } catch (error) {
      if (error instanceof ModelError) return { kind: "failed", failure: error.failure };
      if (!signal.aborted && !(error instanceof PreemptedError)) this.#options.onBroken(error);
      return { kind: "aborted" };
    } finally {
      // The queue itself goes on in a later turn, so ask it then.
      setImmediate(() => {
        if (this.#queue.idle) host.idle(idleUnloadMs, () => this.#unload(connection));
      });
    }
  }

  /** As a job, so that it never meets a computation. */
  #unload(client: object): void {
    const run = () => this.#options.host.unload();
    const never = new AbortController().signal;
    this.#queue.add({ client, priority: "warm", group: "", run }, never).catch(this.#options.onBroken);
  }
}

function signalOf(token: CancellationToken, gone: AbortSignal): AbortSignal {
  const cancelled = new AbortController();
  token.onCancellationRequested(() => cancelled.abort());
  return AbortSignal.any([cancelled.signal, gone]);
}

function invalid({ message }: InvalidField): NotDone {
  return { kind: "failed", failure: { kind: "request-refused", host: "embedded", detail: message } };
}

function notify(connection: MessageConnection, method: string, params: object): void {
  // A peer that went away is noticed by its socket.
  connection.sendNotification(method, params).catch(() => undefined);
}

function sameSecret(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
