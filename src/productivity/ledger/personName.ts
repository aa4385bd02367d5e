/** By which whoever has a team's files knows which of them are one person's. */

import { fileHmac, secretFor } from "./fileHmac.ts";

/**
 * Made of the installation's secret and of nothing else: the same for each ledger that it has had, also after one was deleted or
 * damaged, and unlike all that is in them.
 *
 * @param secret `SECRET_BYTES` random bytes
 * @returns 16 hexadecimal digits
 */
export const personName = (secret: Uint8Array): string => fileHmac(secretFor(secret, "team"))("person");
