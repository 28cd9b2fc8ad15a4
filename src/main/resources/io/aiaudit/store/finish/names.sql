-- What has no name is called by the last part of its id that says something: an id of a cloud is too long to be
-- read, and begins alike for all. Ids stay as they are.

-- NULL where the id is no path of a cloud, such as i-0abc. Of a load balancer and a node group the last part is a hash.
CREATE OR REPLACE TEMP MACRO name_in_arn(rest) AS CASE
  WHEN starts_with(rest, 'log-group:') THEN regexp_extract(rest, '^log-group:(.*?)(:[*])?$', 1)
  WHEN regexp_matches(rest, '^(loadbalancer|targetgroup)/') THEN regexp_extract(rest, '/([^/]+)/[^/]+$', 1)
  WHEN regexp_matches(rest, '^nodegroup/[^/]+/[^/]+/') THEN split_part(rest, '/', 3)
  WHEN starts_with(rest, 'function:') THEN split_part(rest, ':', 2)
  WHEN contains(rest, '/') THEN regexp_extract(rest, '([^/]+)/*$', 1)
  ELSE regexp_extract(rest, '([^:]+):*$', 1) END;

CREATE OR REPLACE TEMP MACRO name_in_id(id) AS nullif(CASE
  WHEN starts_with(id, 'arn:') THEN name_in_arn(regexp_replace(id, '^arn:([^:]*:){4}', ''))
  WHEN regexp_matches(lower(id), '^(/subscriptions/|/providers/|//)') THEN regexp_extract(id, '([^/]+)/*$', 1) END, '');

-- A bill has the id as it was written, and the name of a commitment. In `short`: what the name, the id of the bill and
-- the id say. They are one list since each look for names takes milliseconds before it sees a row.
UPDATE resources AS r
SET name = CASE WHEN r.name IS NOT NULL THEN b.short[1]
  WHEN r.kind = 'commitment' AND b.commitment IS NOT NULL THEN b.commitment
  ELSE coalesce(b.short[2], b.short[3]) END
FROM (
  SELECT named.resource_id, billed.commitment, list_transform([named.name, coalesce(billed.written, named.resource_id),
    named.resource_id], lambda id: name_in_id(id)) AS short
  FROM resources named LEFT JOIN (SELECT resource_id, min(ResourceId) AS written, min(CommitmentDiscountName) AS
    commitment FROM charge_texts GROUP BY resource_id) billed ON billed.resource_id = named.resource_id
) b
WHERE b.resource_id = r.resource_id AND r.kind <> 'account' AND (r.name IS NULL OR b.short[1] IS NOT NULL);
