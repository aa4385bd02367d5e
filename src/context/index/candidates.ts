/** The definitions of other files that may be needed at a caret, each with how much speaks for it. */

import { familyOf } from "../sources/languageFamilies.ts";
import type { CaretNames } from "./caretNames.ts";
import { companyOf, type Company } from "./company.ts";
import type { FileTable, IndexedFile } from "./fileTable.ts";
import { outlineOf } from "./outline.ts";
import { ownersOf, type Owners } from "./owners.ts";
import type { CaretQuery } from "./query.ts";
import type { Shares } from "./shares.ts";
import type { Weighed } from "./weighed.ts";

/**
 * How much each kind of evidence counts: the weights of a conditional logit, fitted to some 600 places in ten open
 * repositories (TypeScript and Python; none of those that the benchmark measures with). All evidence is from 0 to 1.
 */
const weights = {
  /** Files that resemble this one, and what stands near the caret, use its name. */
  company: 4.4,
  /** Its owner is what the receiver is, or is made of. */
  receiver: 5.3,
  /** Its owner's type stands near the caret, or something near is made of it. */
  owner: 1.2,
  /** Its owner is a parameter's type of the called function. */
  argument: 4.4,
  /** A signature of something near names it. */
  mentioned: 0.8,
  imported: 1.2,
  importedByImported: 0.3,
  sameFolder: 0.25,
  memberAfterDot: 1.2,
  /** Keys, attributes, enumerations' members are written without a dot, too. */
  memberElsewhere: 2.2,
  exportedElsewhere: -1.2,
  /** Many files use its name. */
  popular: 0.7,
  /** Many others have its name. */
  ambiguous: -3.6,
  /** Words of its name stand near the caret. */
  words: 2.1,
  // Set by hand: the places had no name that was begun.
  begun: 4,
  begunOtherwise: -3,
} as const;

export interface CaretFile {
  readonly path: string;
  readonly folder: string;
  /** The numbers of all names that stand in it have a share. Until the next query. */
  readonly names: Pick<Shares, "of" | "changed">;
  readonly imports: readonly number[];
}

/** So many imports away; 0 for a file that is near by other means. */
type Hops = 0 | 1 | 2;

/** What speaks for definitions at a caret. */
interface Evidence {
  readonly caret: CaretNames;
  readonly here: CaretFile;
  readonly near: ReadonlyMap<number, number>;
  readonly company: Company;
  readonly owners: Owners;
  readonly words: Pick<Shares, "of">;
  /** The called function's name. */
  readonly callee: number | undefined;
}

/** They are good until the next query. */
export function findCandidates(table: FileTable, caret: CaretNames, here: CaretFile, query: CaretQuery): Weighed {
  const near = numbered(table, caret.near);
  const company = companyOf(table, near, here);
  const owners = ownersOf(table, caret, near, here);
  const words = wordsOf(table, caret.near);
  const callee = caret.callee === undefined ? undefined : table.names.known(caret.callee);
  const evidence = { caret, here, near, company, owners, words, callee };
  const candidates = table.weighed;
  candidates.reset();
  const own = table.byPath(here.path);
  if (own)
    for (const { index, score } of outlineOf(table, own, caret, owners, query))
      candidates.add(own.id, index, score, "own");
  const family = familyOf(query.languageId);
  let looked = 0;
  for (const [id, hops] of filesOf(table, company, owners, here, query.recent)) {
    const file = table.get(id);
    if (!file || file.path === here.path) continue;
    // What stands in another language can't be written here, unless it is imported.
    if (hops !== 1 && familyOf(file.languageId) !== family) continue;
    looked += file.definitions.length;
    if (looked > MOST_LOOKED_AT) break;
    weighFile(table, evidence, file, hops, candidates);
  }
  return candidates;
}

/** A function of its own, since V8 compiles the loop once for all files then, and not anew in every query. */
function weighFile(table: FileTable, evidence: Evidence, file: IndexedFile, hops: Hops, candidates: Weighed): void {
  const { caret, here, near, company, owners, words, callee } = evidence;
  const { id, definitions } = file;
  const ofFile =
    (hops === 1 ? weights.imported : hops === 2 ? weights.importedByImported : 0) +
    (file.folder === here.folder ? weights.sameFolder : 0);
  const place = hops === 1 ? "imported" : file.folder === here.folder ? "sibling" : "related";
  // Members of one owner follow each other.
  let lastParent = -1;
  let ofOwner = NOTHING_OF_OWNER;
  for (let index = 0; index < definitions.length; index += 1) {
    const name = file.defined[index] ?? -1;
    if (here.names.of(name) > 0) {
      const score = scoreOfUsed(table, name, near.get(name) ?? 0, hops, name === callee);
      if (score !== undefined) candidates.add(id, index, score, "used");
      continue;
    }
    let score = ofFile + weights.company * Math.min(1, company.names.of(name) * 3);
    let isOfType = false;
    const parent = definitions.parent(index);
    if (parent === -1) {
      if (!caret.afterDot && definitions.isExported(index)) score += weights.exportedElsewhere;
    } else {
      if (parent !== lastParent) ofOwner = evidenceOfOwner(owners, file.defined[parent] ?? -1);
      lastParent = parent;
      score += ofOwner.score;
      score += caret.afterDot ? weights.memberAfterDot : weights.memberElsewhere;
      isOfType = ofOwner.isOfType;
    }
    score += weights.mentioned * owners.mentioned.of(name);
    score += popularScores[Math.min(MOST_COUNTED, table.userCount(name))] ?? 0;
    score += ambiguousScores[Math.min(MOST_COUNTED, table.definerCount(name))] ?? 0;
    score += weights.words * table.names.shareOfWords(name, words);
    if (caret.begun !== "") {
      score += begins(table.names.nameOf(name), caret.begun) ? weights.begun : weights.begunOtherwise;
    }
    candidates.add(id, index, score, isOfType ? "type" : place);
  }
}

