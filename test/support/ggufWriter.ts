/**
 * Writes GGUF files, version 3, with values of the few types that small models of our own need.
 * Source of the layout: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */

import { writeFileSync } from "node:fs";

export type GgufValue =
  | { readonly type: "u32" | "i32" | "f32"; readonly value: number }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "strings"; readonly value: readonly string[] }
  | { readonly type: "i32s"; readonly value: readonly number[] };

export interface GgufTensor {
  readonly name: string;
  /** The length of a row first. */
  readonly shape: readonly number[];
  /** Row by row. */
  readonly data: Float32Array;
}

const ALIGNMENT = 32;
const [U32, I32, F32, BOOL, STRING, ARRAY] = [4, 5, 6, 7, 8, 9] as const;
/** Of a tensor's numbers. */
const TENSOR_F32 = 0;

export function writeGguf(
  path: string,
  values: Readonly<Record<string, GgufValue>>,
  tensors: readonly GgufTensor[],
): void {
  const entries = Object.entries(values);
  const header = [
    Buffer.from("GGUF"),
    number(3),
    long(tensors.length),
    long(entries.length),
    ...entries.flatMap(([key, value]) => [string(key), ...valueBytes(value)]),
  ];
  let offset = 0;
  for (const { name, shape, data } of tensors) {
    header.push(string(name), number(shape.length), ...shape.map(long), number(TENSOR_F32), long(offset));
    offset += padded(data.byteLength);
  }
  const start = Buffer.concat(header);
  writeFileSync(path, Buffer.concat([start, gap(start.length), ...tensors.flatMap(({ data }) => tensorBytes(data))]));
}

function valueBytes(value: GgufValue): readonly Buffer[] {
  switch (value.type) {
    case "u32":
      return [number(U32), number(value.value)];
    case "i32":
      return [number(I32), signed(value.value)];
    case "f32":
      return [number(F32), Buffer.from(Float32Array.of(value.value).buffer)];
    case "bool":
      return [number(BOOL), Buffer.of(value.value ? 1 : 0)];
    case "string":
      return [number(STRING), string(value.value)];
    case "strings":
      return [number(ARRAY), number(STRING), long(value.value.length), ...value.value.map(string)];
    case "i32s":
      return [number(ARRAY), number(I32), long(value.value.length), ...value.value.map(signed)];
  }
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function signed(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function string(value: string): Buffer {
  const bytes = Buffer.from(value, "utf8");
  return Buffer.concat([long(bytes.length), bytes]);
}

function tensorBytes(data: Float32Array): readonly Buffer[] {
  return [Buffer.from(data.buffer, data.byteOffset, data.byteLength), gap(data.byteLength)];
}

function gap(bytes: number): Buffer {
  return Buffer.alloc(padded(bytes) - bytes);
}

function padded(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
