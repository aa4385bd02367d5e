/** What a rule of the second gate found, as people call it. */

export type SecretKind =
  /** A key, token or secret that a service has given out. Names of services are not translated. */
  { readonly kind: "service"; readonly service: string } | { readonly kind: PlainKind };

export type PlainKind =
  | "aws-key"
  | "private-key"
  | "jwt"
  | "password-in-address"
  | "signed-address"
  | "web-hook"
  | "authorization"
  | "password"
  | "password-hash"
  | "command-line"
  | "assigned"
  | "env-file"
  | "kubernetes"
  | "cut"
  | "api-key";

/** `undefined` for a rule that it does not know. */
export function kindOfSecret(rule: string): SecretKind | undefined {
  const kind = PLAIN[rule];
  if (kind) return { kind };
  const service = SERVICES[rule];
  return service === undefined ? undefined : { kind: "service", service };
}

const PLAIN: Readonly<Record<string, PlainKind>> = {
  aws: "aws-key",
  privatekey: "private-key",
  "privatekey-text": "private-key",
  jwt: "jwt",
  basicauth: "password-in-address",
  "database-connection-string": "password-in-address",
  "signed-address": "signed-address",
  webhook: "web-hook",
  authorization: "authorization",
  password: "password",
  "password-hash": "password-hash",
  "command-line": "command-line",
  "assigned-secret": "assigned",
  "env-file": "env-file",
  kubernetes: "kubernetes",
  cut: "cut",
  "api-key": "api-key",
};

const SERVICES: Readonly<Record<string, string>> = {
  "1password": "1Password",
  adafruit: "Adafruit",
  age: "age",
  airtable: "Airtable",
  aliyun: "Alibaba Cloud",
  anthropic: "Anthropic",
  artifactory: "Artifactory",
  asana: "Asana",
  atlassian: "Atlassian",
  azure: "Azure",
  baidu: "Baidu AI Cloud",
  braintree: "Braintree",
  buildkite: "Buildkite",
  circleci: "CircleCI",
  clojars: "Clojars",
  cloudflare: "Cloudflare",
  contentful: "Contentful",
  crates: "crates.io",
  databricks: "Databricks",
  digitalocean: "DigitalOcean",
  dingtalk: "DingTalk",
  discord: "Discord",
  docker: "Docker",
  doppler: "Doppler",
  dropbox: "Dropbox",
  duffel: "Duffel",
  dynatrace: "Dynatrace",
  easypost: "EasyPost",
  elevenlabs: "ElevenLabs",
  facebook: "Facebook",
  figma: "Figma",
  fireworks: "Fireworks",
  flutterwave: "Flutterwave",
  fly: "Fly.io",
  frameio: "Frame.io",
  gcp: "Google Cloud",
  github: "GitHub",
  gitlab: "GitLab",
  google: "Google",
  grafana: "Grafana",
  groq: "Groq",
  "hashicorp-vault": "HashiCorp Vault",
  heroku: "Heroku",
  huawei: "Huawei Cloud",
  huggingface: "Hugging Face",
  jdcloud: "JD Cloud",
  langsmith: "LangSmith",
  linear: "Linear",
  mailgun: "Mailgun",
  netlify: "Netlify",
  newrelic: "New Relic",
  notion: "Notion",
  npm: "npm",
  nuget: "NuGet",
  nvidia: "NVIDIA",
  openai: "OpenAI",
  perplexity: "Perplexity",
  pinecone: "Pinecone",
  planetscale: "PlanetScale",
  postman: "Postman",
  prefect: "Prefect",
  pulumi: "Pulumi",
  pypi: "PyPI",
  readme: "ReadMe",
  render: "Render",
  replicate: "Replicate",
  rubygems: "RubyGems",
  sendgrid: "SendGrid",
  sentry: "Sentry",
  shippo: "Shippo",
  shopify: "Shopify",
  slack: "Slack",
  square: "Square",
  stripe: "Stripe",
  supabase: "Supabase",
  tailscale: "Tailscale",
  tavily: "Tavily",
  telegram: "Telegram",
  tencent: "Tencent Cloud",
  terraform: "Terraform",
  twilio: "Twilio",
  typeform: "Typeform",
  vercel: "Vercel",
  volcengine: "Volcengine",
  xai: "xAI",
};
