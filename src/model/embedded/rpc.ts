import type { Socket } from "node:net";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from "vscode-jsonrpc/node";

/** Messages over a socket; as soon as it is listened to. */
export function rpcOver(socket: Socket): MessageConnection {
  const reader = new StreamMessageReader(socket);
  // Its reports on messages that come in parts interest nobody, and their timer would go on for ever where a socket
  // ends in the middle of a message, as that of a killed process does.
  reader.partialMessageTimeout = 0;
  return createMessageConnection(reader, new StreamMessageWriter(socket));
}
