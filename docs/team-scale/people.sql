-- The sums of each person (lines "person" of pairwise.sums/1), without whose they are: estimators F and I by strata, with each
-- way to count time, C1 and C2 by arms, the sample ratio, the guardrails, and the bets on the claims.
-- Where flaws is not 0 the rows can't be of one experiment, and pairwise-report takes no sums: flaws.sql says whose they are.
SELECT
  'pairwise.sums/1' AS schema,
  'person' AS line,
  * EXCEPT (user, oddPlans, oddStrata),
  oddPlans + oddStrata AS flaws
FROM
(
  -- Over all of a person's blocks.
  SELECT
    user,
    min(size) AS k,
    toUInt64(min(size) != max(size) OR min(planVersion) != max(planVersion) OR min(tier) != max(tier)) AS oddPlans,
    countIf(arm = 'on') AS drawnOn,
    countIf(arm = 'off') AS drawnOff,
    countIf(isOn) AS qualifyingOn,
    countIf(isOff) AS qualifyingOff,
    sumIf(y, isOn) AS onY,
    sumIf(t, isOn) AS onT,
    sumIf(y * y, isOn) AS onYY,
    sumIf(y * t, isOn) AS onYT,
    sumIf(t * t, isOn) AS onTT,
    sumIf(u, isOn) AS onU,
    sumIf(u * u, isOn) AS onUU,
    sumIf(y, isOff) AS offY,
    sumIf(t, isOff) AS offT,
    sumIf(y * y, isOff) AS offYY,
    sumIf(y * t, isOff) AS offYT,
    sumIf(t * t, isOff) AS offTT,
    sumIf(u, isOff) AS offU,
    sumIf(u * u, isOff) AS offUU,
    sumIf(newErrors, isOn) AS onNewErrors,
    sumIf(undos, isOn) AS onUndos,
    sumIf(dayOldAiChars, isOn) AS onDayOldAiChars,
    sumIf(churnedAiChars, isOn) AS onChurnedAiChars,
    sumIf(newErrors, isOff) AS offNewErrors,
    sumIf(undos, isOff) AS offUndos,
    sumIf(dayOldAiChars, isOff) AS offDayOldAiChars,
    sumIf(churnedAiChars, isOff) AS offChurnedAiChars,
    sumIf(manualTriggers, arm = 'off') AS manualTriggersOff,
    sumIf(shown, arm = 'off') AS shownOff,
    countIf(whyNot = 'interrupted') AS leftOutInterrupted,
    countIf(whyNot = 'not-counted') AS leftOutNotCounted,
    countIf(whyNot = 'came-twice') AS leftOutCameTwice,
    countIf(whyNot = 'little-focus') AS leftOutLittleFocus,
    countIf(whyNot = 'no-activity') AS leftOutNoActivity,
    countIf(whyNot = 'unknown') AS leftOutUnknown
  FROM
  (
    SELECT
      *,
      k AS size,
      qualifies AND arm = 'on' AS isOn,
      qualifies AND arm = 'off' AS isOff,
      netChars AS y,
      active120Ms / 60000 AS t,
      log(greatest(y, 1)) - log(t) AS u
    FROM block_rows FINAL
  )
  GROUP BY user
  HAVING countIf(planVersion = 1 AND tier = 2) > 0
) AS blocks
INNER JOIN
(
  -- Over a person's strata.
  SELECT
    user,
    sumIf(fitOn, isCompared) AS comparedOn,
    sumIf(fitOff, isCompared) AS comparedOff,
    countIf(isCompared) AS strata,
    countIf(fitOff = 0) AS strataWithoutOff,
    countIf(fitOff > 0 AND fitOn = 0) AS strataWithoutOn,
    sumIf(d, isCompared) AS sumD,
    sumIf(d * d, isCompared) AS sumD2,
    sumIf(d60, isCompared) AS sumD60,
    sumIf(d60 * d60, isCompared) AS sumD60Squared,
    sumIf(d300, isCompared) AS sumD300,
    sumIf(d300 * d300, isCompared) AS sumD300Squared,
    sumIf(dFocus, isCompared) AS sumDFocus,
    sumIf(dFocus * dFocus, isCompared) AS sumDFocusSquared,
    countIf(drawnOff > 1) AS oddStrata,
    -- For each claim, side and lambda the sum of ln e = ln m - ln(1 + exp(-+lambda ln claim) sum of exp(+-lambda d)), over strata of
    -- m blocks, with d = u_on - u_off of each block with suggestions.
    [
      sumIf(lnBlocks - log1p(exp(-0.25 * log(10)) * plus0_25), isCompared), -- 10 + 0.25
      sumIf(lnBlocks - log1p(exp(-0.5 * log(10)) * plus0_5), isCompared), -- 10 + 0.5
      sumIf(lnBlocks - log1p(exp(-1 * log(10)) * plus1), isCompared), -- 10 + 1
      sumIf(lnBlocks - log1p(exp(-2 * log(10)) * plus2), isCompared), -- 10 + 2
      sumIf(lnBlocks - log1p(exp(-4 * log(10)) * plus4), isCompared), -- 10 + 4
      sumIf(lnBlocks - log1p(exp(0.25 * log(10)) * minus0_25), isCompared), -- 10 - 0.25
      sumIf(lnBlocks - log1p(exp(0.5 * log(10)) * minus0_5), isCompared), -- 10 - 0.5
      sumIf(lnBlocks - log1p(exp(1 * log(10)) * minus1), isCompared), -- 10 - 1
      sumIf(lnBlocks - log1p(exp(2 * log(10)) * minus2), isCompared), -- 10 - 2
      sumIf(lnBlocks - log1p(exp(4 * log(10)) * minus4), isCompared), -- 10 - 4
      sumIf(lnBlocks - log1p(exp(-0.25 * log(4)) * plus0_25), isCompared), -- 4 + 0.25
      sumIf(lnBlocks - log1p(exp(-0.5 * log(4)) * plus0_5), isCompared), -- 4 + 0.5
      sumIf(lnBlocks - log1p(exp(-1 * log(4)) * plus1), isCompared), -- 4 + 1
      sumIf(lnBlocks - log1p(exp(-2 * log(4)) * plus2), isCompared), -- 4 + 2
      sumIf(lnBlocks - log1p(exp(-4 * log(4)) * plus4), isCompared), -- 4 + 4
      sumIf(lnBlocks - log1p(exp(0.25 * log(4)) * minus0_25), isCompared), -- 4 - 0.25
      sumIf(lnBlocks - log1p(exp(0.5 * log(4)) * minus0_5), isCompared), -- 4 - 0.5
      sumIf(lnBlocks - log1p(exp(1 * log(4)) * minus1), isCompared), -- 4 - 1
      sumIf(lnBlocks - log1p(exp(2 * log(4)) * minus2), isCompared), -- 4 - 2
      sumIf(lnBlocks - log1p(exp(4 * log(4)) * minus4), isCompared), -- 4 - 4
      sumIf(lnBlocks - log1p(exp(-0.25 * log(3)) * plus0_25), isCompared), -- 3 + 0.25
      sumIf(lnBlocks - log1p(exp(-0.5 * log(3)) * plus0_5), isCompared), -- 3 + 0.5
      sumIf(lnBlocks - log1p(exp(-1 * log(3)) * plus1), isCompared), -- 3 + 1
      sumIf(lnBlocks - log1p(exp(-2 * log(3)) * plus2), isCompared), -- 3 + 2
      sumIf(lnBlocks - log1p(exp(-4 * log(3)) * plus4), isCompared), -- 3 + 4
      sumIf(lnBlocks - log1p(exp(0.25 * log(3)) * minus0_25), isCompared), -- 3 - 0.25
      sumIf(lnBlocks - log1p(exp(0.5 * log(3)) * minus0_5), isCompared), -- 3 - 0.5
      sumIf(lnBlocks - log1p(exp(1 * log(3)) * minus1), isCompared), -- 3 - 1
      sumIf(lnBlocks - log1p(exp(2 * log(3)) * minus2), isCompared), -- 3 - 2
      sumIf(lnBlocks - log1p(exp(4 * log(3)) * minus4), isCompared), -- 3 - 4
      sumIf(lnBlocks - log1p(exp(-0.25 * log(2.5)) * plus0_25), isCompared), -- 2.5 + 0.25
      sumIf(lnBlocks - log1p(exp(-0.5 * log(2.5)) * plus0_5), isCompared), -- 2.5 + 0.5
      sumIf(lnBlocks - log1p(exp(-1 * log(2.5)) * plus1), isCompared), -- 2.5 + 1
      sumIf(lnBlocks - log1p(exp(-2 * log(2.5)) * plus2), isCompared), -- 2.5 + 2
      sumIf(lnBlocks - log1p(exp(-4 * log(2.5)) * plus4), isCompared), -- 2.5 + 4
      sumIf(lnBlocks - log1p(exp(0.25 * log(2.5)) * minus0_25), isCompared), -- 2.5 - 0.25
      sumIf(lnBlocks - log1p(exp(0.5 * log(2.5)) * minus0_5), isCompared), -- 2.5 - 0.5
      sumIf(lnBlocks - log1p(exp(1 * log(2.5)) * minus1), isCompared), -- 2.5 - 1
      sumIf(lnBlocks - log1p(exp(2 * log(2.5)) * minus2), isCompared), -- 2.5 - 2
      sumIf(lnBlocks - log1p(exp(4 * log(2.5)) * minus4), isCompared), -- 2.5 - 4
      sumIf(lnBlocks - log1p(exp(-0.25 * log(1.67)) * plus0_25), isCompared), -- 1.67 + 0.25
      sumIf(lnBlocks - log1p(exp(-0.5 * log(1.67)) * plus0_5), isCompared), -- 1.67 + 0.5
      sumIf(lnBlocks - log1p(exp(-1 * log(1.67)) * plus1), isCompared), -- 1.67 + 1
      sumIf(lnBlocks - log1p(exp(-2 * log(1.67)) * plus2), isCompared), -- 1.67 + 2
      sumIf(lnBlocks - log1p(exp(-4 * log(1.67)) * plus4), isCompared), -- 1.67 + 4
      sumIf(lnBlocks - log1p(exp(0.25 * log(1.67)) * minus0_25), isCompared), -- 1.67 - 0.25
      sumIf(lnBlocks - log1p(exp(0.5 * log(1.67)) * minus0_5), isCompared), -- 1.67 - 0.5
      sumIf(lnBlocks - log1p(exp(1 * log(1.67)) * minus1), isCompared), -- 1.67 - 1
      sumIf(lnBlocks - log1p(exp(2 * log(1.67)) * minus2), isCompared), -- 1.67 - 2
      sumIf(lnBlocks - log1p(exp(4 * log(1.67)) * minus4), isCompared), -- 1.67 - 4
      sumIf(lnBlocks - log1p(exp(-0.25 * log(1.25)) * plus0_25), isCompared), -- 1.25 + 0.25
      sumIf(lnBlocks - log1p(exp(-0.5 * log(1.25)) * plus0_5), isCompared), -- 1.25 + 0.5
      sumIf(lnBlocks - log1p(exp(-1 * log(1.25)) * plus1), isCompared), -- 1.25 + 1
      sumIf(lnBlocks - log1p(exp(-2 * log(1.25)) * plus2), isCompared), -- 1.25 + 2
      sumIf(lnBlocks - log1p(exp(-4 * log(1.25)) * plus4), isCompared), -- 1.25 + 4
      sumIf(lnBlocks - log1p(exp(0.25 * log(1.25)) * minus0_25), isCompared), -- 1.25 - 0.25
      sumIf(lnBlocks - log1p(exp(0.5 * log(1.25)) * minus0_5), isCompared), -- 1.25 - 0.5
      sumIf(lnBlocks - log1p(exp(1 * log(1.25)) * minus1), isCompared), -- 1.25 - 1
      sumIf(lnBlocks - log1p(exp(2 * log(1.25)) * minus2), isCompared), -- 1.25 - 2
      sumIf(lnBlocks - log1p(exp(4 * log(1.25)) * minus4), isCompared), -- 1.25 - 4
      sumIf(lnBlocks - log1p(exp(-0.25 * log(1.1)) * plus0_25), isCompared), -- 1.1 + 0.25
      sumIf(lnBlocks - log1p(exp(-0.5 * log(1.1)) * plus0_5), isCompared), -- 1.1 + 0.5
      sumIf(lnBlocks - log1p(exp(-1 * log(1.1)) * plus1), isCompared), -- 1.1 + 1
      sumIf(lnBlocks - log1p(exp(-2 * log(1.1)) * plus2), isCompared), -- 1.1 + 2
      sumIf(lnBlocks - log1p(exp(-4 * log(1.1)) * plus4), isCompared), -- 1.1 + 4
      sumIf(lnBlocks - log1p(exp(0.25 * log(1.1)) * minus0_25), isCompared), -- 1.1 - 0.25
      sumIf(lnBlocks - log1p(exp(0.5 * log(1.1)) * minus0_5), isCompared), -- 1.1 - 0.5
      sumIf(lnBlocks - log1p(exp(1 * log(1.1)) * minus1), isCompared), -- 1.1 - 1
      sumIf(lnBlocks - log1p(exp(2 * log(1.1)) * minus2), isCompared), -- 1.1 - 2
      sumIf(lnBlocks - log1p(exp(4 * log(1.1)) * minus4), isCompared), -- 1.1 - 4
      sumIf(lnBlocks - log1p(exp(-0.25 * log(1)) * plus0_25), isCompared), -- 1 + 0.25
      sumIf(lnBlocks - log1p(exp(-0.5 * log(1)) * plus0_5), isCompared), -- 1 + 0.5
      sumIf(lnBlocks - log1p(exp(-1 * log(1)) * plus1), isCompared), -- 1 + 1
      sumIf(lnBlocks - log1p(exp(-2 * log(1)) * plus2), isCompared), -- 1 + 2
      sumIf(lnBlocks - log1p(exp(-4 * log(1)) * plus4), isCompared), -- 1 + 4
      sumIf(lnBlocks - log1p(exp(0.25 * log(1)) * minus0_25), isCompared), -- 1 - 0.25
      sumIf(lnBlocks - log1p(exp(0.5 * log(1)) * minus0_5), isCompared), -- 1 - 0.5
      sumIf(lnBlocks - log1p(exp(1 * log(1)) * minus1), isCompared), -- 1 - 1
      sumIf(lnBlocks - log1p(exp(2 * log(1)) * minus2), isCompared), -- 1 - 2
      sumIf(lnBlocks - log1p(exp(4 * log(1)) * minus4), isCompared) -- 1 - 4
    ] AS bets
  FROM
  (
    -- One row for each stratum: the mean with suggestions minus the one without.
    SELECT
      user,
      countIf(isOn) AS fitOn,
      countIf(isOff) AS fitOff,
      countIf(arm = 'off') AS drawnOff,
      fitOn > 0 AND fitOff > 0 AS isCompared,
      log(fitOn + 1) AS lnBlocks,
      sumIf(u, isOff) AS uOff,
      -- What all claims have in common.
      sumIf(exp(0.25 * u), isOn) * exp(-0.25 * uOff) AS plus0_25,
      sumIf(exp(0.5 * u), isOn) * exp(-0.5 * uOff) AS plus0_5,
      sumIf(exp(1 * u), isOn) * exp(-1 * uOff) AS plus1,
      sumIf(exp(2 * u), isOn) * exp(-2 * uOff) AS plus2,
      sumIf(exp(4 * u), isOn) * exp(-4 * uOff) AS plus4,
      sumIf(exp(-0.25 * u), isOn) * exp(0.25 * uOff) AS minus0_25,
      sumIf(exp(-0.5 * u), isOn) * exp(0.5 * uOff) AS minus0_5,
      sumIf(exp(-1 * u), isOn) * exp(1 * uOff) AS minus1,
      sumIf(exp(-2 * u), isOn) * exp(2 * uOff) AS minus2,
      sumIf(exp(-4 * u), isOn) * exp(4 * uOff) AS minus4,
      sumIf(u, isOn) / fitOn - uOff AS d,
      sumIf(u60, isOn) / fitOn - sumIf(u60, isOff) AS d60,
      sumIf(u300, isOn) / fitOn - sumIf(u300, isOff) AS d300,
      sumIf(uFocus, isOn) / fitOn - sumIf(uFocus, isOff) AS dFocus
    FROM
    (
      SELECT
        user,
        stratum,
        arm,
        qualifies AND arm = 'on' AS isOn,
        qualifies AND arm = 'off' AS isOff,
        log(greatest(netChars, 1)) AS lnChars,
        lnChars - log(active120Ms / 60000) AS u,
        lnChars - log(active60Ms / 60000) AS u60,
        lnChars - log(active300Ms / 60000) AS u300,
        lnChars - log(focusedMs / 60000) AS uFocus
      FROM block_rows FINAL
      WHERE planVersion = 1 AND tier = 2
    )
    GROUP BY user, stratum
  )
  GROUP BY user
) AS strata
USING (user)
SETTINGS optimize_aggregation_in_order = 1, output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
