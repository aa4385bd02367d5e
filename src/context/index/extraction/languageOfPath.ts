/** Which language a file is in, by its name, as VS Code calls it. */

/** `undefined` for what is no source text. Of a name with several dots the last one counts. */
export function languageIdOfPath(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const dot = name.lastIndexOf(".");
  return dot === -1 ? byName[name] : byEnding[name.slice(dot + 1)];
}

const byName: Readonly<Record<string, string>> = { dockerfile: "dockerfile", makefile: "makefile", rakefile: "ruby" };

const byEnding: Readonly<Record<string, string>> = {
  ts: "typescript",
  mts: "typescript",
  cts: "typescript",
  tsx: "typescriptreact",
  js: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  jsx: "javascriptreact",
  py: "python",
  pyi: "python",
  go: "go",
  rs: "rust",
  java: "java",
  c: "c",
  // As VS Code has it; headers of C are read by the same grammar.
  h: "cpp",
  cc: "cpp",
  cpp: "cpp",
  cxx: "cpp",
  hh: "cpp",
  hpp: "cpp",
  hxx: "cpp",
  cs: "csharp",
  php: "php",
  rb: "ruby",
  sh: "shellscript",
  bash: "shellscript",
  ps1: "powershell",
  psm1: "powershell",
  css: "css",
  // Without a grammar here: their names alone are known.
  kt: "kotlin",
  kts: "kotlin",
  swift: "swift",
  scala: "scala",
  dart: "dart",
  lua: "lua",
  ex: "elixir",
  exs: "elixir",
  hs: "haskell",
  ml: "ocaml",
  fs: "fsharp",
  vb: "vb",
  m: "objective-c",
  mm: "objective-cpp",
  r: "r",
  jl: "julia",
  pl: "perl",
  pm: "perl",
  vue: "vue",
  svelte: "svelte",
  sql: "sql",
  proto: "proto3",
  graphql: "graphql",
  gql: "graphql",
  scss: "scss",
  less: "less",
  zig: "zig",
  nim: "nim",
  groovy: "groovy",
  gradle: "groovy",
};
