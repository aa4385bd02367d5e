/** Code in several languages, and what could come next in it: what the self-test suggests. */

/** `║` in `document` is where the caret is; `┊` in `suggestion` where one word ends and another one begins. Line breaks are `\n`. */
export interface MarkedText {
  readonly languageId: string;
  readonly document: string;
  readonly suggestion: string;
}

export const lineTexts: readonly MarkedText[] = [
  {
    languageId: "typescript",
    document: "function total(items: readonly Item[]): number {\n    return ║\n}\n",
    suggestion: "items┊.┊reduce┊((┊sum┊,┊ item┊)┊ =>┊ sum┊ +┊ item┊.┊price┊,┊ 0┊);",
  },
  { languageId: "typescript", document: "const names = users║\n", suggestion: ".┊map┊((┊user┊)┊ =>┊ user┊.┊name┊);" },
  {
    languageId: "typescript",
    document: "export async function load(id: string) {\n    const response = ║\n}\n",
    suggestion: "await┊ fetch┊(`/┊api┊/┊orders┊/┊$┊{┊id┊}`);",
  },
  {
    languageId: "javascript",
    document: "const express = require('express');\nconst app = ║\n",
    suggestion: "express┊();",
  },
  {
    languageId: "javascript",
    document: "button.addEventListener('click', () => ║\n",
    suggestion: "counter┊.┊increment┊(┊1┊));",
  },
  {
    languageId: "javascriptreact",
    document: "export const Price = ({ value }) => ║\n",
    suggestion: '<┊span┊ className┊="┊price┊">{┊value┊.┊toFixed┊(┊2┊)}</┊span┊>;',
  },
  { languageId: "python", document: "def area(width, height):\n    return ║\n", suggestion: "width┊ *┊ height" },
  {
    languageId: "python",
    document: 'with open(path, encoding="utf-8") as source:\n    lines = ║\n',
    suggestion: "source┊.┊read┊().┊splitlines┊()",
  },
  { languageId: "python", document: "if __name__ == ║\n    main()\n", suggestion: '"┊__main__┊":' },
  {
    languageId: "rust",
    document: "fn longest(words: &[String]) -> usize {\n    ║\n}\n",
    suggestion: "words┊.┊iter┊().┊map┊(|┊word┊|┊ word┊.┊len┊()).┊max┊().┊unwrap_or┊(┊0┊)",
  },
  {
    languageId: "go",
    document: "func Sum(values []int) int {\n\ttotal := 0\n\tfor _, value := range ║\n",
    suggestion: "values┊ {",
  },
  {
    languageId: "java",
    document: "public boolean isAdult() {\n    return ║\n}\n",
    suggestion: "this┊.┊age┊ >=┊ ADULT_AGE┊;",
  },
  {
    languageId: "csharp",
    document: "public decimal Total(IEnumerable<Line> lines) {\n    return ║\n}\n",
    suggestion: "lines┊.┊Sum┊(┊line┊ =>┊ line┊.┊Price┊ *┊ line┊.┊Count┊);",
  },
  { languageId: "c", document: "int square(int value) {\n    return ║\n}\n", suggestion: "value┊ *┊ value┊;" },
  { languageId: "cpp", document: "std::sort(names.begin(), ║\n", suggestion: "names┊.┊end┊(),┊ std┊::┊greater┊<>());" },
  { languageId: "ruby", document: "def full_name\n  ║\nend\n", suggestion: '"#{┊first_name┊}┊ #{┊last_name┊}".┊strip' },
  {
    languageId: "php",
    document: "<?php\nfunction discount($price) {\n    return ║\n}\n",
    suggestion: "$price┊ >┊ 100┊ ?┊ $price┊ *┊ 0.9┊ :┊ $price┊;",
  },
  {
    languageId: "sql",
    document: "SELECT name, price FROM products ║\n",
    suggestion: "WHERE┊ price┊ <┊ 50┊ ORDER┊ BY┊ name┊;",
  },
  { languageId: "shellscript", document: "for file in *.log; do\n  ║\ndone\n", suggestion: 'gzip┊ --┊keep┊ "┊$file┊"' },
  { languageId: "css", document: ".card {\n  border: ║\n}\n", suggestion: "1px┊ solid┊ var┊(--┊line-color┊);" },
  {
    languageId: "html",
    document: "<ul>\n  <li>║\n</ul>\n",
    suggestion: '<┊a┊ href┊="/┊orders┊">┊Orders┊</┊a┊></┊li┊>',
  },
  { languageId: "kotlin", document: "fun greet(name: String) = ║\n", suggestion: 'println┊("┊Hello┊,┊ $name┊!")' },
  { languageId: "typescript", document: "const isEmpty = ║\n", suggestion: "items┊.┊length┊ ===┊ 0┊;" },
  {
    languageId: "typescript",
    document: "export type Handler = ║\n",
    suggestion: "(┊event┊:┊ CustomEvent┊)┊ =>┊ void┊;",
  },
  { languageId: "javascript", document: "window.addEventListener(║\n", suggestion: "resize┊,┊ onResize┊);" },
  { languageId: "python", document: "numbers = sorted(║\n", suggestion: "values┊,┊ key┊=┊len┊)" },
  {
    languageId: "java",
    document: "List<String> names = ║\n",
    suggestion: "orders┊.┊stream┊().┊map┊(┊Order┊::┊name┊).┊toList┊();",
  },
  { languageId: "go", document: "defer ║\n", suggestion: "file┊.┊Close┊()" },
  { languageId: "rust", document: "let total: u32 = ║\n", suggestion: "prices┊.┊iter┊().┊sum┊();" },
  { languageId: "swift", document: "let title = ║\n", suggestion: "book┊.┊title┊.┊uppercased┊()" },
  { languageId: "lua", document: "local size = ║\n", suggestion: "string┊.┊len┊(┊text┊)" },
  { languageId: "dockerfile", document: "FROM node:22\nRUN ║\n", suggestion: "npm┊ ci┊ --┊omit┊=┊dev" },
  { languageId: "typescript", document: "// 计算订单的总价║\n", suggestion: "，┊并┊扣除┊会员┊折扣┊后┊返回┊结果" },
  { languageId: "python", document: "message = ║\n", suggestion: '"┊库存┊不足┊，┊请┊稍┊后┊再试┊"' },
  { languageId: "javascript", document: "const greeting = '你好║\n", suggestion: "，'┊ +┊ user┊.┊name┊ +┊ '！';" },
];

