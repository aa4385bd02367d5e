/** Programming languages that code is translated to, by VS Code's identifiers. */

export interface ProgrammingLanguage {
  readonly id: string;
  readonly name: string;
}

/** All but the one it is in; those that the user works with first. */
export function targetLanguages(from: string, used: readonly string[]): readonly ProgrammingLanguage[] {
  const others = languages.filter(({ id }) => id !== from);
  const isUsed = ({ id }: ProgrammingLanguage): boolean => used.includes(id);
  return [...others.filter(isUsed), ...others.filter((each) => !isUsed(each))];
}

export function translationInstruction({ name }: ProgrammingLanguage): string {
  return `Translate to ${name}. Say what could not be kept as it was in a comment at the top of the code.`;
}

const languages: readonly ProgrammingLanguage[] = [
  { id: "python", name: "Python" },
  { id: "typescript", name: "TypeScript" },
  { id: "javascript", name: "JavaScript" },
  { id: "java", name: "Java" },
  { id: "go", name: "Go" },
  { id: "rust", name: "Rust" },
  { id: "csharp", name: "C#" },
  { id: "cpp", name: "C++" },
  { id: "c", name: "C" },
  { id: "kotlin", name: "Kotlin" },
  { id: "swift", name: "Swift" },
  { id: "php", name: "PHP" },
  { id: "ruby", name: "Ruby" },
  { id: "scala", name: "Scala" },
  { id: "dart", name: "Dart" },
  { id: "lua", name: "Lua" },
  { id: "r", name: "R" },
  { id: "julia", name: "Julia" },
  { id: "shellscript", name: "Bash" },
  { id: "powershell", name: "PowerShell" },
  { id: "sql", name: "SQL" },
];
