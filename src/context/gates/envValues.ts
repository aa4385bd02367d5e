/** The values in a file of environment variables, as secrets to be looked for elsewhere. */

export function valuesOfEnv(text: string): readonly string[] {
  return Array.from(text.matchAll(LINE), ([, quoted, plain = ""]) => quoted?.slice(1, -1) ?? plain.trim()).filter(
    Boolean,
  );
}

const LINE = /^[ \t]*(?:export[ \t]+)?[\w.]+[ \t]*=[ \t]*(?:("[^"\n]*"|'[^'\n]*')|([^#\n]*))/gm;