/** Of several lines. */
export const blockTexts: readonly MarkedText[] = [
  {
    languageId: "typescript",
    document: "export function clamp(value: number, low: number, high: number): number {\n    ║\n}\n",
    suggestion:
      "if┊ (┊value┊ <┊ low┊)┊ return┊ low┊;┊\n    ┊if┊ (┊value┊ >┊ high┊)┊ return┊ high┊;┊\n    ┊return┊ value┊;",
  },
  {
    languageId: "typescript",
    document: "const byId = new Map<string, User>();\n║\n",
    suggestion: "for┊ (┊const┊ user┊ of┊ users┊)┊ {┊\n    ┊byId┊.┊set┊(┊user┊.┊id┊,┊ user┊);┊\n┊}",
  },
  {
    languageId: "javascript",
    document: "function debounce(run, waitMs) {\n    let timer;\n    ║\n}\n",
    suggestion:
      "return┊ (...┊values┊)┊ =>┊ {┊\n        ┊clearTimeout┊(┊timer┊);┊\n        ┊timer┊ =┊ setTimeout┊(()┊ =>┊ run┊(...┊values┊),┊ waitMs┊);┊\n    ┊};",
  },
  {
    languageId: "python",
    document: "def read_settings(path):\n    ║\n",
    suggestion:
      "with┊ open┊(┊path┊)┊ as┊ source┊:┊\n        ┊settings┊ =┊ json┊.┊load┊(┊source┊)┊\n    ┊return┊ settings",
  },
  {
    languageId: "python",
    document: "class Stack:\n    def __init__(self):\n        self.items = []\n\n    ║\n",
    suggestion: "def┊ push┊(┊self┊,┊ item┊):┊\n        ┊self┊.┊items┊.┊append┊(┊item┊)┊\n        ┊return┊ item",
  },
  {
    languageId: "rust",
    document: "fn parse(line: &str) -> Option<(String, u32)> {\n    ║\n}\n",
    suggestion:
      "let┊ (┊name┊,┊ count┊)┊ =┊ line┊.┊split_once┊('=')?;┊\n    ┊let┊ count┊ =┊ count┊.┊trim┊().┊parse┊().┊ok┊()?;┊\n    ┊Some┊((┊name┊.┊to_string┊(),┊ count┊))",
  },
  {
    languageId: "go",
    document: "func Load(path string) ([]byte, error) {\n\t║\n}\n",
    suggestion:
      "data┊,┊ err┊ :=┊ os┊.┊ReadFile┊(┊path┊)┊\n\t┊if┊ err┊ !=┊ nil┊ {┊\n\t\t┊return┊ nil┊,┊ err┊\n\t┊}┊\n\t┊return┊ data┊,┊ nil",
  },
  {
    languageId: "java",
    document: "public void add(Order order) {\n    ║\n}\n",
    suggestion:
      'if┊ (┊order┊ ==┊ null┊)┊ {┊\n        ┊throw┊ new┊ IllegalArgumentException┊("┊order┊");┊\n    ┊}┊\n    ┊orders┊.┊add┊(┊order┊);',
  },
  {
    languageId: "c",
    document: "void reverse(char *text, size_t length) {\n    ║\n}\n",
    suggestion:
      "for┊ (┊size_t┊ i┊ =┊ 0┊;┊ i┊ <┊ length┊ /┊ 2┊;┊ i┊++)┊ {┊\n        ┊char┊ kept┊ =┊ text┊[┊i┊];┊\n        ┊text┊[┊i┊]┊ =┊ text┊[┊length┊ -┊ 1┊ -┊ i┊];┊\n        ┊text┊[┊length┊ -┊ 1┊ -┊ i┊]┊ =┊ kept┊;┊\n    ┊}",
  },
  {
    languageId: "csharp",
    document: "public int CountOpen() {\n    ║\n}\n",
    suggestion: "var┊ open┊ =┊ orders┊.┊Where┊(┊order┊ =>┊ order┊.┊IsOpen┊);┊\n    ┊return┊ open┊.┊Count┊();",
  },
  {
    languageId: "ruby",
    document: "def average(values)\n  ║\nend\n",
    suggestion: "return┊ 0┊ if┊ values┊.┊empty┊?┊\n  ┊values┊.┊sum┊.┊to_f┊ /┊ values┊.┊size",
  },
  {
    languageId: "php",
    document: "<?php\nfunction slug(string $title): string {\n    ║\n}\n",
    suggestion:
      "$slug┊ =┊ strtolower┊(┊trim┊(┊$title┊));┊\n    ┊return┊ preg_replace┊('/[^┊a┊-┊z0┊-┊9┊]+/',┊ '-',┊ $slug┊);",
  },
  {
    languageId: "css",
    document: ".toolbar {\n  ║\n}\n",
    suggestion: "display┊:┊ flex┊;┊\n  ┊gap┊:┊ 8px┊;┊\n  ┊align-items┊:┊ center┊;",
  },
  {
    languageId: "shellscript",
    document: "backup() {\n  ║\n}\n",
    suggestion: 'local┊ target┊="┊$1┊/┊$┊(┊date┊ +%┊F┊)"┊\n  ┊mkdir┊ -┊p┊ "┊$target┊"┊\n  ┊cp┊ -┊r┊ data┊ "┊$target┊"',
  },
  {
    languageId: "sql",
    document: "SELECT customer_id, SUM(total) AS spent\n║\n",
    suggestion: "FROM┊ orders┊\n┊GROUP┊ BY┊ customer_id┊\n┊HAVING┊ SUM┊(┊total┊)┊ >┊ 1000┊;",
  },
  {
    languageId: "typescript",
    document: "// 按照城市给用户分组\nfunction groupByCity(users: readonly User[]) {\n    ║\n}\n",
    suggestion:
      'const┊ groups┊ =┊ new┊ Map┊<┊string┊,┊ User┊[]>();┊\n    ┊for┊ (┊const┊ user┊ of┊ users┊)┊ {┊\n        ┊//┊ 没有┊城市┊的┊用户┊归入┊“┊未知┊”┊\n        ┊const┊ city┊ =┊ user┊.┊city┊ ??┊ "┊未知┊";┊\n        ┊groups┊.┊set┊(┊city┊,┊ [...(┊groups┊.┊get┊(┊city┊)┊ ??┊ []),┊ user┊]);┊\n    ┊}┊\n    ┊return┊ groups┊;',
  },
  {
    languageId: "kotlin",
    document: "fun describe(order: Order): String {\n    ║\n}\n",
    suggestion: 'val┊ count┊ =┊ order┊.┊lines┊.┊size┊\n    ┊return┊ "┊Order┊ $┊{┊order┊.┊id┊}:┊ $count┊ lines┊"',
  },
  {
    languageId: "swift",
    document: "func load(from url: URL) throws -> Settings {\n    ║\n}\n",
    suggestion:
      "let┊ data┊ =┊ try┊ Data┊(┊contentsOf┊:┊ url┊)┊\n    ┊return┊ try┊ JSONDecoder┊().┊decode┊(┊Settings┊.┊self┊,┊ from┊:┊ data┊)",
  },
  {
    languageId: "lua",
    document: "local function contains(list, wanted)\n  ║\nend\n",
    suggestion:
      "for┊ _┊,┊ item┊ in┊ ipairs┊(┊list┊)┊ do┊\n    ┊if┊ item┊ ==┊ wanted┊ then┊ return┊ true┊ end┊\n  ┊end┊\n  ┊return┊ false",
  },
  {
    languageId: "typescript",
    document: "export class Queue {\n    readonly #items: string[] = [];\n\n    ║\n}\n",
    suggestion: "take┊():┊ string┊ |┊ undefined┊ {┊\n        ┊return┊ this┊.#┊items┊.┊shift┊();┊\n    ┊}",
  },
  {
    languageId: "python",
    document: "def median(values):\n    ║\n",
    suggestion:
      "ordered┊ =┊ sorted┊(┊values┊)┊\n    ┊middle┊ =┊ len┊(┊ordered┊)┊ //┊ 2┊\n    ┊return┊ ordered┊[┊middle┊]",
  },
  {
    languageId: "html",
    document: "<form>\n  ║\n</form>\n",
    suggestion: '<┊label┊ for┊="┊mail┊">┊E-Mail┊</┊label┊>┊\n  ┊<┊input┊ id┊="┊mail┊"┊ type┊="┊email┊"┊ required┊>',
  },
];

