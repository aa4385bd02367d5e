/** A file of a few lines, and where in it even a small model knows what comes. `remarks`: sentences on top of it. */
export function sampleText(remarks: readonly string[]): { readonly text: string; readonly caret: number } {
  const before = `${remarks.map((remark) => `// ${remark}\n`).join("")}
function largest(numbers) {
  return Math.max(...numbers);
}

function smallest(numbers) {
  return `;
  const after = `
}

function average(numbers) {
  let total = 0;
  for (const number of numbers) {
    total += number;
  }
  return
}
`;
  return { text: before + after, caret: before.length };
}
