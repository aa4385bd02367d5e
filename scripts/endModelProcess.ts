import { EngineConnection } from "../src/model/embedded/connection.ts";
import { endpointFile, readEndpoint } from "../src/model/embedded/endpoint.ts";

const WITHIN_MS = 3_000;

/** Ends the model's process of this folder now, which would otherwise wait some seconds for another window. */
export async function endModelProcess(folder: string, version: string): Promise<void> {
  const endpoint = readEndpoint(endpointFile(folder, version));
  const connection =
    endpoint &&
    (await EngineConnection.open(endpoint, {
      folder,
      version,
      processFile: "",
      execPath: "",
      onStatus: () => undefined,
      onClose: () => undefined,
    }));
  await connection?.shutdown(WITHIN_MS);
}
