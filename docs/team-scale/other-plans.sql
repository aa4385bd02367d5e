-- How many people have handed in by another plan (lines "other-plan" of pairwise.sums/1): they are in none of the sums.
SELECT
  'pairwise.sums/1' AS schema,
  'other-plan' AS line,
  planVersion,
  tier,
  uniqExact(user) AS people
FROM block_rows FINAL
WHERE planVersion != 1 OR tier != 2
GROUP BY planVersion, tier
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
