/** A year of half-hours of thousands of people, made inside ClickHouse: the same ones every time. */

/** 250 days of 16 half-hours. */
export const BLOCKS_A_PERSON = 4_000;

/**
 * The statement that inserts so many rows, from one number on; whole people at a time. Four of five people have pairs, the others
 * groups of five; each has an effect of their own around 1.2.
 */
export const insertBlocks = (from: number, count: number): string => `
INSERT INTO block_rows
SELECT
  'pairwise.blocks/2', lower(leftPad(hex(person + 1000000), 16, '0')), lower(leftPad(hex(person), 16, '0')), 1795973405000, 1, 2, size, stratum, position,
  if(isOff, 'off', 'on'),
  1767225600000 + intDiv(block, 16) * 86400000 + (block % 16) * 1800000,
  toDate('2026-01-01') + intDiv(block, 16),
  fits, if(fits, '', 'little-focus'),
  chars, 0.7 * chars, 0.3 * chars, toUInt32(chars), 0, 0,
  active, toUInt32(0.9 * active), least(1500000, toUInt32(1.1 * active)), 1500000,
  0, if(isOff, 0, 20), if(isOff, 0, 6), if(isOff, 20, 0), h % 3, h % 5, toUInt32(chars), 100, h % 40
FROM
(
  SELECT
    intDiv(number, 4000) AS person,
    number % 4000 AS block,
    if(person % 5 = 4, 5, 2) AS size,
    toUInt32(intDiv(block, size)) AS stratum,
    block % size AS position,
    cityHash64('off', person, stratum) % size = position AS isOff,
    cityHash64('row', number) AS h,
    cityHash64('fit', number) % 100 < 85 AS fits,
    toUInt32(720000 + 13 * (h % 60000)) AS active,
    -- Box and Muller, of numbers that are the same every time.
    sqrt(-2 * log((1 + cityHash64('a', number) % 1000000007) / 1000000008)) * cos(2 * pi() * (cityHash64('b', number) % 1000000007) / 1000000007) AS z,
    sqrt(-2 * log((1 + cityHash64('c', person, stratum) % 1000000007) / 1000000008)) AS zStratum,
    sqrt(-2 * log((1 + cityHash64('d', person) % 1000000007) / 1000000008)) * cos(2 * pi() * (cityHash64('e', person) % 1000000007) / 1000000007) AS zPerson,
    round(25 * exp(0.3 * zStratum + if(isOff, 0, log(1.2) + 0.15 * zPerson) + 0.5 * z) * active / 60000) AS chars
  FROM numbers(${from}, ${count})
)
`;
