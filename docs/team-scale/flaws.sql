-- For whoever may read the rows: experiments (user) whose rows can't be of one, and why. Their sums are not taken, nor anybody's with
-- them, until these rows are gone (ALTER TABLE block_rows DELETE WHERE user = '...').
SELECT
  user,
  uniqExact(k) > 1 AS sizesOfGroupsDiffer,
  uniqExact((planVersion, tier)) > 1 AS plansDiffer,
  countIf(arm = 'off') - uniqExactIf(stratum, arm = 'off') AS secondHalfHoursWithout,
  -- Of each group up to the last one that is there.
  arraySum(mapValues(maxMap(map(stratum, position + 1)))) - count() AS missingHalfHours,
  count() AS halfHours
FROM block_rows FINAL
GROUP BY user
HAVING sizesOfGroupsDiffer OR plansDiffer OR secondHalfHoursWithout > 0 OR missingHalfHours > 0
ORDER BY user
SETTINGS optimize_aggregation_in_order = 1
