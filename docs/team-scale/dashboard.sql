-- What the dashboard may see, and nothing else: weeks of at least five people. Whoever looks at a dashboard can send any query to its
-- data source, so give that a user who may read these views and not the table. They read it with the rights of who makes them.
CREATE OR REPLACE VIEW team_people DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT uniqExact(person) AS people
FROM block_rows FINAL
WHERE planVersion = 1 AND tier = 2
HAVING people >= 5;

CREATE OR REPLACE VIEW team_weeks DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
  toDateTime(toMonday(day)) AS time,
  count() AS drawn,
  countIf(qualifies) AS qualifying
FROM block_rows FINAL
WHERE planVersion = 1 AND tier = 2
GROUP BY time
HAVING uniqExactIf(person, qualifies) >= 5;

CREATE OR REPLACE VIEW team_splits DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
  toDateTime(toMonday(day)) AS time,
  toString(k) AS k,
  countIf(arm = 'off') / count() AS share
FROM block_rows FINAL
WHERE planVersion = 1 AND tier = 2 AND qualifies
GROUP BY time, k
HAVING uniqExact(person) >= 5;

CREATE OR REPLACE VIEW team_guardrails DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
  toDateTime(toMonday(day)) AS time,
  arm,
  3600000 * sum(newErrors) / sum(active120Ms) AS errorsPerHour,
  3600000 * sum(undos) / sum(active120Ms) AS undosPerHour
FROM block_rows FINAL
WHERE planVersion = 1 AND tier = 2 AND qualifies
GROUP BY time, arm
HAVING uniqExact(person) >= 5;

CREATE OR REPLACE VIEW team_churn DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
  toDateTime(toMonday(day)) AS time,
  sum(churnedAiChars) / sum(dayOldAiChars) AS gone
FROM block_rows FINAL
WHERE planVersion = 1 AND tier = 2 AND qualifies AND arm = 'on' AND dayOldAiChars > 0
GROUP BY time
HAVING uniqExact(person) >= 5;

-- Why half-hours don't count. A reason of fewer than five people would be what is left of the drawn ones: such reasons stand together,
-- and where they are those of fewer than five people all the same, no reason is told.
CREATE OR REPLACE VIEW team_reasons DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
  time,
  multiIf(whyNot = '', 'qualifies', rarePeople BETWEEN 1 AND 4, 'left out', isRare, 'other reasons', whyNot) AS why,
  sum(rows) AS halfHours
FROM
(
  SELECT
    time,
    whyNot,
    rows,
    isRare,
    length(arrayDistinct(arrayFlatten(groupArrayIf(persons, isRare) OVER (PARTITION BY time)))) AS rarePeople
  FROM
  (
    SELECT
      toDateTime(toMonday(day)) AS time,
      whyNot,
      count() AS rows,
      groupUniqArray(person) AS persons,
      whyNot != '' AND length(persons) < 5 AS isRare
    FROM block_rows FINAL
    WHERE planVersion = 1 AND tier = 2
    GROUP BY time, whyNot
  )
)
WHERE time IN (SELECT time FROM team_weeks)
GROUP BY time, why;
