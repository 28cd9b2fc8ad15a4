-- A charge is billed twice when all words of its rows are the same, too: two machines of a group differ in a name that
-- the model has no column for. A charge that one unit has in several rows proves nothing, since the parts of an
-- export may hold as many equal ones. Tags are of the resource: a later run has those that were activated since. Where
-- a charge names none, they are what distinguishes it from others.

CREATE OR REPLACE TEMP TABLE worded AS
SELECT scope, unit, file_id, ordinal, provider, account, day, ChargeCategory, identity,
  hash(charge, words, CASE WHEN NOT has_id THEN tags END) AS charge
FROM compared LEFT JOIN wording USING (file_id, ordinal)
WHERE scope IN (SELECT scope FROM suspects);

CREATE OR REPLACE TEMP TABLE charge_units AS
SELECT *, max(rows) OVER charges AS most, count(*) OVER charges AS units
FROM (SELECT scope, charge, unit, count(*) AS rows FROM worded GROUP BY ALL)
WINDOW charges AS (PARTITION BY scope, charge);

-- A unit repeats others where they have half of what it has once, and that is not only a row or two of many.
CREATE OR REPLACE TEMP TABLE repeating AS
SELECT scope, unit, again >= once * 0.9 AS is_whole
FROM (
  SELECT scope, unit, sum(rows) AS rows, coalesce(sum(rows) FILTER (most = 1), 0) AS once,
    coalesce(sum(rows) FILTER (most = 1 AND units > 1), 0) AS again FROM charge_units GROUP BY ALL
)
WHERE again * 2 >= once AND again * 10 >= rows;

-- The newest: the newest version of the form, then the one that goes on longest, then the one with more rows, then by
-- name. Numbers in names that are alike but for these order them as well; other names say nothing.
CREATE OR REPLACE TEMP TABLE unit_order AS
SELECT *, row_number() OVER (PARTITION BY scope
  ORDER BY release DESC, last_day DESC, all_rows DESC, numbers DESC, name DESC) AS priority
FROM (
  SELECT scope, unit, max(day) AS last_day, sum(rows) AS all_rows FROM unit_days GROUP BY ALL
) JOIN (
  SELECT scope, unit, max(release) AS release, min(header) AS header, min(name) AS name,
    list_transform(regexp_extract_all(min(name), '[0-9]+'), lambda number: lpad(number, 40, '0')) AS numbers,
    regexp_replace(min(name), '[0-9]+', '0', 'g') AS name_without
  FROM units JOIN bill_groups USING (file_id) GROUP BY ALL
) USING (scope, unit);

-- Of each charge that a repeating unit shares with others the newest of them counts. Equal rows of one unit count where
-- most of them are, if nearly all else is repeated.
CREATE OR REPLACE TEMP TABLE kept AS
SELECT scope, charge, arg_min(unit, {'a': -rows, 'b': priority}) AS newer
FROM charge_units JOIN unit_order USING (scope, unit) LEFT JOIN repeating USING (scope, unit)
WHERE units > 1
GROUP BY scope, charge
HAVING bool_or(is_whole IS NOT NULL) AND (max(rows) = 1 OR bool_or(is_whole));

CREATE OR REPLACE TEMP TABLE gone AS
SELECT scope, unit, file_id, ordinal, provider, account, day, newer FROM worded JOIN kept USING (scope, charge)
  WHERE unit <> newer;

-- A later run replaces all usage of a day that an earlier one has, where it repeats that one nearly as a whole and
-- does not have less: what is not in it any more was taken back. Azure's two exports of one bill are no runs of each
-- other.
INSERT INTO gone
WITH repeated AS (
  SELECT scope, unit, provider, account, day, max(newer) AS newer FROM gone JOIN repeating USING (scope, unit)
    WHERE is_whole AND provider <> 'azure' GROUP BY ALL
), replaced AS (
  SELECT r.*
  FROM repeated r JOIN unit_days older USING (scope, unit, provider, account, day) JOIN unit_order o USING (scope, unit)
  JOIN unit_days later ON later.scope = r.scope AND later.provider = r.provider AND later.account = r.account
    AND later.day = r.day
  JOIN unit_order n ON n.scope = later.scope AND n.unit = later.unit AND n.priority < o.priority
  GROUP BY ALL
  HAVING max(later.rows) >= max(older.rows) * 0.95
)
SELECT w.scope, w.unit, w.file_id, w.ordinal, w.provider, w.account, w.day, r.newer
FROM worded w JOIN replaced r USING (scope, unit, provider, account, day)
  ANTI JOIN gone g ON g.file_id = w.file_id AND g.ordinal = w.ordinal
WHERE w.ChargeCategory = 'Usage';
