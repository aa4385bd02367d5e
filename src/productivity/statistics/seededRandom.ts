/**
 * A source of numbers in [0, 1) that is the same for the same seed: sfc32 (Doty-Humphrey's Small Fast Counter, of PractRand), which
 * passes the usual batteries of tests. For simulations and Monte Carlo; nothing that must not be guessed comes from it.
 *
 * @param seed A whole number; its lower 32 bits count.
 */
export function seededRandom(seed: number): () => number {
  let a = 0;
  let b = 0;
  let c = seed | 0;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first ones still show the seed.
  for (let round = 0; round < 15; round += 1) next();
  return next;
}

/**
 * The same generator for many numbers at a time, which costs a quarter as much: fills what it is given with whole numbers of 32 bits,
 * those of `seededRandom(seed)` times 2^32.
 */
export function seededWords(seed: number): (words: Uint32Array) => void {
  let a = 0;
  let b = 0;
  let c = seed | 0;
  let counter = 1;
  const fill = (words: Uint32Array): void => {
    // The loop's own, which a processor keeps at hand.
    let [one, two, three, count] = [a, b, c, counter];
    for (let at = 0; at < words.length; at += 1) {
      const sum = (((one + two) | 0) + count) | 0;
      count = (count + 1) | 0;
      one = two ^ (two >>> 9);
      two = (three + (three << 3)) | 0;
      three = (((three << 21) | (three >>> 11)) + sum) | 0;
      words[at] = sum;
    }
    [a, b, c, counter] = [one, two, three, count];
  };
  fill(new Uint32Array(15));
  return fill;
}
