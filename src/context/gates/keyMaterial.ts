/** Keys in other forms than that with a mark before and behind (see `privateKeys.ts`). */

import { type Find, matches } from "./find.ts";
import { isRandom } from "./randomness.ts";

/** In lines. */
export const keyMaterial: readonly Find[] = [
  // The whole of it to the base of 64, marks and all.
  matches(/LS0tLS(?:1CRUdJT|BCRUdJTi)[\w+/=-]{40,}/dg, (text) => decoded(text.slice(0, 80)).includes("PRIVATE KEY")),
  // The same with no marks, by how it begins: PKCS #8 and PKCS #1 of RSA, PKCS #8 of elliptic curves.
  matches(
    /MII[\w+/-]{1,6}(?:IBADANBgkqhkiG9w0BAQEF|(?<=MII\w{1,5}[AI]BAAKC)|(?<=MIIC\w{2}IBAAKB))[\w+/=-]{60,}|MIGHAgEAMBMGByqGSM49[\w+/=-]{60,}/dg,
  ),
  // A member of a JSON Web Key.
  matches(/["']d["']\s?:\s?["'](?<secret>[\w-]{40,800})["']/dg, isRandom),
  matches(/\bWallet\(\s?["'`](?<secret>(?:0x)?[\da-f]{64})["'`]/dgi),
  // Words that a wallet is made of.
  matches(/(?:mnemonic|seed[ _-]?phrase)\W{1,8}(?<secret>(?:[a-z]{3,8} ){11,23}[a-z]{3,8})/dgi),
  // The log-ins of Docker, as Kubernetes keeps them.
  matches(/\.dockerc(?:onfigjson|fg)["']?:\s?["']?(?<secret>[\w+/=]{16,})/dg),
  // PuTTY's
  matches(/\b(?:Private-MAC|Private-Hash): (?<secret>[\da-f]{40,64})/dgi),
];

function decoded(text: string): string {
  try {
    return atob(text.replaceAll(/[^\w+/]/g, ""));
  } catch {
    return "";
  }
}
