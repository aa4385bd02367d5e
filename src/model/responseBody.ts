/** The body of a response, in pieces. Who leaves the loop early does not end it: `drain` reads on, or an abort ends it. */
export interface ResponseBody {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** How many bytes have come. */
  readonly bytes: number;
  /** Nothing more comes. */
  readonly isOver: boolean;
  /** Reads what is left, so that the connection can be used again. */
  drain(): Promise<void>;
}

export function readBody({ body }: Response): ResponseBody {
  const reader = body?.getReader();
  let bytes = 0;
  let isOver = false;
  async function* chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let step = await reader?.read(); step?.done === false; step = await reader?.read()) {
      bytes += step.value.length;
      yield step.value;
    }
    isOver = true;
  }
  return {
    chunks: chunks(),
    get bytes() {
      return bytes;
    },
    get isOver() {
      return isOver;
    },
    async drain() {
      for (let step = await reader?.read(); step?.done === false; step = await reader?.read());
    },
  };
}

/**
 * The beginning of a body as text, and whether it is all of it. Of a longer one nothing more is read: the server may
 * be anything, and its body may have no end.
 */
export async function readStart(
  { body }: Response,
  mostBytes: number,
): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const decoder = new TextDecoder();
  let text = "";
  let left = mostBytes;
  const reader = body?.getReader();
  for (let step = await reader?.read(); step?.done === false; step = await reader?.read()) {
    text += decoder.decode(step.value.subarray(0, left), { stream: true });
    left -= step.value.length;
    if (left < 0) {
      await reader?.cancel();
      return { text, isWhole: false };
    }
  }
  return { text: text + decoder.decode(), isWhole: true };
}

/** All of a body. @throws {SyntaxError} when it is longer than any answer, 4 MiB where nothing else is said */
export async function readText(response: Response, mostBytes = MOST_BYTES): Promise<string> {
  const { text, isWhole } = await readStart(response, mostBytes);
  if (!isWhole) throw new SyntaxError("a body without an end");
  return text;
}

/** @throws {SyntaxError} when it is no JSON, or longer than any answer */
export async function readJson(response: Response, mostBytes?: number): Promise<unknown> {
  return JSON.parse(await readText(response, mostBytes));
}

/** The longest are lists of models: that of a service with hundreds of them has half a MiB. */
const MOST_BYTES = 4 * 2 ** 20;
