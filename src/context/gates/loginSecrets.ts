/** Secrets that are told to a server: in headers, in calls that log in, on command lines, in files of passwords. */

import { type Find, matches } from "./find.ts";
import { isMadeUpPassword, isRandom, standsForSecret } from "./randomness.ts";

const QUOTED = String.raw`["'\`][^"'\`\s]{0,200}["'\`]`;
const SECRET = String.raw`["'\`](?<secret>[^"'\`\s]{5,200})["'\`]`;

/** Each with the name of its rule. */
export const loginSecrets: readonly (readonly [rule: string, find: Find])[] = [
  [
    "authorization",
    matches(
      /\b(?:Bearer|Basic|Token|ApiKey|Api-Key|Bot|SSWS)\s{1,2}(?:["'`]\s?[+,.]\s?["'`])?(?<secret>[\w+/.~-]{12,4000}={0,2})/dgi,
      isRandom,
    ),
  ],
  ["authorization", matches(/\bBasic\s{1,2}(?<secret>[A-Za-z0-9+/]{8,400}={0,2})/dg, isUserAndPassword)],
  // Docker's config.json
  ["authorization", matches(/["']auth["']\s?:\s?["'](?<secret>[A-Za-z0-9+/]{8,4000}={0,2})["']/dg, isUserAndPassword)],
  ["authorization", matches(/\bCookie["']?\s?[:,]\s?["'`]?[\w.-]{1,40}=(?<secret>[\w%+/.~-]{12,4000})/dgi, isRandom)],
  ["npm", matches(/(?:^|:)_(?:auth|authToken|password)=["']?(?<secret>[\w+/=.-]{8,})/dgm)],
  // The password is what comes behind the user.
  ["password", matches(call(String.raw`(?:Basic|Digest)Auth\(\s{0,20}${QUOTED},\s{0,20}${SECRET}`), isPassword)],
  ["password", matches(call(String.raw`\bauth\s?[:=]\s?[([]\s{0,20}${QUOTED},\s{0,20}${SECRET}`), isPassword)],
  [
    "password",
    matches(
      call(
        String.raw`(?:getConnection|new PDO|mysqli(?:_connect)?)\([^\n]{1,200}?,\s{0,20}${QUOTED},\s{0,20}${SECRET}`,
      ),
      isPassword,
    ),
  ],
  ["password", matches(call(String.raw`\bIDENTIFIED\s+(?:WITH \w+ )?BY\s+${SECRET}`), isPassword)],
  [
    "password",
    matches(call(String.raw`\bjwt\.(?:sign|verify|encode|decode)\([\w.]{1,40},\s{0,20}${SECRET}`), isPassword),
  ],
  // curl -u name:password, docker login -p password, mysql -ppassword, sshpass -p password, openssl -k password
  [
    "command-line",
    matches(/\bcurl\b.{0,200}?\s(?:-u|--user)[ =]?["']?[^\s:"']{1,60}:(?<secret>[^\s"'$]{4,200})/dg, isPassword),
  ],
  [
    "command-line",
    matches(
      /\b(?:docker|podman|helm|oc|az|buildah)\b.{0,40}\blogin\b.{0,100}?\s-p[ =]["']?(?<secret>[^\s"'$-][^\s"']{3,200})/dg,
      isPassword,
    ),
  ],
  ["command-line", matches(/\bmysql\w*\s(?:.{0,100}\s)?-p["']?(?<secret>[^\s"'$-][^\s"']{3,200})/dg, isPassword)],
  ["command-line", matches(/\bsshpass\s+-p\s?["']?(?<secret>[^\s"'$]{4,200})/dg, isPassword)],
  [
    "command-line",
    matches(/\bopenssl\b.{0,200}?\s(?:-k\s|-pass(?:in|out)?\s+pass:)["']?(?<secret>[^\s"'$]{4,200})/dg, isPassword),
  ],
  // Hashes are guessed from: crypt's, bcrypt's, Apache's, Argon's.
  [
    "password-hash",
    matches(
      /\$(?:2[abxy]\$\d\d|apr1|[156y]|argon2(?:id|i|d)\$v=\d+\$[\w=,]{5,40})\$(?<secret>[./\w+$-]{20,200})/dg,
      isRandom,
    ),
  ],
];

function call(source: string): RegExp {
  return new RegExp(source, "dgi");
}

function isPassword(text: string): boolean {
  return isMadeUpPassword(text, true) && !standsForSecret(text);
}

/** To the base of 64. */
function isUserAndPassword(text: string): boolean {
  try {
    return /^[ -~]+:[ -~]{3,}$/.test(atob(text));
  } catch {
    return false;
  }
}
