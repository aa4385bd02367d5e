-- The sums of each experiment (lines "experiment" of pairwise.sums/2): estimators F and I by strata, with each way to count time, C1
-- and C2 by arms, the sample ratio, the guardrails, and the bets on the claims. Whose it is stands there as a hash, which is the same
-- for one person's experiments, and is empty where the rows don't say it; pairwise-report puts them together.
-- Where flaws is not 0 the rows can't be of one experiment, and pairwise-report takes no sums: flaws.sql says which they are.
SELECT
  'pairwise.sums/2' AS schema,
  'experiment' AS line,
  if(owner = user, '', leftPad(lower(hex(sipHash64(owner))), 16, '0')) AS person,
  * EXCEPT (user, owner, oddPlans, oddStrata),
  oddPlans + oddStrata AS flaws
FROM
(
  -- Over all of an experiment's blocks. Whose it is the row says that was exported last.
  SELECT
    user,
    argMax(person, exportedMs) AS owner,
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
  -- Over an experiment's strata.
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
    countIf(drawnOff > 1 OR drawn <= lastPosition) AS oddStrata,
    -- For each claim, side and lambda, in this order, the sum of ln e = ln m - ln(1 + claim^-scale * sum of exp(scale d)), over strata
    -- of m blocks, with d = u_on - u_off of each block with suggestions; the scale is lambda, below 0 for the side "-".
    sumForEach(arrayFlatten(arrayMap(
      claim -> arrayMap(
        (scale, away) -> if(isCompared, lnBlocks - log1p(exp(-scale * log(claim)) * away), 0),
        scales,
        sumsAway
      ),
      [10, 4, 3, 2.5, 1.67, 1.25, 1.1, 1]
    ))) AS bets
  FROM
  (
    -- One row for each stratum: the mean with suggestions minus the one without.
    SELECT
      user,
      countIf(isOn) AS fitOn,
      countIf(isOff) AS fitOff,
      countIf(arm = 'off') AS drawnOff,
      count() AS drawn,
      max(position) AS lastPosition,
      fitOn > 0 AND fitOff > 0 AS isCompared,
      log(fitOn + 1) AS lnBlocks,
      sumIf(u, isOff) AS uOff,
      -- What all claims have in common.
      [0.25, 0.5, 1, 2, 4, -0.25, -0.5, -1, -2, -4] AS scales,
      arrayMap(
        (scale, on) -> on * exp(-scale * uOff),
        scales,
        sumForEach(arrayMap(scale -> if(isOn, exp(scale * u), 0), scales))
      ) AS sumsAway,
      sumIf(u, isOn) / fitOn - uOff AS d,
      sumIf(u60, isOn) / fitOn - sumIf(u60, isOff) AS d60,
      sumIf(u300, isOn) / fitOn - sumIf(u300, isOff) AS d300,
      sumIf(uFocus, isOn) / fitOn - sumIf(uFocus, isOff) AS dFocus
    FROM
    (
      SELECT
        user,
        stratum,
        position,
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
