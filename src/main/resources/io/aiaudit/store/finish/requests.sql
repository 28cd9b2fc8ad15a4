-- Requests that carry a hash: how many there were in an hour, and how many of them came before in the same hour, day or
-- week. A cache that keeps a response for as long hits at least as often: within one such span it misses once for each
-- hash. Between the first and the last row of a resource the log is whole: an hour without a row had no request.

INSERT INTO work.metrics
WITH requests AS (          -- one time of one hash is one request, also where two files have it
  SELECT resource_id, request_hash, moment, max(coalesce(total, 1)) AS total
  FROM work.usage_rows WHERE metric = 'requests' AND request_hash IS NOT NULL
  GROUP BY ALL
), seen AS (
  SELECT resource_id, date_trunc('hour', moment) AS hour, total,
    row_number() OVER (PARTITION BY resource_id, request_hash, date_trunc('hour', moment)
      ORDER BY moment) = 1 AS is_new_1h,
    row_number() OVER (PARTITION BY resource_id, request_hash, date_trunc('day', moment)
      ORDER BY moment) = 1 AS is_new_24h,
    row_number() OVER (PARTITION BY resource_id, request_hash, date_trunc('week', moment)
      ORDER BY moment) = 1 AS is_new_7d
  FROM requests
), hours AS (
  SELECT resource_id, unnest(range(min(hour), max(hour) + INTERVAL 1 HOUR, INTERVAL 1 HOUR)) AS hour FROM seen
    GROUP BY resource_id
), counted AS (
  SELECT resource_id, hour, coalesce(sum(total), 0) AS requests_hashed,
    coalesce(sum(total - is_new_1h::INTEGER), 0) AS requests_repeated_1h,
    coalesce(sum(total - is_new_24h::INTEGER), 0) AS requests_repeated_24h,
    coalesce(sum(total - is_new_7d::INTEGER), 0) AS requests_repeated_7d
  FROM hours LEFT JOIN seen USING (resource_id, hour)
  GROUP BY ALL
)
SELECT 'files', '', resource_id, metric, hour, NULL, NULL, total, NULL
FROM (UNPIVOT counted ON requests_hashed, requests_repeated_1h, requests_repeated_24h,
  requests_repeated_7d INTO NAME metric VALUE total);
