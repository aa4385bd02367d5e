/**
 * What each part of a prompt does for a text that a model wrote after it: the text is scored with the whole prompt, and
 * then without each part in turn.
 */

/** Falls of less than this, in nats, either way, are no difference: the text is at most 1.6 times as likely. */
const LEAST_NATS = 0.5;

export interface Question<Part, Prompt> {
  /** In the order in which they stand in the prompt. */
  readonly parts: readonly Part[];
  /** The prompt without this part; the whole one where there is none. */
  readonly promptWithout: (part: Part | undefined) => Prompt;
  /** Of the text after a prompt. */
  readonly score: (prompt: Prompt, signal: AbortSignal) => Promise<TextScore>;
}

interface TextScore {
  /** Natural logarithm. */
  readonly logProbability: number;
  readonly tokens: number;
  /** Of the text's start alone. */
  readonly isStartOnly?: true;
}

interface PartEffect<Part> {
  readonly part: Part;
  /** By how much the text's log-probability falls without the part, in nats: positive where the part helped. */
  readonly fallNats: number;
  /** False: the fall is too small to be told from none. */
  readonly isDifference: boolean;
}

export interface LeftOut<Part> {
  /** Of the text after the whole prompt. */
  readonly whole: TextScore;
  /** In the order of the parts; those that are known by now. */
  readonly effects: readonly PartEffect<Part>[];
  /** Scores that were asked for and come in answer, of `total`. */
  readonly done: number;
  readonly total: number;
}

/**
 * The last part is left out first: a model keeps what it has evaluated of a prompt as far as the next one begins alike,
 * and so never evaluates anything twice that stands before the part. `onProgress` hears after each score what is known
 * by then, at last what is returned. Rejects as `score` does, and with the signal's reason when that was aborted.
 */
export async function leaveOneOut<Part, Prompt>(
  { parts, promptWithout, score }: Question<Part, Prompt>,
  signal: AbortSignal,
  onProgress: (known: LeftOut<Part>) => void,
): Promise<LeftOut<Part>> {
  const ask = async (part: Part | undefined): Promise<TextScore> => {
    signal.throwIfAborted();
    const answer = await score(promptWithout(part), signal);
    signal.throwIfAborted();
    return answer;
  };
  const total = parts.length + 1;
  const whole = await ask(undefined);
  let known: LeftOut<Part> = { whole, effects: [], done: 1, total };
  onProgress(known);
  for (const part of parts.toReversed()) {
    const { logProbability } = await ask(part);
    const fallNats = whole.logProbability - logProbability;
    const effect = { part, fallNats, isDifference: Math.abs(fallNats) >= LEAST_NATS };
    known = { whole, effects: [effect, ...known.effects], done: known.done + 1, total };
    onProgress(known);
  }
  return known;
}
