-- What was counted once, with the sums of both where these differ by a cent or more: of what is billed, else of what it
-- costs.
WITH sums AS (
  SELECT older, newer, currency, sum(of_older) AS of_older, sum(of_newer) AS of_newer,
    sum(older_effective) AS older_effective, sum(newer_effective) AS newer_effective, bool_and(is_ordered) AS is_ordered
  FROM other_sums GROUP BY ALL
), differing AS (
  SELECT older, newer, bool_or(abs(of_older - of_newer) >= 0.01) AS at_billed, bool_and(is_ordered) AS is_ordered,
    if(at_billed, in_words(of_older, currency), in_words(older_effective, currency)) AS of_older,
    if(at_billed, in_words(of_newer, currency), in_words(newer_effective, currency)) AS of_newer
  FROM sums
  GROUP BY older, newer
  HAVING at_billed OR bool_or(abs(older_effective - newer_effective) >= 0.01)
)
SELECT older, newer, min(first_day)::VARCHAR, max(last_day)::VARCHAR, sum(rows)::BIGINT, d.of_older, d.of_newer,
  at_billed, is_ordered
FROM taken_out LEFT JOIN differing d USING (older, newer)
GROUP BY ALL
ORDER BY ALL
