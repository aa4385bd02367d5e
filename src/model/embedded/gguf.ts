/**
 * Reads single values out of the header of a GGUF file, version 2 or 3.
 * Source of the layout: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */

import { open, type FileHandle } from "node:fs/promises";

const BLOCK_BYTES = 1 << 20;
/** No header is longer; a file that claims so is broken. */
const MAX_STRING_BYTES = 1 << 24;
const UINT32 = 4;
const STRING = 8;
const ARRAY = 9;
/** By type number: u8, i8, u16, i16, u32, i32, f32, bool, (string, array), u64, i64, f64. */
const scalarBytes = [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8];

/** True when the file starts as a GGUF file does. */
export async function hasGgufMagic(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString("latin1") === "GGUF";
  } finally {
    await file.close();
  }
}

/** The string under `key`; `undefined` when there is none. Throws when the header cannot be read. */
export function readGgufString(path: string, key: string): Promise<string | undefined> {
  return readValue(path, key, STRING, async (reader) => (await reader.string()).toString("utf8"));
}

/** The number under `key`, an unsigned one of 32 bits; `undefined` when there is none. Throws when the header cannot be read. */
export function readGgufNumber(path: string, key: string): Promise<number | undefined> {
  return readValue(path, key, UINT32, async (reader) => (await reader.take(4)).readUInt32LE());
}

/** How many items the array under `key` has; `undefined` when there is none. Throws when the header cannot be read. */
export function readGgufArrayLength(path: string, key: string): Promise<number | undefined> {
  return readValue(path, key, ARRAY, async (reader) => {
    await reader.take(4);
    return reader.length();
  });
}

async function readValue<T>(
  path: string,
  key: string,
  wantedType: number,
  take: (reader: Reader) => Promise<T>,
): Promise<T | undefined> {
  const file = await open(path);
  try {
    const reader = new Reader(file);
    if ((await reader.take(4)).toString("latin1") !== "GGUF") throw new Error("not a GGUF file");
    reader.skip(4 + 8);
    const count = await reader.length();
    for (let i = 0; i < count; i++) {
      const name = (await reader.string()).toString("utf8");
      const type = (await reader.take(4)).readUInt32LE();
      if (name === key && type === wantedType) return await take(reader);
      await skipValue(reader, type);
    }
    return undefined;
  } finally {
    await file.close();
  }
}

async function skipValue(reader: Reader, type: number): Promise<void> {
  if (type === STRING) return reader.skip(await reader.length());
  if (type !== ARRAY) return reader.skip(bytesOf(type));
  const itemType = (await reader.take(4)).readUInt32LE();
  const items = await reader.length();
  if (itemType !== STRING && itemType !== ARRAY) return reader.skip(items * bytesOf(itemType));
  for (let i = 0; i < items; i++) await skipValue(reader, itemType);
}

function bytesOf(type: number): number {
  const bytes = scalarBytes[type];
  if (bytes === undefined) throw new Error(`unknown GGUF type ${type}`);
  return bytes;
}

class Reader {
  readonly #file: FileHandle;
  #block: Buffer = Buffer.alloc(0);
  #offset = 0;
  /** Of the first byte after `#block`, in the file. */
  #end = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  take(bytes: number): Promise<Buffer> | Buffer {
    if (this.#offset + bytes > this.#block.length) return this.#refill(bytes);
    this.#offset += bytes;
    return this.#block.subarray(this.#offset - bytes, this.#offset);
  }

  skip(bytes: number): void {
    this.#offset += bytes;
  }

  async length(): Promise<number> {
    return Number((await this.take(8)).readBigUInt64LE());
  }

  async string(): Promise<Buffer> {
    const bytes = await this.length();
    if (bytes > MAX_STRING_BYTES) throw new Error("a string is too long");
    return this.take(bytes);
  }

  async #refill(bytes: number): Promise<Buffer> {
    const start = this.#end - this.#block.length + this.#offset;
    const block = Buffer.alloc(Math.max(BLOCK_BYTES, bytes));
    const { bytesRead } = await this.#file.read(block, 0, block.length, start);
    if (bytesRead < bytes) throw new Error("the file is cut short");
    this.#block = block.subarray(0, bytesRead);
    this.#end = start + bytesRead;
    this.#offset = bytes;
    return this.#block.subarray(0, bytes);
  }
}
