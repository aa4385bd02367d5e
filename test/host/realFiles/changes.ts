/**
 * What a good model makes of definitions of published packages, for the entries of the catalogue that change code and that
 * `refactorRealFiles.ts` has not. As text, so that what becomes of the file is known before anything has looked at it.
 */

interface RealChange {
  /** Of the command, behind `pairwise.`. */
  readonly command: "optimize" | "extract" | "addTypes" | "handleErrors" | "implement";
  /** What is selected; it stands in the file once. */
  readonly before: string;
  readonly after: string;
}

export interface RealChanges {
  readonly file: string;
  readonly fence: string;
  readonly changes: readonly RealChange[];
}

const ON_UNSUBSCRIBE = `  protected onUnsubscribe() {
    if (!this.hasListeners()) {
      this.#cleanup?.()
      this.#cleanup = undefined
    }
  }
`;
const IS_COMMENT_LINE = `def iscommentline(line: str) -> bool:
    c = line.lstrip()[:1]
    return c in COMMENTCHARS
`;
const STRIP_DIGITS = `func stripTrailingDigits(s string, digits int) string {
	if i := strings.Index(s, "."); i >= 0 {
		if digits <= 0 {
			return s[:i]
		}
		i++
		if i+digits >= len(s) {
			return s
		}
		return s[:i+digits]
	}
	return s
}
`;
const STRIP_QUOTES = `    static String stripLeadingAndTrailingQuotes(String str) {
        final int length = str.length();
        if (length > 1 && str.startsWith("\\"") && str.endsWith("\\"") && str.substring(1, length - 1).indexOf('"') == -1) {
            str = str.substring(1, length - 1);
        }

        return str;
    }
`;
const WRITE = `    fn write(&mut self, bytes: &[u8]) {
        let FnvHasher(mut hash) = *self;

        for byte in bytes.iter() {
            hash = hash ^ (*byte as u64);
            hash = hash.wrapping_mul(0x100000001b3);
        }

        *self = FnvHasher(hash);
    }
`;

