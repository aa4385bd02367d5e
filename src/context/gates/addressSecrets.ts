/** Secrets in addresses and connection strings. Of an address only the secret is replaced: what else it says is of use. */

import { type Find, matches } from "./find.ts";
import { isRandom } from "./randomness.ts";

/** Each with the name of its rule. */
export const addressSecrets: readonly (readonly [rule: string, find: Find])[] = [
  // Whatever the protocol, the server's name and the characters in the password.
  [
    "basicauth",
    matches(/:\/\/(?<user>[^\s:/@"'`<>]{0,100}):(?<secret>[^\s@/"'`<>]{4,200})@(?=[\w[$])/dg, isRealPassword),
  ],
  // A token in the place of the user's name.
  ["basicauth", matches(/:\/\/(?<secret>[\w-]{20,200})@(?=[\w[$])/dg, isRandom)],
  // Go's and Oracle's: user:password@tcp(host), thin:user/password@host
  [
    "basicauth",
    matches(/(?<![\w/])(?<user>\w{1,60}):(?<secret>[^\s@:/"'`<>]{4,200})@(?=(?:tcp|unix)\()/dg, isRealPassword),
  ],
  ["basicauth", matches(/\b(?:thin|oci):(?<user>\w{1,60})\/(?<secret>[^\s@/"'`<>]{4,200})@/dg, isRealPassword)],
  // ~/.pgpass: host:port:database:user:password
  [
    "basicauth",
    matches(
      /^[\w.*-]{1,200}:(?:\d{2,5}|\*):[\w*-]{1,100}:(?<user>[\w*-]{1,100}):(?<secret>[^\s:,;"']{4,200})\r?$/dgm,
      isRealPassword,
    ),
  ],
  ["azure", matches(/(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{40,100}={0,2})/dgi, isRandom)],
  // What Azure's own keys have in them: storage, registry, service bus, database.
  ["azure", matches(/(?<![\w+/])[\w+/]{30,80}\+A(?:St|CR|SbE|Db|RmE|EhE)[\w+/]{5,8}={0,2}/dg, isRandom)],
  [
    "signed-address",
    matches(/[?&;](?:sig|code|key|sign(?:ature)?|auth)=(?<secret>[\w%+/.~-]{12,400}={0,2})/dgi, isRandom),
  ],
  [
    "webhook",
    matches(
      /:\/\/(?:hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/|(?:\w+\.)?discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d+\/|[\w.-]+\.webhook\.office\.com\/webhookb2\/|open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/v2\/hook\/|(?:oapi\.dingtalk\.com\/robot\/send|qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\/send)\?(?:access_token|key)=)(?<secret>[\w/@+-]{16,300})/dg,
      isRandom,
    ),
  ],
];

export function isRealPassword(password: string, user: string): boolean {
  if (password === user || /^(.)\1*$/.test(password)) return false;
  return !/[${}<>[\]]|^%[A-Z_]+%$|\.\.\.|^(?:my|your)?[-_]?(?:pass(?:word|wd)?|pwd|secret|token|user(?:name)?|root|admin|guest|test|key|x-oauth-basic)$/i.test(
    password,
  );
}
