/** A real server that takes OpenTelemetry's metrics, or does one of the things that real ones do. */

import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type Manner =
  | "takes"
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | "cuts"
  | "silent";

interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface MetricsServer extends AsyncDisposable {
  readonly origin: string;
  readonly received: readonly Received[];
}

export async function startMetricsServer(manner: Manner): Promise<MetricsServer> {
  const received: Received[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    received.push({ method: request.method, path: request.url, headers: request.headers, body });
    if (manner === "silent") return;
    if (manner === "cuts") {
      request.socket.destroy();
      return;
    }
    const { status, body: said = "{}", headers } = manner === "takes" ? { status: 200 } : manner;
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(said);
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

interface Point {
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[];
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
  readonly asInt?: number | string;
  readonly asDouble?: number;
}

interface Decoded {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly kind: "sum" | "gauge";
  readonly isMonotonic: boolean | undefined;
  readonly temporality: number | undefined;
  readonly points: readonly {
    readonly value: number;
    readonly attributes: Readonly<Record<string, string>>;
    readonly fromMs: number;
    readonly toMs: number;
  }[];
}

/** As opentelemetry-proto has it: `ExportMetricsServiceRequest` in the JSON of protocol buffers, where 64-bit integers may be strings. */
export function decodedMetrics(json: string): {
  readonly resource: Readonly<Record<string, string>>;
  readonly metrics: readonly Decoded[];
} {
  const { resourceMetrics } = JSON.parse(json) as {
    readonly resourceMetrics: readonly {
      readonly resource: { readonly attributes: Point["attributes"] };
      readonly scopeMetrics: readonly {
        readonly metrics: readonly {
          readonly name: string;
          readonly unit: string;
          readonly description: string;
          readonly sum?: {
            readonly dataPoints: readonly Point[];
            readonly isMonotonic: boolean;
            readonly aggregationTemporality: number;
          };
          readonly gauge?: { readonly dataPoints: readonly Point[] };
        }[];
      }[];
    }[];
  };
  const record = (attributes: Point["attributes"]) =>
    Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));
  const [only, ...others] = resourceMetrics;
  if (!only || others.length > 0) throw new Error("One resource was expected.");
  return {
    resource: record(only.resource.attributes),
    metrics: only.scopeMetrics.flatMap(({ metrics }) =>
      metrics.map(({ name, unit, description, sum, gauge }) => ({
        name,
        unit,
        description,
        kind: sum ? "sum" : "gauge",
        isMonotonic: sum?.isMonotonic,
        temporality: sum?.aggregationTemporality,
        points:
          (sum ?? gauge)?.dataPoints.map((point) => ({
            value: Number(point.asInt ?? point.asDouble),
            attributes: record(point.attributes),
            fromMs: Number(BigInt(point.startTimeUnixNano) / 1_000_000n),
            toMs: Number(BigInt(point.timeUnixNano) / 1_000_000n),
          })) ?? [],
      })),
    ),
  };
}
