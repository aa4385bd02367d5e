export interface EvaluatedUsage {
  readonly promptTokens: number;
  readonly cachedTokens: number;
}

export interface EngineUsage extends EvaluatedUsage {
  readonly outputTokens: number;
}
