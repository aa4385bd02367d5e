import { both, type PublishedCode } from "./publishedCode.ts";

const written = (body: string): string => `    fn write(&mut self, bytes: &[u8]) {\n${body}    }\n`;
const hashed = (loop: string): string =>
  written(
    `        let FnvHasher(mut hash) = *self;\n\n${loop}            hash = hash.wrapping_mul(0x100000001b3);\n        }\n\n        *self = FnvHasher(hash);\n`,
  );
const loop = "        for byte in bytes.iter() {\n            hash = hash ^ (*byte as u64);\n";
const nibble =
  "/// Encode a single nibble of hex\n#[inline(always)]\nfn encode_nibble(src: u8) -> u8 {\n    let mut ret = src as i16 + 0x30;\n    // 0-9  0x30-0x39\n    // A-F  0x41-0x46\n    ret += ((0x39i16 - ret) >> 8) & (0x41i16 - 0x3a);\n    ret as u8\n}\n";
const asString = "pub fn encode_str<'a>(src: &[u8], dst: &'a mut [u8]) -> Result<&'a str, Error> {\n";

/** A file of `fnv`, and two of `base16ct`. */
export const rust: PublishedCode = {
  language: "Rust",
  languageId: "rust",
  fence: "rust",
  files: { "src/fnv.rs": "fnv.rs", "src/lib.rs": "base16ct/lib.rs", "src/upper.rs": "base16ct/upper.rs" },
  beside: { "Cargo.toml": '[package]\nname = "base16ct"\nversion = "0.2.0"\nedition = "2021"\n' },
  fix: {
    change: [hashed(loop), hashed("        for byte in bytes {\n            hash = hash ^ u64::from(*byte);\n")],
    mark: "*byte as u64",
    message: "casting `u8` to `u64` may become silently lossy if you later change the type",
  },
  edits: [
    [
      "optimize",
      "        for byte in bytes.iter() {\n            hash = hash ^ (*byte as u64);\n            hash = hash.wrapping_mul(0x100000001b3);\n        }\n",
      "        for &byte in bytes {\n            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100000001b3);\n        }\n",
    ],
    [
      "docs",
      ...both(
        [
          "    fn fnv1a(bytes: &[u8]) -> u64 {\n",
          "    /// The hash of the bytes, from the usual start.\n    fn fnv1a(bytes: &[u8]) -> u64 {\n",
        ],
        (head) =>
          `${head}        let mut hasher = FnvHasher::default();\n        hasher.write(bytes);\n        hasher.finish()\n    }\n`,
      ),
    ],
    [
      "simplify",
      hashed(loop),
      written(
        "        for byte in bytes {\n            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100000001b3);\n        }\n",
      ),
    ],
    [
      "optimize",
      hashed(loop),
      written(
        "        *self = FnvHasher(bytes.iter().fold(self.0, |hash, byte| {\n            (hash ^ (*byte as u64)).wrapping_mul(0x100000001b3)\n        }));\n",
      ),
    ],
    [
      "extract",
      ...both(
        [
          "        dst[0] = encode_nibble(src >> 4);\n        dst[1] = encode_nibble(src & 0x0f);\n    }\n    Ok(dst)\n}\n",
          "        encode_byte(*src, dst);\n    }\n    Ok(dst)\n}\n\nfn encode_byte(src: u8, dst: &mut [u8]) {\n    dst[0] = encode_nibble(src >> 4);\n    dst[1] = encode_nibble(src & 0x0f);\n}\n",
        ],
        (body) =>
          `pub fn encode<'a>(src: &[u8], dst: &'a mut [u8]) -> Result<&'a [u8], Error> {\n    let dst = dst\n        .get_mut(..encoded_len(src))\n        .ok_or(Error::InvalidLength)?;\n    for (src, dst) in src.iter().zip(dst.chunks_exact_mut(2)) {\n${body}`,
      ),
    ],
    [
      "types",
      "    let elen = encoded_len(input);\n    let mut dst = vec![0u8; elen];\n",
      "    let elen: usize = encoded_len(input);\n    let mut dst: Vec<u8> = vec![0u8; elen];\n",
    ],
    [
      "errors",
      `${asString}    encode(src, dst).map(|r| unsafe { core::str::from_utf8_unchecked(r) })\n}\n`,
      `${asString}    let encoded = encode(src, dst)?;\n    core::str::from_utf8(encoded).map_err(|_| Error::InvalidEncoding)\n}\n`,
    ],
    [
      "extract",
      "            hash = hash ^ (*byte as u64);\n            hash = hash.wrapping_mul(0x100000001b3);\n",
      "            hash = mixed(hash, *byte);\n",
    ],
  ],
  implement: {
    behind: nibble,
    comment: "\n// Tells whether a byte is a digit of upper hex.\n",
    code: "fn is_digit(src: u8) -> bool {\n    decode_nibble(src) < 16\n}\n",
  },
  explain: nibble,
  tests: {
    inFile: [
      nibble,
      `${nibble}\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn nibbles_come_back() {\n        for nibble in 0..16 {\n            assert_eq!(decode_nibble(encode_nibble(nibble)), u16::from(nibble));\n        }\n    }\n}\n`,
    ],
  },
  translate: {
    code: hashed(loop),
    to: "Python",
    result:
      "# Integers of Python do not wrap: the hash is cut to 64 bits.\ndef write(self, data: bytes) -> None:\n    for byte in data:\n        self.hash = ((self.hash ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF\n",
  },
  review: {
    path: "src/upper.rs",
    answer:
      '- **medium** (line 1) `let res = encode(input, &mut dst).expect("dst length is correct");`: panics where it could give back an error.\n- **low** `ret as u16`: a negative number becomes a large one; say so in a comment.\n',
    found: [
      [46, "Medium", "panics where it could give back an error\\."],
      [67, "Low", "a negative number becomes a large one\\; say so in a comment\\."],
    ],
  },
  rename: {
    declared: "src/lib.rs",
    old: "decode_inner",
    name: "decode_pairs",
    answer: "- `decode_inner` → `decode_pairs`: two digits at a time\n",
  },
};
