/** Keys and tokens that are known by how they begin, as the services that give them out write them. */

import { hasSecretLooks, isRandom } from "./randomness.ts";
import type { Span } from "./spans.ts";

/** Found in a text, with the name of the service's rule. */
interface ServiceToken extends Span {
  readonly rule: string;
}

/** Those of one service. A text is looked through once for all of them. */
export function tokensOf(service: string, text: string): readonly Span[] {
  if (looked.text !== text) looked = { text, tokens: Array.from(serviceTokens(text)) };
  return looked.tokens.filter(({ rule }) => rule === service);
}

function* serviceTokens(text: string): Generator<ServiceToken, void, undefined> {
  let end = 0;
  for (const { index } of text.matchAll(MAY_BEGIN)) {
    if (index < end) continue;
    TOKEN.lastIndex = index;
    const [token, ...groups] = TOKEN.exec(text) ?? [];
    if (token === undefined) continue;
    end = index + token.length;
    // `sk_live_and_so_on` is a name.
    if (!hasRandomPart(token) && !LONG_LETTERS.test(token)) continue;
    yield { start: index, end, rule: services[groups.findIndex((group) => group !== undefined)] ?? "" };
  }
}

/** One of the parts between dashes and low lines is a key; what consists of words has none. */
export function hasRandomPart(text: string): boolean {
  return hasSecretLooks(text) || text.split(/[-_.$]/).some((part) => part.length >= 12 && isRandom(part));
}

