import { both, type PublishedCode } from "./publishedCode.ts";

const trimmed = (loop: string, guard = "!strings.ContainsRune(s, '.')", start = "offset := len(s) - 1"): string =>
  `func stripTrailingZeros(s string) string {\n\tif ${guard} {\n\t\treturn s\n\t}\n\t${start}\n\tfor ${loop} {\n\t\tif s[offset] == '.' {\n\t\t\toffset--\n\t\t\tbreak\n\t\t}\n\t\tif s[offset] != '0' {\n\t\t\tbreak\n\t\t}\n\t\toffset--\n\t}\n\treturn s[:offset+1]\n}\n`;
const digits =
  'func stripTrailingDigits(s string, digits int) string {\n\tif i := strings.Index(s, "."); i >= 0 {\n\t\tif digits <= 0 {\n\t\t\treturn s[:i]\n\t\t}\n\t\ti++\n\t\tif i+digits >= len(s) {\n\t\t\treturn s\n\t\t}\n\t\treturn s[:i+digits]\n\t}\n\treturn s\n}\n';

/** Two files of `github.com/dustin/go-humanize`. */
export const go: PublishedCode = {
  language: "Go",
  languageId: "go",
  fence: "go",
  files: { "ftoa.go": "ftoa.go", "si.go": "si.go" },
  beside: { "go.mod": "module github.com/dustin/go-humanize\n\ngo 1.16\n" },
  fix: {
    change: [trimmed("offset > 0"), trimmed("offset >= 0")],
    mark: "offset > 0",
    message: "The first character is never looked at",
  },
  edits: [
    [
      "simplify",
      "\tfor _, v := range siPrefixTable {\n\t\tri += v\n\t}\n\tri += `]?)(.*)`\n",
      '\tri += strings.Join(prefixes(), "")\n\tri += `]?)(.*)`\n',
    ],
    ["docs", digits, `// stripTrailingDigits cuts what stands behind so many digits after the point.\n${digits}`],
    [
      "simplify",
      digits,
      'func stripTrailingDigits(s string, digits int) string {\n\ti := strings.Index(s, ".")\n\tif i < 0 {\n\t\treturn s\n\t}\n\tif digits <= 0 {\n\t\treturn s[:i]\n\t}\n\treturn s[:min(i+1+digits, len(s))]\n}\n',
    ],
    ["optimize", trimmed("offset > 0"), trimmed("offset > 0", "strings.IndexByte(s, '.') < 0")],
    [
      "extract",
      ...both(
        [
          '\treturn FtoaWithDigits(value, decimals) + " " + prefix + unit\n}\n',
          '\treturn withUnit(FtoaWithDigits(value, decimals), prefix+unit)\n}\n\nfunc withUnit(number, unit string) string {\n\treturn number + " " + unit\n}\n',
        ],
        (body) =>
          `func SIWithDigits(input float64, decimals int, unit string) string {\n\tvalue, prefix := ComputeSI(input)\n${body}`,
      ),
    ],
    ["types", "\toffset := len(s) - 1\n", "\tvar offset int = len(s) - 1\n"],
    [
      "errors",
      "\tbase, err := strconv.ParseFloat(found[1], 64)\n\treturn base * mag, unit, err\n",
      '\tbase, err := strconv.ParseFloat(found[1], 64)\n\tif err != nil {\n\t\treturn 0, "", errInvalid\n\t}\n\treturn base * mag, unit, nil\n',
    ],
    [
      "extract",
      digits,
      'func stripTrailingDigits(s string, digits int) string {\n\tif i := strings.Index(s, "."); i >= 0 {\n\t\treturn cutBehind(s, i, digits)\n\t}\n\treturn s\n}\n\n// cutBehind leaves so many digits behind the point at i.\nfunc cutBehind(s string, i, digits int) string {\n\tif digits <= 0 {\n\t\treturn s[:i]\n\t}\n\ti++\n\tif i+digits >= len(s) {\n\t\treturn s\n\t}\n\treturn s[:i+digits]\n}\n',
    ],
    [
      "errors",
      "\treturn stripTrailingZeros(strconv.FormatFloat(num, 'f', 6, 64))\n",
      "\tif num != num {\n\t\treturn \"NaN\"\n\t}\n\treturn stripTrailingZeros(strconv.FormatFloat(num, 'f', 6, 64))\n",
    ],
  ],
  implement: {
    behind: digits,
    comment: "\n// padZeros appends zeros until s has so many digits after the point.\n",
    code: 'func padZeros(s string, digits int) string {\n\ti := strings.Index(s, ".")\n\tif i < 0 {\n\t\ti = len(s)\n\t\ts += "."\n\t}\n\tif missing := i + 1 + digits - len(s); missing > 0 {\n\t\ts += strings.Repeat("0", missing)\n\t}\n\treturn s\n}\n',
  },
  explain: digits,
  tests: {
    from: "ftoa.go",
    to: "ftoa_test.go",
    framework: "testing",
    text: 'package humanize\n\nimport "testing"\n\nfunc TestFtoaHasNoTrailingZeros(t *testing.T) {\n\tfor num, want := range map[float64]string{200: "200", 2: "2", 2.2: "2.2", 2.02: "2.02"} {\n\t\tif got := Ftoa(num); got != want {\n\t\t\tt.Errorf("Ftoa(%v) = %q, want %q", num, got, want)\n\t\t}\n\t}\n}\n',
  },
  translate: {
    code: digits,
    to: "Python",
    result:
      'def strip_trailing_digits(s: str, digits: int) -> str:\n    whole, point, fraction = s.partition(".")\n    if not point or digits <= 0:\n        return whole\n    return f"{whole}.{fraction[:digits]}"\n',
  },
  review: {
    path: "si.go",
    answer:
      "**high** `mag := revSIPrefixTable[found[2]]`: an unknown prefix is zero, and so is the result.\n\n**medium** si.go:122 `return base * mag, unit, err`: the unit is given back along with an error.\n",
    found: [
      [122, "High", "an unknown prefix is zero\\, and so is the result\\."],
      [126, "Medium", "the unit is given back along with an error\\."],
    ],
  },
  rename: {
    declared: "ftoa.go",
    old: "Ftoa",
    name: "FormatShort",
    answer: "- `Ftoa` → `formatShort`: shorter\n- `Ftoa` → `FormatShort`: says what is done\n",
  },
};