export const realChanges: readonly RealChanges[] = [
  {
    file: "onlineManager.ts",
    fence: "typescript",
    changes: [
      {
        command: "optimize",
        before: "      this.listeners.forEach((listener) => {\n        listener(online)\n      })\n",
        after: "      for (const listener of this.listeners) listener(online)\n",
      },
      {
        command: "extract",
        before: ON_UNSUBSCRIBE,
        after: `  protected onUnsubscribe() {
    if (!this.hasListeners()) this.#stop()
  }

  #stop(): void {
    this.#cleanup?.()
    this.#cleanup = undefined
  }
`,
      },
      {
        command: "addTypes",
        before: ON_UNSUBSCRIBE,
        after: ON_UNSUBSCRIBE.replace("onUnsubscribe()", "onUnsubscribe(): void"),
      },
      {
        command: "handleErrors",
        before:
          "  setEventListener(setup: SetupFn): void {\n    this.#setup = setup\n    this.#cleanup?.()\n    this.#cleanup = setup(this.setOnline.bind(this))\n  }\n",
        after: `  setEventListener(setup: SetupFn): void {
    this.#setup = setup
    try {
      this.#cleanup?.()
    } finally {
      this.#cleanup = setup(this.setOnline.bind(this))
    }
  }
`,
      },
      {
        command: "implement",
        before:
          "        // Listen to online\n        window.addEventListener('online', onlineListener, false)\n        window.addEventListener('offline', offlineListener, false)\n",
        after:
          "        // Listen to online\n        for (const [name, listener] of [['online', onlineListener], ['offline', offlineListener]] as const) {\n          window.addEventListener(name, listener, false)\n        }\n",
      },
    ],
  },
  {
    file: "_parse.py",
    fence: "python",
    changes: [
      {
        command: "optimize",
        before: IS_COMMENT_LINE,
        after: `def iscommentline(line: str) -> bool:
    stripped = line.lstrip()
    return not stripped or stripped[0] in COMMENTCHARS
`,
      },
      {
        command: "extract",
        before: IS_COMMENT_LINE,
        after: `def _first_character(line: str) -> str:
    return line.lstrip()[:1]


def iscommentline(line: str) -> bool:
    return _first_character(line) in COMMENTCHARS
`,
      },
      { command: "addTypes", before: "    section = None\n", after: "    section: str | None = None\n" },
      {
        command: "handleErrors",
        before: IS_COMMENT_LINE,
        after: IS_COMMENT_LINE.replace(
          "    c =",
          '    if not isinstance(line, str):\n        raise TypeError(f"not a line: {line!r}")\n    c =',
        ),
      },
      {
        command: "implement",
        before:
          '    # blank lines\n    if iscommentline(line):\n        line = ""\n    else:\n        line = line.rstrip()\n',
        after: '    # blank lines\n    line = "" if iscommentline(line) else line.rstrip()\n',
      },
    ],
  },
  {
    file: "ftoa.go",
    fence: "go",
    changes: [
      {
        command: "optimize",
        before: STRIP_DIGITS,
        after: `func stripTrailingDigits(s string, digits int) string {
	i := strings.IndexByte(s, '.')
	if i < 0 {
		return s
	}
	if digits <= 0 {
		return s[:i]
	}
	return s[:min(i+1+digits, len(s))]
}
`,
      },
      {
        command: "extract",
        before: STRIP_DIGITS,
        after: `func stripTrailingDigits(s string, digits int) string {
	if i := strings.Index(s, "."); i >= 0 {
		return cutBehind(s, i, digits)
	}
	return s
}

// cutBehind leaves so many digits behind the point at i.
func cutBehind(s string, i, digits int) string {
	if digits <= 0 {
		return s[:i]
	}
	i++
	if i+digits >= len(s) {
		return s
	}
	return s[:i+digits]
}
`,
      },
      {
        command: "handleErrors",
        before: "	return stripTrailingZeros(strconv.FormatFloat(num, 'f', 6, 64))\n",
        after:
          "	if math.IsNaN(num) || math.IsInf(num, 0) {\n		return strconv.FormatFloat(num, 'f', -1, 64)\n	}\n	return stripTrailingZeros(strconv.FormatFloat(num, 'f', 6, 64))\n",
      },
      {
        command: "implement",
        before:
          "// Ftoa converts a float to a string with no trailing zeros.\nfunc Ftoa(num float64) string {\n	return stripTrailingZeros(strconv.FormatFloat(num, 'f', 6, 64))\n}\n",
        after:
          '// Ftoa converts a float to a string with no trailing zeros.\nfunc Ftoa(num float64) string {\n	s := strconv.FormatFloat(num, \'f\', 6, 64)\n	return strings.TrimRight(strings.TrimRight(s, "0"), ".")\n}\n',
      },
    ],
  },
  {
    file: "Util.java",
    fence: "java",
    changes: [
      {
        command: "optimize",
        before: STRIP_QUOTES,
        after: `    static String stripLeadingAndTrailingQuotes(String str) {
        final int last = str.length() - 1;
        if (last > 0 && str.charAt(0) == '"' && str.charAt(last) == '"' && str.indexOf('"', 1) == last) {
            return str.substring(1, last);
        }
        return str;
    }
`,
      },
      {
        command: "extract",
        before: STRIP_QUOTES,
        after: `    static String stripLeadingAndTrailingQuotes(String str) {
        return isQuoted(str) ? str.substring(1, str.length() - 1) : str;
    }

    private static boolean isQuoted(final String str) {
        final int length = str.length();
        return length > 1 && str.startsWith("\\"") && str.endsWith("\\"") && str.substring(1, length - 1).indexOf('"') == -1;
    }
`,
      },
      {
        command: "handleErrors",
        before: STRIP_QUOTES,
        after: STRIP_QUOTES.replace(
          "        final int length",
          "        if (str == null) {\n            return null;\n        }\n        final int length",
        ),
      },
      {
        command: "implement",
        before:
          '        if (str == null) {\n            return null;\n        }\n        if (str.startsWith("--")) {\n            return str.substring(2);\n        }\n        if (str.startsWith("-")) {\n            return str.substring(1);\n        }\n\n        return str;\n',
        after: '        return str == null ? null : str.replaceFirst("^--?", "");\n',
      },
    ],
  },
  {
    file: "fnv.rs",
    fence: "rust",
    changes: [
      {
        command: "optimize",
        before: WRITE,
        after: `    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100000001b3));
    }
`,
      },
      {
        command: "extract",
        before: "            hash = hash ^ (*byte as u64);\n            hash = hash.wrapping_mul(0x100000001b3);\n",
        after: "            hash = mixed(hash, *byte);\n",
      },
      {
        command: "handleErrors",
        before: WRITE,
        after: WRITE.replace(
          "        let FnvHasher",
          "        debug_assert!(!bytes.is_empty());\n        let FnvHasher",
        ),
      },
      {
        command: "implement",
        before: "    pub fn with_key(key: u64) -> FnvHasher {\n        FnvHasher(key)\n    }\n",
        after: "    pub const fn with_key(key: u64) -> FnvHasher {\n        FnvHasher(key)\n    }\n",
      },
    ],
  },
];