/** What an input method writes: its keys, and the characters that they become. */
export interface ComposedText extends MarkedText {
  /** The keys of the suggestion's first word. */
  readonly keys: string;
}

export const composedTexts: readonly ComposedText[] = [
  { languageId: "typescript", document: "// ║\n", suggestion: "库存┊不足时返回错误", keys: "kucun" },
  { languageId: "typescript", document: "// 这里║\n", suggestion: "计算┊订单的总价", keys: "jisuan" },
  { languageId: "javascript", document: "// ║\n", suggestion: "用户┊登录之后保存会话", keys: "yonghu" },
  { languageId: "javascript", document: 'alert("║");\n', suggestion: "请┊输入正确的地址", keys: "qing" },
  { languageId: "python", document: "# ║\n", suggestion: "读取┊配置文件并检查版本", keys: "duqu" },
  { languageId: "python", document: "# 最后║\n", suggestion: "关闭┊数据库的连接", keys: "guanbi" },
  { languageId: "go", document: "// ║\n", suggestion: "返回┊第一个匹配的结果", keys: "fanhui" },
  { languageId: "java", document: "// ║\n", suggestion: "检查┊参数是否为空", keys: "jiancha" },
  { languageId: "rust", document: "// ║\n", suggestion: "删除┊过期的缓存", keys: "shanchu" },
  { languageId: "markdown", document: "║\n", suggestion: "安装┊之后请重新启动编辑器", keys: "anzhuang" },
  { languageId: "typescript", document: "// ║\n", suggestion: "查询┊订单的状态", keys: "chaxun" },
  { languageId: "typescript", document: "// 如果没有结果就║\n", suggestion: "显示┊提示信息", keys: "xianshi" },
  { languageId: "csharp", document: "// ║\n", suggestion: "更新┊商品的价格", keys: "gengxin" },
  { languageId: "cpp", document: "// ║\n", suggestion: "释放┊不再使用的内存", keys: "shifang" },
  { languageId: "php", document: "<?php\n// ║\n", suggestion: "验证┊表单里的邮箱", keys: "yanzheng" },
  { languageId: "ruby", document: "# ║\n", suggestion: "发送┊确认邮件", keys: "fasong" },
  { languageId: "sql", document: "-- ║\n", suggestion: "统计┊每个城市的用户", keys: "tongji" },
  { languageId: "lua", document: "-- ║\n", suggestion: "复制┊整个列表", keys: "fuzhi" },
  { languageId: "markdown", document: "本项目║\n", suggestion: "支持┊三种数据库", keys: "zhichi" },
  { languageId: "kotlin", document: "// ║\n", suggestion: "打开┊保存的文件", keys: "dakai" },
];
