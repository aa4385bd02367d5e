/** The process of the index: one folder's, for one window. It ends when it is told to, and with the window. */

import type { FromIndex, ToIndex } from "./messages.ts";
import { IndexService } from "./service.ts";

let service: IndexService | undefined;

const tell = (message: FromIndex): void => {
  // Where nobody listens any more there is nothing to tell.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};

process.on("message", (message: ToIndex) => {
  if (message.kind === "start") service ??= new IndexService(message.task, message.anew, tell);
  else if (message.kind === "end") void end();
  else service?.heard(message);
});
process.on("disconnect", () => process.exit(0));

async function end(): Promise<void> {
  await service?.end();
  process.exit(0);
}
