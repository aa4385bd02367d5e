-- Block rows as people hand them in (schema pairwise.blocks/1), for ClickHouse.
-- What a row can't be is refused here as `pairwise-report team` refuses it from a file: the whole file that it stands in is not taken.
-- Whole numbers have 64 bits, since ClickHouse takes a number that is too large for its column as another one.
-- A half-hour that is handed in again replaces what was known of it: the row that was exported last counts.
CREATE TABLE IF NOT EXISTS block_rows
(
  schema LowCardinality(String),
  user FixedString(16),
  exportedMs UInt64,
  planVersion UInt64,
  tier UInt64,
  k UInt64,
  stratum UInt64,
  position UInt64,
  arm Enum8('off' = 0, 'on' = 1),
  slotMs UInt64,
  day Date,
  qualifies Bool,
  whyNot LowCardinality(String),
  netChars Float64,
  netTypedChars Float64,
  netAiChars Float64,
  writtenChars UInt64,
  unknownChars UInt64,
  excludedChars UInt64,
  active120Ms UInt64,
  active60Ms UInt64,
  active300Ms UInt64,
  focusedMs UInt64,
  manualTriggers UInt64,
  shown UInt64,
  accepts UInt64,
  heldBack UInt64,
  newErrors UInt64,
  undos UInt64,
  changes UInt64,
  dayOldAiChars UInt64,
  churnedAiChars UInt64,
  CONSTRAINT schemaIsKnown CHECK match(schema, '^pairwise[.]blocks/1$'),
  CONSTRAINT userIsRandomName CHECK match(user, '^[0-9a-f]{16}$'),
  CONSTRAINT planIsNumber CHECK planVersion <= 9007199254740991 AND tier <= 9007199254740991,
  CONSTRAINT placeIsInGroup CHECK k IN (2, 5) AND position < k AND stratum <= 9007199254740991,
  CONSTRAINT slotIsHalfHour CHECK slotMs % 1800000 = 0,
  CONSTRAINT reasonIsKnown CHECK whyNot IN ('', 'interrupted', 'not-counted', 'came-twice', 'little-focus', 'no-activity', 'unknown'),
  CONSTRAINT reasonIsWhereItDoesNotCount CHECK qualifies = empty(whyNot),
  CONSTRAINT charsAreOfHalfHour CHECK netChars BETWEEN 0 AND 1e9 AND netTypedChars BETWEEN 0 AND 1e9 AND netAiChars BETWEEN 0 AND 1e9,
  CONSTRAINT countsAreOfHalfHour CHECK greatest(
    writtenChars, unknownChars, excludedChars, manualTriggers, shown, accepts, heldBack, newErrors, undos, changes,
    dayOldAiChars, churnedAiChars, active120Ms, active60Ms, active300Ms, focusedMs
  ) <= 1000000000,
  CONSTRAINT whatCountsHasTime CHECK NOT qualifies OR least(active120Ms, active60Ms, active300Ms, focusedMs) > 0
)
ENGINE = ReplacingMergeTree(exportedMs)
ORDER BY (user, stratum, position);
