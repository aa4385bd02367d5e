export interface EvaluatedUsage {
  readonly promptTokens: number;
  readonly cachedTokens: number;
}

export interface EngineUsage extends EvaluatedUsage {
  readonly outputTokens: number;
  /** The answer ended at the upper bound, or where the context was full, and not where the model ended it. */
  readonly isCut: boolean;
}