function evidenceOfOwner({ receiver, argument, types }: Owners, owner: number) {
  const ofReceiver = receiver.get(owner) ?? 0;
  const ofArgument = argument.get(owner) ?? 0;
  const ofNear = types.get(owner) ?? 0;
  return {
    score: weights.receiver * ofReceiver + weights.argument * ofArgument + weights.owner * ofNear,
    isOfType: ofReceiver + ofArgument + ofNear > CLEARLY,
  };
}

/** `begun` in small letters. Most names differ in the first one, and are not made small for that. */
function begins(name: string, begun: string): boolean {
  const first = name.charAt(0).toLowerCase().charAt(0);
  return first === begun.charAt(0) && name.toLowerCase().startsWith(begun);
}

/** What is called or named near the caret: its signature says how it is written. */
function scoreOfUsed(
  table: FileTable,
  name: number,
  nearness: number,
  hops: number,
  isCalled: boolean,
): number | undefined {
  if (nearness < LEAST_NEARNESS) return undefined;
  if (hops !== 1 && table.definerCount(name) > 2) return undefined;
  return USED_SCORE + USED_NEARNESS * nearness + (isCalled ? CALLED_SCORE : 0);
}

function numbered(table: FileTable, near: ReadonlyMap<string, number>): ReadonlyMap<number, number> {
  const numbers = new Map<number, number>();
  for (const [name, weight] of near) {
    const id = table.names.known(name);
    if (id !== undefined) numbers.set(id, weight);
  }
  return numbers;
}

function filesOf(
  table: FileTable,
  company: Company,
  owners: Owners,
  here: CaretFile,
  recent: readonly string[],
): ReadonlyMap<number, Hops> {
  const files = new Map<number, Hops>();
  const take = (id: number, hops: Hops): void => {
    if (files.size < MOST_FILES && !files.has(id)) files.set(id, hops);
  };
  for (const id of here.imports) take(id, 1);
  for (const id of company.files) take(id, 0);
  for (const id of owners.files) take(id, 0);
  for (const id of here.imports) {
    const file = table.get(id);
    if (file) for (const other of table.importsOf(file)) take(other, 2);
  }
  for (const path of recent) {
    const file = table.byPath(path);
    if (file) take(file.id, 0);
  }
  let siblings = 0;
  for (const id of table.inFolder(here.folder)) {
    if ((siblings += 1) > MOST_SIBLINGS) break;
    take(id, 0);
  }
  return files;
}

/** By the word's number; until the next query. */
function wordsOf(table: FileTable, near: ReadonlyMap<string, number>): Pick<Shares, "of"> {
  const words = new Map<number, number>();
  for (const [name, weight] of near) {
    if (weight < 0.3) continue;
    for (const word of table.names.wordNumbersIn(name)) words.set(word, Math.max(weight, words.get(word) ?? 0));
  }
  const shares = table.wordShares;
  shares.reset(table.names.wordCount);
  for (const [word, weight] of words) shares.add(word, weight);
  return shares;
}

const CLEARLY = 0.3;
const NOTHING_OF_OWNER = { score: 0, isOfType: false };
/** From here on a count changes nothing. */
const MOST_COUNTED = 255;
const counts = Array.from({ length: MOST_COUNTED + 1 }, (_, count) => count);
const popularScores = counts.map((count) => weights.popular * Math.min(1, Math.log2(1 + count) / 8));
const ambiguousScores = counts.map((count) => weights.ambiguous * Math.min(1, Math.log2(count) / 5));
const LEAST_NEARNESS = 0.25;
const USED_SCORE = 2;
const USED_NEARNESS = 2;
const CALLED_SCORE = 6;
const MOST_LOOKED_AT = 2_500;
const MOST_FILES = 120;
const MOST_SIBLINGS = 60;
