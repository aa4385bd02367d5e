import { both, type PublishedCode } from "./publishedCode.ts";

const isComment = "def iscommentline(line: str) -> bool:\n    c = line.lstrip()[:1]\n    return c in COMMENTCHARS\n";
const afterSection = "        for c in COMMENTCHARS:\n            line = line.split(c)[0].rstrip()\n";

/** Two files of `iniconfig`. */
export const python: PublishedCode = {
  language: "Python",
  languageId: "python",
  fence: "python",
  files: { "iniconfig/_parse.py": "_parse.py", "iniconfig/exceptions.py": "exceptions.py" },
  beside: { "pyproject.toml": '[project]\nname = "iniconfig"\n\n[tool.pytest.ini_options]\ntestpaths = ["tests"]\n' },
  fix: {
    change: [
      isComment,
      'def iscommentline(line: str) -> bool:\n    c = line.lstrip()[:1]\n    return c != "" and c in COMMENTCHARS\n',
    ],
    mark: "return c in COMMENTCHARS",
    message: "An empty string is in every string",
  },
  edits: [
    [
      "simplify",
      "    c = line.lstrip()[:1]\n    return c in COMMENTCHARS\n",
      "    return line.lstrip().startswith(tuple(COMMENTCHARS))\n",
    ],
    [
      "docs",
      isComment,
      'def iscommentline(line: str) -> bool:\n    """Tell whether a line is a comment, or blank."""\n    c = line.lstrip()[:1]\n    return c in COMMENTCHARS\n',
    ],
    ["simplify", isComment, "def iscommentline(line: str) -> bool:\n    return line.lstrip()[:1] in COMMENTCHARS\n"],
    ["optimize", afterSection, "        for c in COMMENTCHARS:\n            line = line.partition(c)[0].rstrip()\n"],
    [
      "extract",
      ...both(
        [
          '            try:\n                name, value = line.split(":", 1)\n            except ValueError:\n                raise ParseError(path, lineno, "unexpected line: %r" % line)\n        return name.strip(), value.strip()\n    # continuation\n    else:\n        return None, line.strip()\n',
          '            name, value = _split_at_colon(path, line, lineno)\n        return name.strip(), value.strip()\n    # continuation\n    else:\n        return None, line.strip()\n\n\ndef _split_at_colon(path: str, line: str, lineno: int) -> list[str]:\n    try:\n        name, value = line.split(":", 1)\n    except ValueError:\n        raise ParseError(path, lineno, "unexpected line: %r" % line)\n    return [name, value]\n',
        ],
        (part) =>
          `def _parseline(path: str, line: str, lineno: int) -> tuple[str | None, str | None]:\n    # blank lines\n    if iscommentline(line):\n        line = ""\n    else:\n        line = line.rstrip()\n    if not line:\n        return None, None\n    # section\n    if line[0] == "[":\n        realline = line\n${afterSection}        if line[-1] == "]":\n            return line[1:-1], None\n        return None, realline.strip()\n    # value\n    elif not line[0].isspace():\n        try:\n            name, value = line.split("=", 1)\n            if ":" in name:\n                raise ValueError()\n        except ValueError:\n${part}`,
      ),
    ],
    ["types", "    section = None\n", "    section: str | None = None\n"],
    [
      "errors",
      '            except ValueError:\n                raise ParseError(path, lineno, "unexpected line: %r" % line)\n',
      '            except ValueError as error:\n                raise ParseError(path, lineno, "unexpected line: %r" % line) from error\n',
    ],
    [
      "extract",
      isComment,
      "def _first_character(line: str) -> str:\n    return line.lstrip()[:1]\n\n\ndef iscommentline(line: str) -> bool:\n    return _first_character(line) in COMMENTCHARS\n",
    ],
  ],
  implement: {
    behind: isComment,
    comment: "\n\n# Tells whether a line begins a section.\n",
    code: 'def issectionline(line: str) -> bool:\n    return line.startswith("[")\n',
  },
  explain: isComment,
  tests: {
    from: "iniconfig/_parse.py",
    to: "tests/test__parse.py",
    framework: "pytest",
    text: 'import pytest\n\nfrom iniconfig._parse import parse_lines\nfrom iniconfig.exceptions import ParseError\n\n\ndef test_a_section_needs_a_name():\n    with pytest.raises(ParseError, match="empty section name"):\n        parse_lines("a.ini", ["[]"])\n',
  },
  translate: {
    code: isComment,
    to: "TypeScript",
    result:
      "function isCommentLine(line: string): boolean {\n  const first = line.trimStart().slice(0, 1);\n  return COMMENT_CHARS.includes(first);\n}\n",
  },
  review: {
    path: "iniconfig/_parse.py",
    answer:
      "1. **high** line 55 `return line[1:-1], None`: a section may be empty.\n2. **low** `def iscommentline(line: str) -> bool:`: blank lines are said to be comments.\n",
    found: [
      [61, "High", "a section may be empty\\."],
      [80, "Low", "blank lines are said to be comments\\."],
    ],
  },
  rename: {
    declared: "iniconfig/exceptions.py",
    old: "ParseError",
    name: "IniError",
    answer: "- `ParseError` → `IniError`: says of what\n",
  },
};
