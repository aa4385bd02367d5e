/**
 * The file by which clients find the model process of their version, and which decides between two processes
 * that start at once: it is made whole and exclusively, and who made it serves. It carries the secret, and
 * lies in a folder that only the user can read.
 */

import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseEndpoint, type Endpoint } from "./protocol.ts";
import { createWhole } from "../createWhole.ts";

/** Linux takes 108 bytes, macOS 104, both with the ending zero. */
const MAX_SOCKET_PATH_BYTES = 100;
const ALIVE_WITHIN_MS = 2000;
const MAX_ATTEMPTS = 20;
/** A socket of this name has a temporary folder to itself. */
const TEMPORARY_SOCKET = "pairwise-engine.sock";

export function endpointFile(folder: string, version: string): string {
  return path.join(folder, `engine-${fileNamePart(version)}.json`);
}

export function logFile(folder: string, version: string): string {
  return path.join(folder, `engine-${fileNamePart(version)}.log`);
}

function fileNamePart(version: string): string {
  return version.replaceAll(/[^\w.-]/gu, "_");
}

export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform !== "win32") chmodSync(folder, 0o700);
}

/** An address that nobody has: in `folder`, or in a temporary folder of its own where that path is too long. */
export function newEndpoint(folder: string): Endpoint {
  const name = randomBytes(6).toString("hex");
  const secret = randomBytes(32).toString("hex");
  if (process.platform === "win32") return { pid: process.pid, socket: `\\\\.\\pipe\\pairwise-${name}`, secret };
  let socket = path.join(folder, `${name}.sock`);
  if (Buffer.byteLength(socket) > MAX_SOCKET_PATH_BYTES) {
    socket = path.join(mkdtempSync(path.join(tmpdir(), "pairwise-")), TEMPORARY_SOCKET);
  }
  return { pid: process.pid, socket, secret };
}

/** `undefined` when there is no process, or the file is none of ours. */
export function readEndpoint(file: string): Endpoint | undefined {
  try {
    return parseEndpoint(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Makes this process, which already listens, the one that clients find. False when another one lives. */
export async function claimEndpoint(file: string, endpoint: Endpoint): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    if (createWhole(file, JSON.stringify(endpoint))) return true;
    const other = readEndpoint(file);
    if (other !== undefined && (await isAlive(other))) return false;
    await setAside(file, other);
  }
  return false;
}

export function removeEndpoint(file: string, endpoint: Endpoint): void {
  if (readEndpoint(file)?.secret === endpoint.secret) rmSync(file, { force: true });
  removeSocket(endpoint);
}

/** Removes the file of a dead process. Only one of several that try gets it, and a live one's is put back. */
async function setAside(file: string, dead: Endpoint | undefined): Promise<void> {
  const aside = `${file}.${randomBytes(4).toString("hex")}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readEndpoint(aside);
  if (moved !== undefined && moved.secret !== dead?.secret && (await isAlive(moved))) {
    createWhole(file, JSON.stringify(moved));
  } else if (moved !== undefined) removeSocket(moved);
  rmSync(aside, { force: true });
}

function removeSocket({ socket }: Endpoint): void {
  if (process.platform === "win32" || !socket.endsWith(".sock")) return;
  rmSync(socket, { force: true });
  if (path.basename(socket) !== TEMPORARY_SOCKET) return;
  try {
    // Made for this socket alone, so it is empty now.
    rmdirSync(path.dirname(socket));
  } catch {
    // It is in use for something else after all.
  }
}

/** A process that hangs still counts as alive: the system takes the connection for it. */
function isAlive({ socket: address }: Endpoint): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const settle = (alive: boolean) => {
      socket.destroy();
      resolve(alive);
    };
    socket.setTimeout(ALIVE_WITHIN_MS, () => settle(true));
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}
