/** The random name under which somebody hands in for a team's report. */

import { personName } from "../productivity/ledger/personName.ts";
import { CountingError } from "./countingState.ts";
import { installationSecret } from "./installationSecret.ts";

/**
 * Nothing where the secret can't be read: then the ledger has a name of its own.
 *
 * @param folder of the extension's files
 */
export async function ownPerson(folder: string): Promise<{ readonly person?: string }> {
  try {
    return { person: personName(await installationSecret(folder)) };
  } catch (error) {
    if (error instanceof CountingError) return {};
    throw error;
  }
}
