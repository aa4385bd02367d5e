import { createHmac } from "node:crypto";

export const SECRET_BYTES = 32;

/** A secret of its own for one purpose: what has been found out about one says nothing about the others. */
export function secretFor(secret: Uint8Array, purpose: "addresses" | "lexemes" | "team"): Uint8Array {
  return createHmac("sha256", secret).update(purpose, "utf8").digest();
}

/**
 * HMAC-SHA256 of addresses, or of anything else, of which 16 hexadecimal digits are kept: without the installation's secret
 * nobody can find out by trying whether a file is in the ledger. Remembers those that were asked for last.
 *
 * @param secret `SECRET_BYTES` random bytes
 */
export function fileHmac(secret: Uint8Array, mostRemembered = 1_000): (address: string) => string {
  if (secret.length !== SECRET_BYTES)
    throw new Error(`The secret has ${secret.length} bytes instead of ${SECRET_BYTES}.`);
  const remembered = new Map<string, string>();
  return (address) => {
    const known = remembered.get(address);
    if (known !== undefined) return known;
    const hmac = createHmac("sha256", secret).update(address, "utf8").digest("hex").slice(0, 16);
    if (remembered.size >= mostRemembered) remembered.delete(remembered.keys().next().value ?? "");
    remembered.set(address, hmac);
    return hmac;
  };
}
