/**
 * What models cost, by the host that answers: the same name has another price, and another currency, elsewhere. What no
 * page was found for is not here, and is never taken to cost nothing. Prices change: the settings correct them
 * (`cost.ts`).
 */

export type Currency = "USD" | "CNY";

/** For a million tokens. */
export interface Price {
  readonly currency: Currency;
  readonly input: number;
  /** Of input that the server had read before. `undefined`: as other input. */
  readonly cachedInput: number | undefined;
  readonly output: number;
}

/** The month in which the pages were looked up. Some were known only as others quote them; the comments say which. */
export const PRICES_AS_OF = "2026-11";

export function listedPrice(host: string, model: string): Price | undefined {
  const listed = Object.hasOwn(prices, host) ? prices[host] : undefined;
  const found = listed?.prices.find(([models]) => models.test(model));
  if (!listed || !found) return undefined;
  const [, input, cachedInput, output] = found;
  return { currency: listed.currency, input, cachedInput, output };
}

interface Listed {
  readonly currency: Currency;
  readonly prices: readonly Row[];
}

type Row = readonly [models: RegExp, input: number, cachedInput: number | undefined, output: number];

const prices: Readonly<Record<string, Listed>> = {
  // developers.openai.com/api/docs/pricing, standard processing, as quoted in docs.github.com (Copilot's models and
  // pricing) and by several gateways. A snapshot (`gpt-4.1-2025-04-14`) costs what its alias does.
  "api.openai.com": {
    currency: "USD",
    prices: [
      [/^gpt-4\.1(-\d{4}-\d\d-\d\d)?$/, 2, 0.5, 8],
      [/^gpt-4\.1-mini(-\d{4}-\d\d-\d\d)?$/, 0.4, 0.1, 1.6],
      [/^gpt-4\.1-nano(-\d{4}-\d\d-\d\d)?$/, 0.1, 0.025, 0.4],
      [/^gpt-4o(-2024-08-06|-2024-11-20)?$/, 2.5, 1.25, 10],
      [/^gpt-4o-mini(-\d{4}-\d\d-\d\d)?$/, 0.15, 0.075, 0.6],
      [/^gpt-5-mini(-\d{4}-\d\d-\d\d)?$/, 0.25, 0.025, 2],
      [/^gpt-5\.2(-codex)?(-\d{4}-\d\d-\d\d)?$/, 1.75, 0.175, 14],
      [/^gpt-5\.3-codex(-\d{4}-\d\d-\d\d)?$/, 1.75, 0.175, 14],
      [/^gpt-5\.4(-\d{4}-\d\d-\d\d)?$/, 2.5, 0.25, 15],
      [/^gpt-5\.4-mini(-\d{4}-\d\d-\d\d)?$/, 0.75, 0.075, 4.5],
    ],
  },
  // api-docs.deepseek.com/quick_start/pricing. At the busy hours (01:00 to 04:00 and 06:00 to 10:00 UTC on working days
  // in China); at all others it is half, which the days' sums do not tell apart.
  "api.deepseek.com": {
    currency: "USD",
    prices: [
      [/^deepseek-(flash|v4-flash)$/, 0.3, 0.006, 1.2],
      [/^deepseek-v4-pro$/, 1.32, 0.044, 3.96],
    ],
  },
  // help.aliyun.com/zh/model-studio/qwen-coder-turbo: Beijing, without limited offers.
  "dashscope.aliyuncs.com": { currency: "CNY", prices: [[/^qwen-coder-turbo$/, 2, undefined, 6]] },
  // alibabacloud.com/help/en/model-studio, up to 32,000 tokens of input, as quoted in docs.litellm.ai (release notes).
  "dashscope-intl.aliyuncs.com": {
    currency: "USD",
    prices: [
      [/^qwen3-coder-plus$/, 1, undefined, 5],
      [/^qwen3-coder-flash$/, 0.3, undefined, 1.5],
    ],
  },
  // docs.bigmodel.cn/cn/guide/start/pricing, without limited offers.
  "open.bigmodel.cn": {
    currency: "CNY",
    prices: [
      [/^glm-5\.3$/, 8, 2, 28],
      [/^glm-5\.3-flash$/, 0.8, 0.23, 2.8],
    ],
  },
  // docs.z.ai/guides/overview/pricing, as quoted by several clients.
  "api.z.ai": {
    currency: "USD",
    prices: [
      [/^glm-5\.3$/, 1.4, undefined, 4.4],
      [/^glm-5\.[12]$/, 1.4, 0.26, 4.4],
      [/^glm-5-turbo$/, 1.2, 0.24, 4],
      [/^glm-5$/, 1, 0.2, 3.2],
      [/^glm-4\.[67]$/, 0.6, 0.11, 2.2],
    ],
  },
  // platform.kimi.ai/docs/pricing, as quoted in apidog.com's guide to the model, and for K3 by its users.
  "api.moonshot.ai": {
    currency: "USD",
    prices: [
      [/^kimi-k2\.7-code$/, 0.95, 0.19, 4],
      [/^kimi-k3$/, 3, 0.3, 15],
    ],
  },
  // volcengine.com/article/2605349
  "ark.cn-beijing.volces.com": { currency: "CNY", prices: [[/^doubao-seed-2-1-pro(-\d+)?$/, 6, undefined, 30]] },
  // mistral.ai/pricing, as quoted in mastra.ai/models/providers/mistral. What codestral.mistral.ai charges was not found.
  "api.mistral.ai": {
    currency: "USD",
    prices: [
      [/^codestral-(latest|2508)$/, 0.3, undefined, 0.9],
      [/^devstral-(latest|medium-latest|medium-2507|2512)$/, 0.4, undefined, 2],
    ],
  },
  // console.groq.com/docs/models, as quoted in docs.rs/aicost and braintrustdata/braintrust-proxy.
  "api.groq.com": {
    currency: "USD",
    prices: [
      [/^openai\/gpt-oss-20b$/, 0.075, 0.037, 0.3],
      [/^openai\/gpt-oss-120b$/, 0.15, 0.075, 0.6],
      [/^qwen\/qwen3-32b$/, 0.29, undefined, 0.59],
      [/^llama-3\.3-70b-versatile$/, 0.59, undefined, 0.79],
      [/^llama-3\.1-8b-instant$/, 0.05, undefined, 0.08],
    ],
  },
};
