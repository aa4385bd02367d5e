/** Metrics as OpenTelemetry's own SDK writes them: the JSON of an `ExportMetricsServiceRequest`. */

import { ValueType } from "@opentelemetry/api";
import { JsonMetricsSerializer } from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, MetricReader, type ResourceMetrics } from "@opentelemetry/sdk-metrics";
import type { ExportFigures } from "./figures.ts";
import { type Metric, metricsOf } from "./metrics.ts";

export interface OtlpRequest {
  /** One line, without a break at its end. */
  readonly json: string;
  readonly metrics: number;
  readonly points: number;
}

export interface OtlpSource {
  /** Of Pairwise, where it is known. */
  readonly version?: string;
  /** Of the resource, beside the service's name and version; such as who it is, where the user wants that said. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Of the time from the first record to the making of the report. */
export async function otlpRequest(figures: ExportFigures, { version, attributes }: OtlpSource): Promise<OtlpRequest> {
  const metrics = metricsOf(figures);
  const reader = new Once();
  const provider = new MeterProvider({
    resource: resourceFromAttributes({
      "service.name": "pairwise",
      ...(version !== undefined && { "service.version": version }),
      ...attributes,
    }),
    readers: [reader],
  });
  try {
    const meter = provider.getMeter("pairwise.report", String(figures.model.format));
    for (const metric of metrics) instrumentFor(meter, metric);
    const { resourceMetrics } = await reader.collect();
    const { madeMs, range } = figures.model;
    stamp(resourceMetrics, range.firstMs ?? madeMs, madeMs);
    const sent = resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
    const request = JsonMetricsSerializer.serializeRequest(resourceMetrics);
    return {
      json: new TextDecoder().decode(request),
      // Of what goes out, which is what whoever sends it is told.
      metrics: sent.length,
      points: sent.reduce((sum, { dataPoints }) => sum + dataPoints.length, 0),
    };
  } finally {
    await provider.shutdown();
  }
}

function instrumentFor(meter: ReturnType<MeterProvider["getMeter"]>, metric: Metric): void {
  const { name, kind, unit, description, isWhole, points } = metric;
  const options = { unit, description, valueType: isWhole ? ValueType.INT : ValueType.DOUBLE };
  const instrument =
    kind === "gauge" ? meter.createObservableGauge(name, options) : meter.createObservableUpDownCounter(name, options);
  instrument.addCallback((result) => {
    for (const { value, attributes } of points) result.observe(value, attributes);
  });
}

/** Asked once, by us. */
class Once extends MetricReader {
  constructor() {
    // Beyond 2,000 the SDK would put points together; there are as many as languages and models.
    super({ cardinalitySelector: () => Number.MAX_SAFE_INTEGER });
  }

  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** The SDK takes it that all of it was counted since it was started. */
function stamp(made: ResourceMetrics, fromMs: number, toMs: number): void {
  const [startTime, endTime] = [hrTime(fromMs), hrTime(toMs)];
  for (const { metrics } of made.scopeMetrics)
    for (const { dataPoints } of metrics) for (const point of dataPoints) Object.assign(point, { startTime, endTime });
}

/** Seconds, and nanoseconds of the next one. */
const hrTime = (ms: number): [number, number] => [Math.floor(ms / 1_000), Math.round((ms % 1_000) * 1e6)];