/** By the rule's name, how its tokens begin and go on. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  github: ["gh[opu]_[A-Za-z0-9]{36}", "ghr_[A-Za-z0-9]{36,76}", "ghs_[\\w.-]{36,}", "github_pat_\\w{30,}"],
  gitlab: [
    "gl(?:pat|dt|rt|rtr|ptt|ft|soat|agent|oas|imt|ffct|sat)-[\\w.-]{20,}",
    "glcbt-[\\w.-]{20,}",
    "GR1348941[\\w-]{20,}",
  ],
  slack: ["xox[a-z](?:\\.xox[a-z])?-[\\w-]{20,}", "xapp-\\d-[\\w-]{30,}"],
  google: ["AIza[\\w-]{35}", "GOCSPX-[\\w-]{20,}", "ya29\\.[\\w-]{20,}", "1//0[\\w-]{30,}"],
  sendgrid: ["SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}"],
  stripe: ["[sr]k_(?:live|test)_[A-Za-z0-9]{16,}", "whsec_[A-Za-z0-9+/]{24,}"],
  pypi: ["pypi-AgE[\\w-]{50,}"],
  npm: ["npm_[A-Za-z0-9]{36}"],
  age: ["AGE-SECRET-KEY-1[A-Z0-9]{50,}"],
  aliyun: ["LTAI[A-Za-z0-9]{12,30}"],
  tencent: ["[AI]KID[A-Za-z0-9]{13,40}"],
  huawei: ["HPUA[A-Z0-9]{16}"],
  volcengine: ["AKLT[\\w-]{20,60}"],
  baidu: ["ALTAK[\\w-]{16,40}"],
  jdcloud: ["JDC_[A-Z0-9]{20,40}"],
  huggingface: ["hf_[A-Za-z]{30,}", "api_org_[A-Za-z]{30,}"],
  digitalocean: ["do[opr]_v1_[a-f0-9]{60,}"],
  replicate: ["r8_\\w{30,}"],
  xai: ["xai-[A-Za-z0-9]{60,}"],
  perplexity: ["pplx-[A-Za-z0-9]{40,}"],
  groq: ["gsk_[A-Za-z0-9]{40,}"],
  fireworks: ["fw_[A-Za-z0-9]{22,24}(?!\\w)"],
  langsmith: ["lsv2_[a-z]{2}_[a-f0-9_]{30,}"],
  pinecone: ["pcsk_\\w{40,}"],
  nvidia: ["nvapi-[\\w-]{40,}"],
  tavily: ["tvly-[\\w-]{24,}"],
  elevenlabs: ["sk_[a-f0-9]{48}"],
  square: ["sq0[a-z]{3}-[\\w-]{20,}", "EAAAE[\\w-]{50,}"],
  shopify: ["shp[a-z]{2}_[a-fA-F0-9]{32}"],
  mailgun: ["key-[a-f0-9]{32}(?!\\w)"],
  twilio: ["(?:SK|AC)[a-f0-9]{32}(?!\\w)"],
  dingtalk: ["SEC[a-f0-9]{64}(?!\\w)"],
  docker: ["dckr_[po]at_[\\w-]{20,}"],
  postman: ["PMAK-[a-f0-9]{24}-[a-f0-9]{34}"],
  newrelic: ["NR(?:AK|JS|AA|II|IQ|RA)-[\\w-]{19,}"],
  sentry: ["sntrys_[\\w+/=-]{40,}", "sntryu_[a-f0-9]{64}"],
  doppler: ["dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{40,}"],
  atlassian: ["AT[AC]TT3[\\w=-]{60,}", "ATBB[A-Za-z0-9]{28,}"],
  dropbox: ["sl\\.[\\w-]{100,}"],
  facebook: ["EAA[A-Z][A-Za-z0-9]{60,}"],
  planetscale: ["pscale_(?:tkn|pw|oauth)_[\\w.-]{30,}"],
  supabase: ["sbp_[a-f0-9]{40}", "sb_secret_[\\w-]{20,}"],
  netlify: ["nf[a-z]_[A-Za-z0-9]{36,}"],
  render: ["rnd_[A-Za-z0-9]{28,}"],
  fly: ["fm\\d_[\\w+/=,-]{60,}"],
  circleci: ["CCI(?:PAT|PRJ)_[\\w]{40,}"],
  buildkite: ["bk(?:ua|aj)_[a-f0-9]{40}"],
  rubygems: ["rubygems_[a-f0-9]{48}"],
  crates: ["cio[A-Za-z0-9]{32}(?!\\w)"],
  nuget: ["oy2[a-z0-9]{43}(?!\\w)"],
  clojars: ["CLOJARS_[a-z0-9]{60}"],
  artifactory: ["AKCp[A-Za-z0-9]{60,}"],
  grafana: ["glsa_\\w{32,}", "glc_[A-Za-z0-9+/]{30,}={0,2}"],
  linear: ["lin_(?:api|oauth)_[A-Za-z0-9]{32,}"],
  notion: ["ntn_[A-Za-z0-9]{40,}", "secret_[A-Za-z0-9]{43}(?!\\w)"],
  "hashicorp-vault": ["hv[sbr]\\.[\\w-]{24,}"],
  databricks: ["dapi[a-f0-9]{32}"],
  figma: ["fig[a-z]_[\\w-]{36,}"],
  tailscale: ["tskey-[\\w-]{20,}"],
  "1password": ["ops_eyJ[\\w+/=-]{60,}"],
  airtable: ["pat[A-Za-z0-9]{14}\\.[a-f0-9]{60,}"],
  asana: ["[12]/\\d{15,17}:[a-f0-9]{32}"],
  cloudflare: ["v1\\.0-[a-f0-9]{24}-[a-f0-9]{100,}"],
  heroku: ["HRKU-[\\w-]{36,}"],
  easypost: ["EZ[AT]K[A-Za-z0-9]{54}"],
  shippo: ["shippo_(?:live|test)_[a-f0-9]{40}"],
  adafruit: ["aio_[A-Za-z0-9]{28}(?!\\w)"],
  pulumi: ["pul-[a-f0-9]{40}"],
  prefect: ["pn[ub]_[A-Za-z0-9]{36}"],
  readme: ["rdme_[a-z0-9]{60,}"],
  typeform: ["tfp_[\\w.=-]{40,}"],
  flutterwave: ["FLWSECK(?:_TEST)?-[a-zA-Z0-9]{12,}(?:-X)?"],
  braintree: ["access_token\\$(?:production|sandbox)\\$[a-z0-9]{10,}\\$[a-f0-9]{32}"],
  duffel: ["duffel_(?:live|test)_[\\w=-]{40,}"],
  frameio: ["fio-u-[\\w=-]{60,}"],
  contentful: ["CFPAT-[\\w-]{40,}"],
  dynatrace: ["dt0[a-z]\\d\\d\\.[A-Z0-9]{24}\\.[A-Z0-9]{60,}"],
  discord: ["[MNO][A-Za-z0-9]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,}"],
  telegram: ["\\d{8,10}:AA[\\w-]{33}(?![\\w-])"],
  terraform: ["[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,}"],
  azure: ["\\w{3}\\dQ~[\\w.~-]{31,}", "[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?!\\w)"],
};

export const services: readonly string[] = Object.keys(SERVICES);
/** A group for each rule, in their order. */
const TOKEN = new RegExp(
  Object.values(SERVICES)
    .map((forms) => `(${forms.join("|")})`)
    .join("|"),
  "y",
);
/** Something long begins here: at a word, or behind what stands for a sign in a string or in an address. */
const MAY_BEGIN = /(?<=^|[^\w-]|\\[nrt]|%[\dA-F]{2})(?=[\w.$:/~+=-]{16})\w/g;
/** All small, and by its length no word. */
const LONG_LETTERS = /[A-Za-z]{30}/;

let looked: { readonly text: string; readonly tokens: readonly ServiceToken[] } = { text: "", tokens: [] };
