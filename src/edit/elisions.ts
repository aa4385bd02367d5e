/** Placeholders for code that an answer does not repeat: `// … existing code …`, `# rest unchanged`, `...`, `其余代码不变`. */

/** The line is nothing but a placeholder. */
export function isElision(line: string, languageId: string): boolean {
  const text = line.trim();
  if (text === "" || text.length > LONGEST) return false;
  // Python's `...` is a statement; a lone one in an answer still stands for what is not shown.
  if (/^(?:\.{3,}|…+)[,;]?$/.test(text)) return true;
  const comment = commentIn(text, languageId);
  return comment !== undefined && saysElided(comment);
}

/** A placeholder stands in the middle of this line, between brackets: `{ ... }`, `{ … }`. */
export function inlineElision(
  line: string,
  languageId: string,
): { readonly head: string; readonly mark: string; readonly tail: string } | undefined {
  if (line.length > LONGEST_INLINE) return undefined;
  const found = /^(.*\{)\s*(\.{3,}|…+|\/\*.{0,120}\*\/)\s*(\}[;,)]*)\s*$/.exec(line);
  const [, head = "", mark = "", tail = ""] = found ?? [];
  return found && isElision(mark, languageId) ? { head, mark, tail } : undefined;
}

/** What a comment on a line of its own says; `undefined` where the line is none. */
function commentIn(text: string, languageId: string): string | undefined {
  const found =
    /^(?:\/\/+|--+|;+|%+|'|REM\b)\s*(.*)$/i.exec(text) ??
    /^\/\*+\s*(.*?)\s*\*+\/$/.exec(text) ??
    /^\{\s*\/\*+\s*(.*?)\s*\*+\/\s*\}$/.exec(text) ??
    /^<!--+\s*(.*?)\s*--+>$/.exec(text);
  if (found) return found[1] ?? "";
  // In Markdown it is a heading.
  return languageId === "markdown" ? undefined : /^#+(?![!\w[])\s*(.*)$/.exec(text)?.[1];
}

function saysElided(comment: string): boolean {
  const bare = comment.replace(/^[\s.…*([<-]+|[\s.…*)\]>:-]+$/g, "").toLowerCase();
  const hasDots = /\.{3}|…/.test(comment);
  if (bare === "") return hasDots;
  if (bare.length > LONGEST_WORDS || /^(?:todo|fixme|xxx|note|hack)\b/.test(bare)) return false;
  if (CHINESE.test(bare) || OTHERS.some((pattern) => pattern.test(bare))) return true;
  if (SURE.test(bare)) return true;
  return hasDots && VAGUE.test(bare) && /^(?:\.{3}|…)|(?:\.{3}|…)\W*$/.test(comment.trim());
}

const LONGEST = 200;
const LONGEST_INLINE = 1_000;
const LONGEST_WORDS = 100;
/** Says so by itself. */
const SURE =
  /^(?:(?:the |all )?(?:rest|remainder|remaining|other|others|existing|previous|original|unchanged|same|omitted|snip(?:ped)?|truncated|code omitted|keep)\b.{0,60}\b(?:code|unchanged|same|here|file|methods?|functions?|class|imports?|implementation|before|above|omitted|content|members?|fields?|properties|rules|styles|tests|existing|logic|body|stays?|remains?)|(?:code|implementation|body|methods?|functions?|imports?|everything(?: else)?|nothing else)\b.{0,30}\b(?:unchanged|omitted|stays?|remains?|the same|as is|as before|here)|unchanged|snip|omitted|(?:\w+ ){0,4}(?:remains?|stays?) (?:unchanged|the same))[\s.…]*$/;
const VAGUE =
  /\b(?:rest|remaining|other|others|existing|previous|original|unchanged|same|omitted|as before|more|etc|keep|code|methods?|functions?|imports?|implementation|body|members?|fields?|properties|rules|styles|tests|cases)\b/;
const CHINESE =
  /(?:其余|其他|其它|剩余|余下|原有|现有|已有|之前|原来|此处|以上|以下|上面|前面|后面|中间).{0,14}(?:不变|省略|保持|相同|一样|略|代码|内容|部分|方法|函数)|(?:代码|内容|部分|方法|函数).{0,8}(?:不变|省略|略$)|^(?:省略|略|不变|保持不变|保持原样)/;
/** Japanese, Korean, French, German, Spanish and Portuguese, Russian: where all of the comment says so. */
const OTHERS: readonly RegExp[] = [
  /^(?:その他|他|残り|以下|以上|既存|中略|前略|後略|ここ).{0,20}(?:省略|変更なし|同じ|そのまま)$|^(?:中略|前略|後略|省略|変更なし)$|^既存のコード$/,
  /^(?:나머지|기존|이하|다른).{0,20}(?:동일|생략|그대로|변경 ?없음|유지)$|^(?:기존 코드|나머지 코드|생략|변경 ?없음)$/,
  /^(?:(?:le |la )?(?:reste|suite) (?:du|de la|des) (?:code|fichier|classe|fonctions?|méthodes?)|code existant|autres (?:fonctions|méthodes|imports))(?: .{0,20})?(?:inchangée?s?|identiques?|omis)?$|^inchangée?s?$/,
  /^(?:(?:der )?(?:rest|restlicher?|übriger?|bestehender?|vorhandener?|weiterer?)\b.{0,30}\b(?:code|codes|datei|methoden|funktionen|klasse|imports)(?: (?:bleibt|bleiben))?(?: (?:unverändert|gleich))?|(?:bleibt )?unverändert)$/,
  /^(?:(?:el )?resto (?:del|de la|do|da) (?:código|archivo|arquivo|clase|classe).{0,30}|código existente.{0,20}|sin cambios|sem alterações|inalterado)$/,
  /^(?:остальной|остальная|остальные|существующий|прежний).{0,30}(?:код|часть|методы|функции|без изменений)$|^без изменений$/,
];
