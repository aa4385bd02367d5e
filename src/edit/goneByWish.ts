/** What a user asks to be taken away by its name, which is then no loss. */

/**
 * @param wish in the user's words: "delete foo", "remove the class Bar", "删除函数 foo"
 * @param paths symbols that are gone, each with what it is a member of: `Cart.add`
 * @returns those of them that the wish does not name
 */
export function goneUnasked(wish: string, paths: readonly string[]): readonly string[] {
  const asked = wish.replace(KEEPING, " ");
  if (!TAKING_AWAY.test(asked)) return paths;
  const words = new Set(asked.match(/[\p{L}\p{N}_$]+/gu)?.flatMap((word) => [word, ...(word.match(LATIN) ?? [])]));
  // What stands in a class goes with it.
  return paths.filter((path) => !path.split(".").some((name) => words.has(name)));
}

/** Whether anything is to go, whatever it is called. */
export function asksToTakeAway(wish: string): boolean {
  return TAKING_AWAY.test(wish.replace(KEEPING, " "));
}

/** Whether it says so of what is selected, without its name: "delete this", "merge both". */
export function takesSelectedAway(wish: string): boolean {
  return asksToTakeAway(wish) && SELECTED.test(wish);
}

const SELECTED =
  /\b(?:this|these|those|both|them|it|all|everything|selected|selection)\b|这|它|两|二者|所选|选中|全部|所有/iu;
const TAKING_AWAY =
  /\b(?:comment(?:ing)? .{0,30}out|delet(?:e|es|ed|ing)|remov(?:e|es|ed|ing)|drop(?:s|ped|ping)?|get(?:ting)? rid of|tak(?:e|ing) (?:out|away)|strip|eliminat(?:e|ing)|erase|inline|fold|merg(?:e|ing)|renam(?:e|ing)|replac(?:e|ing)|mov(?:e|ing) .{1,80}(?:out|away|elsewhere))\b|删除|删掉|删去|去掉|去除|移除|清除|拿掉|内联|合并|重命名|改名|替换|移走|注释掉/iu;
/** Up to the end of what is said. */
const KEEPING =
  /(?:\b(?:keep|leave|preserve|don['’]t|do not|never|not|without (?:delet|remov)ing|except|but)\b|保留|不要|不删|别|除了)[^,.;，。；\n]*/giu;
/** Names stand beside Chinese without a blank. */
const LATIN = /[\p{Script=Latin}\p{N}_$]+/gu;
