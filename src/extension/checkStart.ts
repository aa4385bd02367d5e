/**
 * Whether a check may begin without a word of the user's: where nothing leaves this machine, and where only those are
 * asked that were confirmed. `hosts` are those elsewhere that it would ask.
 */
export function mayStart(hosts: readonly string[], confirmed: ReadonlySet<string>): boolean {
  return hosts.every((host) => confirmed.has(host));
}
