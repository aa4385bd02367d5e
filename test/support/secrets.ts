/** Secrets of no use to anybody, put together when a test runs: nobody's scanner takes this file for a leak. */

interface MadeUp {
  readonly secret: string;
  /** Code in which it stands. */
  readonly line: string;
}

const letters = "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5zA7bC2dF4gH6";

function joined(...parts: readonly string[]): string {
  return parts.join("");
}

function inCode(secret: string, before: string, after = ""): MadeUp {
  return { secret, line: before + secret + after };
}

const keyBody = [1, 2, 3, 4, 5]
  .map((line) => letters.slice(line) + letters.slice(0, line) + letters.slice(0, 16))
  .join("\n");

export const madeUp: Readonly<Record<string, MadeUp>> = {
  "AWS key": inCode(joined("AK", "IAJ7Q2MZ5XK4TR9WBD"), 'const id = "', '";'),
  "AWS secret": inCode(joined("wJalrXUtnFEMIxK7MDENG", "/bPxRfiCYzq1w2e3r4t"), "aws_secret_access_key = "),
  "GitHub token": inCode(joined("gh", "p_", letters.slice(0, 36)), 'const token = "', '";'),
  "GitHub's newer token": inCode(joined("github", "_pat_", letters, "_", letters), "GITHUB: "),
  "Slack token": inCode(joined("xo", "xb-1234567890-1234567890123-", letters.slice(0, 24)), "slack('", "')"),
  "OpenAI key": inCode(joined("sk-", "proj-", letters, letters), 'openai = "', '"'),
  "Anthropic key": inCode(joined("sk-", "ant-api03-", letters, letters.slice(0, 45), "AA"), "key: '", "'"),
  "Stripe key": inCode(joined("sk_", "live_", letters.slice(0, 24)), "stripe(`", "`)"),
  "Google key": inCode(joined("AI", "za", letters.slice(0, 35)), 'maps = "', '"'),
  JWT: inCode(joined("eyJ", "hbGciOiJIUzI1NiJ9.eyJ", "zdWIiOiIxMjM0In0.", letters.slice(0, 30)), 'bearer = "', '";'),
  "environment value": inCode("t0psecret-value-9", "export DB_PASSWORD="),
  "password in code": inCode("t0psecret-value-9", '  password: "', '",'),
  "database's address": inCode(
    joined("postgres://", "shop:s3cretPassw0rd", "@db.internal/shop"),
    'const url = "',
    '";',
  ),
  "private key": inCode(
    keyBody,
    joined("-----BEGIN RSA PRIVATE", " KEY-----\n"),
    joined("\n-----END RSA PRIVATE", " KEY-----"),
  ),
};
