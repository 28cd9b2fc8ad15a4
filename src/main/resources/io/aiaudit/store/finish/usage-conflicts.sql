-- Times of one metric that usage files tell several times and not alike: how many, and one of them.
SELECT count(*), min(resource_id || ' ' || metric || ' ' || moment)
FROM (
  SELECT resource_id, metric, moment
  FROM work.usage_rows SEMI JOIN crowded ON number = hour_number(resource_id, metric, moment)
  GROUP BY ALL
  HAVING count(DISTINCT {'average': average, 'maximum': maximum, 'total': total, 'samples': samples}) > 1
)
