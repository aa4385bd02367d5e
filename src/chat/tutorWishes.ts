/** Whether somebody who learns asks for the solution itself, in English or Chinese. */

import { withoutCode } from "../text/markdownCode.ts";

/**
 * A question about their own solution, or the wish not to be told, is none. Code and quotations in the question are not
 * looked at: what stands there was not asked.
 */
export function asksForSolution(text: string): boolean {
  const prose = withoutCode(text.slice(0, MOST_CHARS))
    .replace(/^\s*>.*$/gm, " ")
    .replaceAll("’", "'");
  return prose
    .split(/[.!?;,。！？；，\n]+|\bbut\b|但是?/u)
    .some((sentence) => sentence.trim() !== "" && asksIn(sentence.trim()));
}

function asksIn(sentence: string): boolean {
  if (IMPATIENCE.test(sentence)) return true;
  if (REFUSALS.some((pattern) => pattern.test(sentence))) return false;
  return WISHES.some((pattern) => pattern.test(sentence));
}

/** The thing that is asked for. */
const THING = String.raw`(?:the |a |full |whole |complete |entire |final |finished |correct |right |working |actual |model )*(?:solutions?|answers?|result code|code|implementation)(?!\s+(?:examples?|samples?|smells?|reviews?|styles?))`;
const GIVE = String.raw`(?:give|show|tell|send|write|print|post|reveal|provide|hand)`;
const TO_ME = String.raw`(?:\s+(?:me|us))?`;

const IMPATIENCE = new RegExp(String.raw`\bwhy (?:don't|can't|won't) you (?:just |simply )?(?:${GIVE}|solve)\b`, "i");

const WISHES: readonly RegExp[] = [
  new RegExp(String.raw`\b${GIVE}${TO_ME}(?:\s+(?:just|only|simply))?\s+${THING}\b`, "i"),
  new RegExp(
    String.raw`\b(?:i|we)(?:'d| would)?\s+(?:just\s+|really\s+)?(?:want|need|like)(?:\s+to\s+(?:see|have|know|get))?\s+the (?:full |whole |complete |final |correct |right |working )*(?:solution|answer|code)\b`,
    "i",
  ),
  new RegExp(
    String.raw`\b(?:can|could|may|let) (?:i|we|me)\s+(?:just\s+|please\s+)?(?:see|have|get|know)\s+${THING}\b`,
    "i",
  ),
  new RegExp(
    String.raw`\bwhat(?:'s| is| would be)\s+the (?:full |whole |complete |final |correct |right |actual )*(?:solution|answer)\b(?!\s+(?:to|of|if|when|for)\s+(?:your|that|this) (?:last )?question)`,
    "i",
  ),
  /\b(?:just|please|now)\s+(?:solve|do|write|implement|finish|code)\s+(?:it|this|that|the (?:task|exercise|problem|function|code))\b/i,
  /\b(?:solve|do|write|implement|finish|code|fix)\s+(?:it|this|that|the \w+|my \w+)\s+for\s+(?:me|us)\b/i,
  /\b(?:can|could|will|would) you (?:please |just )*(?:solve|write|implement|finish|code|do) (?:it|this|that|the (?:task|exercise|problem|function|code))\b/i,
  /\bi (?:give|'m giving|am giving) up\b/i,
  /\b(?:just|simply) tell me(?: how(?: to (?:do|solve|write) it)?)?$/i,
  /\bspoil it\b/i,
  /^(?:the |full |complete |final )*(?:solution|answer)s?(?:,?\s*(?:please|pls|now))?$/i,
  // Chinese, simplified and traditional.
  /(?:给|給|告诉|告訴|发|發|写|寫|说|說|看|公布|揭晓|揭曉|提供|展示|显示|顯示|要|知道|贴|貼)(?:一下|下|出|来|來|个|個|我|我们|我們|看|看看|一个|一個|一份|你的|这个|這個|这道?题的?|這道?題的?|该题的?|(?:最终|最終|正确|正確|完整|标准|標準|参考|參考|全部)的?)*(?:答案|解答|解法|题解|題解|正解)/u,
  /(?:给|給|发|發|贴|貼|写|寫|展示|显示|顯示)(?:一下|下|出|来|來|看|看看|一份)*(?:我|我们|我們|(?:最终|最終|正确|正確|完整|全部|整个|整個)的?)(?:看|看看|写|寫|出|一份|(?:最终|最終|正确|正確|完整|全部|整个|整個)的?)*(?:代码|代碼|程式碼|源码|源碼|实现|實現)/u,
  /(?:答案|解答|正确解法|正確解法|正解|完整代码|完整代碼)(?:到底|究竟)?(?:是|是啥|是什么|是什麼)(?:什么|什麼|啥|多少)?(?:呢|啊|呀)?$/u,
  /直接(?:(?:给|給|告诉|告訴|说给|說給|写给|寫給|做给|做給)(?:我|答案)|(?:写|寫|做|说|說)(?:出来|出來|出答案|答案|吧)|公布|揭晓|揭曉|上答案|来答案|來答案|把(?:答案|代码|代碼|解答))/u,
  /(?:帮|幫|替|给|給)我(?:把)?(?:它|这个|這個|这题|這題|这道题|這道題|代码|代碼|程序|程式|函数|函數)?(?:直接)?(?:写|寫|做|解|实现|實現|完成|搞定)(?:出来|出來|完|一下|好|吧|了|掉|它|这个|這個|这题|這題|代码|代碼|函数|函數|$)/u,
  /^(?:我|那我|我想)?(?:要)?(?:放弃|放棄)(?:了|吧|啦)?$|我(?:不想|不要)(?:再)?(?:想|猜)了/u,
  /^(?:请|請)?(?:看|要|求)?(?:完整|最终|最終|正确|正確|标准|標準)?(?:答案|解答|题解|題解)(?:吧|呢|谢谢|謝謝)?$/u,
];

const REFUSALS: readonly RegExp[] = [
  /\b(?:don't|do not|dont|never|without|please no|not yet)\b.*\b(?:give|giving|show|showing|tell|telling|reveal|revealing|write|writing|spoil|spoiling|provide|solution|answer|solve|solving|giving up|give up)\b/i,
  /\b(?:not|n't) (?:want|need|give up|looking for)\b/i,
  /\b(?:is|are|was|were|does|do|did) (?:my|this|that|it|mine)\b.*\b(?:solution|answer|code)?\b.*\b(?:right|correct|wrong|good|work|works|ok|okay)\b/i,
  /\b(?:my|our)\s+(?:own\s+)?(?:solution|answer|code|attempt)\b(?!\s+for\s+me)/i,
  /\bhints?\b/i,
  /(?:不要|别|別|不用|不想|不必|先别|先別|先不|暂时不|暫時不|无需|無需|不需要)[^，,]*(?:告诉|告訴|给|給|说|說|写|寫|看|公布|透露|答案|解答|解法|代码|代碼|放弃|放棄)/u,
  /(?:我|自己)(?:的|写的|寫的|给的|給的|想的)?(?:答案|解答|解法|代码|代碼|做法|写法|寫法)(?:是)?(?:对|對|正确|正確|有|哪|怎|可以|行|这样|這樣|如下|在)/u,
  /我的(?:答案|解答|解法|代码|代碼|做法)/u,
  /(?:给|給)(?:我)?(?:点|點|一点|一點|个|個|一个|一個|些|一些)?(?:提示|线索|線索)/u,
];

/** What is longer is mostly pasted. */
const MOST_CHARS = 4_000;
