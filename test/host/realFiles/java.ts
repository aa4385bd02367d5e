import { both, type PublishedCode } from "./publishedCode.ts";

const quotes = (parameter: string, condition: string, result: string): string =>
  `    static String stripLeadingAndTrailingQuotes(${parameter}) {\n        final int length = str.length();\n        if (${condition}) {\n            ${result} str.substring(1, length - 1);\n        }\n\n        return str;\n    }\n`;
const isQuoted =
  'length > 1 && str.startsWith("\\"") && str.endsWith("\\"") && str.substring(1, length - 1).indexOf(\'"\') == -1';
const asPublished = quotes("String str", isQuoted, "str =");
const hyphens = (body: string): string => `    static String stripLeadingHyphens(final String str) {\n${body}    }\n`;
const hyphensBody =
  '        if (str == null) {\n            return null;\n        }\n        if (str.startsWith("--")) {\n            return str.substring(2);\n        }\n        if (str.startsWith("-")) {\n            return str.substring(1);\n        }\n\n        return str;\n';
const folder = "src/main/java/org/apache/commons/cli";

/** Two files of `commons-cli`. */
export const java: PublishedCode = {
  language: "Java",
  languageId: "java",
  fence: "java",
  files: { [`${folder}/Util.java`]: "Util.java", [`${folder}/GnuParser.java`]: "GnuParser.java" },
  beside: {
    "pom.xml":
      "<project><dependencies><dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.13.2</version></dependency></dependencies></project>\n",
  },
  fix: {
    change: [asPublished, quotes("final String str", isQuoted, "return")],
    mark: "str = str.substring",
    message: "The parameter str should not be assigned",
  },
  edits: [
    [
      "simplify",
      "        final List<String> tokens = new ArrayList<>();\n\n        boolean eatTheRest = false;\n",
      "        boolean eatTheRest = false;\n        final List<String> tokens = new ArrayList<>(arguments.length);\n",
    ],
    [
      "docs",
      "    /**\n     * An empty immutable {@code String} array.\n     */\n    static final String[] EMPTY_STRING_ARRAY = {};\n",
      "    /**\n     * An empty array, which callers may share.\n     */\n    static final String[] EMPTY_STRING_ARRAY = {};\n",
    ],
    ["simplify", hyphens(hyphensBody), hyphens('        return str == null ? null : str.replaceFirst("^--?", "");\n')],
    [
      "optimize",
      asPublished,
      quotes("String str", "length > 1 && str.charAt(0) == '\"' && str.indexOf('\"', 1) == length - 1", "str ="),
    ],
    [
      "extract",
      asPublished,
      `${quotes("String str", "isQuoted(str)", "str =")}\n    private static boolean isQuoted(final String str) {\n        final int length = str.length();\n        return ${isQuoted};\n    }\n`,
    ],
    [
      "types",
      "        final List<String> tokens = new ArrayList<>();\n",
      "        final List<String> tokens = new ArrayList<String>();\n",
    ],
    [
      "errors",
      ...both(
        [
          "        final int length = str.length();\n",
          "        if (str == null) {\n            return null;\n        }\n        final int length = str.length();\n",
        ],
        (start) => asPublished.replace("        final int length = str.length();\n", start),
      ),
    ],
  ],
  implement: {
    behind: hyphens(hyphensBody),
    comment: "\n    // Tells whether the string begins with a hyphen.\n",
    code: '    static boolean hasLeadingHyphen(final String str) {\n        return str != null && str.startsWith("-");\n    }\n',
  },
  explain: asPublished,
  tests: {
    from: `${folder}/Util.java`,
    to: "src/test/java/org/apache/commons/cli/UtilTest.java",
    framework: "JUnit 4",
    text: 'package org.apache.commons.cli;\n\nimport static org.junit.Assert.assertEquals;\nimport static org.junit.Assert.assertNull;\n\nimport org.junit.Test;\n\npublic class UtilTest {\n    @Test\n    public void hyphensAreStripped() {\n        assertEquals("f", Util.stripLeadingHyphens("-f"));\n        assertEquals("foo", Util.stripLeadingHyphens("--foo"));\n        assertEquals("-foo", Util.stripLeadingHyphens("---foo"));\n        assertNull(Util.stripLeadingHyphens(null));\n    }\n}\n',
  },
  translate: {
    code: hyphens(hyphensBody),
    to: "Python",
    result:
      'def strip_leading_hyphens(text: str | None) -> str | None:\n    if text is None:\n        return None\n    if text.startswith("--"):\n        return text[2:]\n    return text.removeprefix("-")\n',
  },
  review: {
    path: `${folder}/GnuParser.java`,
    answer:
      "| Severity | Line | Finding |\n| --- | --- | --- |\n| high | `} else if (options.hasOption(arg.substring(0, 2))) {` | a single hyphen was looked at before, else this would throw |\n\n- **low** `for (i++; i < arguments.length; i++) { // NOPMD`: the outer loop's counter is changed.\n",
    found: [
      [68, "High", "a single hyphen was looked at before\\, else this would throw"],
      [81, "Low", "the outer loop\\'s counter is changed\\."],
    ],
  },
  rename: {
    declared: `${folder}/Util.java`,
    old: "stripLeadingHyphens",
    name: "withoutHyphens",
    answer: "- `stripLeadingHyphens` → `withoutHyphens`: says what is given back\n",
  },
};
