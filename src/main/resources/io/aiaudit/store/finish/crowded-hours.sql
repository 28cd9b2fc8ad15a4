-- Hours of usage files that several rows have. Most have one row, and there is nothing to put together: a number
-- for each hour finds them, where their words would not fit in memory. Two hours with the same number only take the
-- longer way.

CREATE OR REPLACE TEMP MACRO hour_number(resource_id, metric, moment) AS hash(resource_id, metric,
  date_trunc('hour', moment));

CREATE TEMP TABLE crowded AS
SELECT hour_number(resource_id, metric, moment) AS number FROM work.usage_rows GROUP BY ALL HAVING count(*) > 1;
