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
