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

/** One secret in each of the ways in which languages, settings files and people write that it is one. */
function moreForms(): Record<string, MadeUp> {
  const key = letters.slice(8, 40);
  const password = "gX7kLs2#kcQA";
  return {
    "key of Aliyun": inCode(joined("LT", "AI5t", letters.slice(0, 18)), "client('", "')"),
    "key of Tencent Cloud": inCode(joined("AK", "ID", letters.slice(0, 32)), 'id = "', '"'),
    "key of DigitalOcean": inCode(joined("dop", "_v1_", "0f1e2d3c4b5a69788796a5b4c3d2e1f0".repeat(2)), "do('", "')"),
    "key of Hugging Face": inCode(joined("hf", "_aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH"), "login('", "')"),
    "token of PyPI": inCode(joined("pypi-", "AgEIcHlwaS5vcmc", letters, letters), "# ", " is old"),
    "token in a sentence in Chinese": inCode(joined("gh", "p_", letters.slice(2, 38)), "// 请使用", "。"),
    "web hook": inCode("0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="),
    "password in Chinese": inCode(password, "# 用户名：root，密码：", "，端口：3306"),
    "key in Chinese": inCode(key, "访问密钥：", "。"),
    "password in Kubernetes' list": inCode(password, '- name: DB_PASSWORD\n  value: "', '"'),
    "password in XML": inCode(password, "<password>", "</password>"),
    "key in an attribute": inCode(key, '<add key="ApiSecret" value="', '" />'),
    "default of Terraform": inCode(key, 'variable "db_password" {\n  default = "', '"\n}'),
    "value behind a missing one": inCode(key, "process.env.JWT_SECRET ?? '", "'"),
    "password in a call": inCode(password, 'ds.setPassword("', '");'),
    "password in C": inCode(password, '#define WIFI_PASSWORD "', '"'),
    "password in Rust": inCode(password, 'let password = String::from("', '");'),
    "password in SQL": inCode(password, "CREATE USER shop WITH PASSWORD '", "';"),
    "password in a connection string": inCode(password, '"Server=db;User Id=sa;Password=', ';"'),
    "password in .netrc": inCode(password, "machine api.internal login bob password "),
    "password of a command": inCode(password, "curl -u admin:", " https://api.internal/"),
    "key in JSON in a string": inCode(key, '"{\\"apiKey\\":\\"', '\\"}"'),
    "key in YAML's block": inCode(key, "token: |\n  "),
    "key in a header": inCode(key, "X-Api-Key: "),
    "key in an address": inCode(key, "https://api.internal/v1?api_key=", "&page=1"),
    "Azure's signature": inCode(joined(letters.slice(0, 43), "%3D"), "https://x.blob.core.windows.net/c?sv=2022&sig="),
    "log-in of Docker": inCode(btoa("bob:gX7kLs2kcQA4w9"), '{ "auths": { "r": { "auth": "', '" } } }'),
    "PKCS #8 without marks": inCode(
      joined("MIIEvQ", "IBADANBgkqhkiG9w0BAQEFAASC", letters, letters),
      "String k = '",
      "';",
    ),
  };
}

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
  ...moreForms(),
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
    "in a diff": lines.map((each) => `- ${each}`),
    numbered: lines.map((each, index) => `${index + 1}: ${each}`),
    "put together in PHP": lines.map((each) => `'${each}' . "\\n" .`),
    "put together in Java": lines.map((each) => `    + "${each}\\n"`),
    "put together in Visual Basic": lines.map((each) => `"${each}" & vbCrLf & _`),
  };
})();
