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
  "OpenAI's first form": inCode(joined("sk-", letters.slice(0, 48)), 'key = "', '"'),
  "key of another provider": inCode(joined("sk-", "9f8e7d6c5b4a39281706f5e4d3c2b1a0"), "key: '", "'"),
  "SendGrid key": inCode(
    joined("SG", ".aB3-dE5fG7hI9jK1lM3nO5", ".", letters.slice(0, 30), "-", letters.slice(0, 12)),
    "send('",
    "')",
  ),
  "npm token in .npmrc": inCode("8d2f4a6c-1b3e-4d5f-9a7c-0e2b4d6f8a1c", "//registry.internal/:_authToken="),
  "storage key in a connection string": inCode(
    letters + letters.slice(0, 38) + "==",
    '"AccountName=shop;AccountKey=',
    ';x"',
  ),
  "opaque bearer token": inCode(letters.slice(4, 36), "curl -H 'Authorization: Bearer ", "' x"),
  "password of a queue": inCode("s3cretPassw0rd", "amqp://svc:", "@queue.internal/shop"),
  "password in an address without a user": inCode("s3cretPassw0rd", "redis://:", "@cache.internal:6379/0"),
  "basic auth with signs, at a bare host": inCode("pa!55%40w0rd", '"http://bob:', '@search:9200/"'),
  "password in YAML": inCode("gX7kLs2BkcQA4w", "  password: "),
  "password in properties": inCode("gX7kLs2BkcQA4w", "spring.datasource.password="),
  "password on a command line": inCode("gX7kLs2BkcQA4w", "mysql --password=", " -u root"),
  "password as an argument": inCode("t0psecret-value-9", "define('DB_PASSWORD', '", "');"),
  "password of letters alone": inCode("ZjHLHxCNAYkMao", 'String PASSWORD = "', '";'),
  "key of a declared type": inCode(letters.slice(8, 40), 'const apiKey: string = "', '";'),
  "value in the next line": inCode(letters.slice(0, 40), 'const secretAccessKey =\n  "', '";'),
  "private key": inCode(
    keyBody,
    joined("-----BEGIN RSA PRIVATE", " KEY-----\n"),
    joined("\n-----END RSA PRIVATE", " KEY-----"),
  ),
};

/** The lines of a private key as files of other kinds have them: one after the other, of which each has some of it. */
export const keyLines: Readonly<Record<string, readonly string[]>> = (() => {
  const { line = "" } = madeUp["private key"] ?? {};
  const lines = line.split("\n");
  return {
    "as it is": lines,
    "on Windows": lines.map((each) => `${each}\r`),
    indented: lines.map((each) => `      ${each}`),
    "in a comment": lines.map((each) => `# ${each}`),
    "added up of strings": lines.map((each) => `  "${each}\\n" +`),
    "in a list": lines.map((each) => `  '${each}',`),
  };
})();
