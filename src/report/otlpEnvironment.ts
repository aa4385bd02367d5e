/** What OpenTelemetry's own variables say of how to send (opentelemetry.io, "OTLP Exporter Configuration" and "Environment Variable Specification"). */

export interface OtlpEnvironment {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Of the resource. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Or the variable that can't be read. Its value may be a secret, and is not told. */
export function otlpEnvironment(environment: NodeJS.ProcessEnv): OtlpEnvironment | { readonly unreadable: string } {
  const valueOf = (...names: readonly string[]): readonly [name: string, value: string] => {
    for (const name of names) {
      const value = environment[name]?.trim();
      if (value) return [name, value];
    }
    return ["", ""];
  };
  const [headersName, headersText] = valueOf("OTEL_EXPORTER_OTLP_METRICS_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS");
  const headers = headersIn(headersText);
  if (!headers) return { unreadable: headersName };
  const [timeoutName, timeoutText] = valueOf("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "OTEL_EXPORTER_OTLP_TIMEOUT");
  const timeoutMs = timeoutText === "" ? USUAL_TIMEOUT_MS : Number(timeoutText);
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > MOST_TIMEOUT_MS) return { unreadable: timeoutName };
  const [attributesName, attributesText] = valueOf("OTEL_RESOURCE_ATTRIBUTES");
  const attributes = pairsIn(attributesText);
  if (!attributes) return { unreadable: attributesName };
  return { headers, timeoutMs, attributes };
}

const USUAL_TIMEOUT_MS = 10_000;
const MOST_TIMEOUT_MS = 2_147_483_647;

/** `undefined` where a name or a value can't be a header's. */
export function headersIn(text: string): Readonly<Record<string, string>> | undefined {
  const pairs = pairsIn(text);
  if (!pairs) return undefined;
  const headers = Object.entries(pairs).map(([name, value]) => [name.toLowerCase(), value] as const);
  return headers.every(([name, value]) => NAME.test(name) && VALUE.test(value))
    ? Object.fromEntries(headers)
    : undefined;
}

const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** `name=value,name=value`, the values as in addresses. */
function pairsIn(text: string): Readonly<Record<string, string>> | undefined {
  const pairs: [string, string][] = [];
  for (const part of text.split(",")) {
    if (part.trim() === "") continue;
    const at = part.indexOf("=");
    const name = part.slice(0, at).trim();
    if (at < 1 || name === "") return undefined;
    try {
      pairs.push([name, decodeURIComponent(part.slice(at + 1).trim())]);
    } catch {
      return undefined;
    }
  }
  return Object.fromEntries(pairs);
}
