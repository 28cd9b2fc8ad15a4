-- What was counted twice since it stays open: both sums, and what they are together.
WITH sums AS (
  SELECT pair, currency, sum(first_billed) AS first_billed, sum(second_billed) AS second_billed
  FROM undecided_days GROUP BY ALL
), days AS (
  SELECT pair, count(DISTINCT day)::BIGINT AS days FROM undecided_days GROUP BY ALL
)
SELECT a.name, b.name, days, in_words(first_billed, currency), in_words(second_billed, currency),
  in_words(first_billed + second_billed, currency)
FROM sums JOIN days USING (pair)
  JOIN (SELECT pair, min(name) AS name FROM undecided_files WHERE side = 1 GROUP BY pair) a USING (pair)
  JOIN (SELECT pair, min(name) AS name FROM undecided_files WHERE side = 2 GROUP BY pair) b USING (pair)
GROUP BY pair, a.name, b.name, days
ORDER BY ALL
