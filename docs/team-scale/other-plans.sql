-- How many people have handed in by another plan alone (lines "other-plan" of pairwise.sums/2), each by the highest that they have:
-- they are in none of the sums.
SELECT
  'pairwise.sums/2' AS schema,
  'other-plan' AS line,
  tupleElement(plan, 1) AS planVersion,
  tupleElement(plan, 2) AS tier,
  count() AS people
FROM
(
  SELECT
    owner,
    max(plans) AS plan
  FROM
  (
    SELECT
      user,
      argMax(person, exportedMs) AS owner,
      any((planVersion, tier)) AS plans
    FROM block_rows FINAL
    GROUP BY user
  )
  GROUP BY owner
  HAVING countIf(plans = (1, 2)) = 0
)
GROUP BY plan
SETTINGS optimize_aggregation_in_order = 1, output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
