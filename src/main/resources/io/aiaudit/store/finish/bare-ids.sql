-- Cost Explorer, and some lines of a bill, name a resource of AWS by the last part of its ARN alone, such as
-- cr-0123456789abcdef0. It is the one of the inventory whose id ends with it, where one of its account and region does.
-- What users name themselves is left alone: an endpoint may be called like a bucket.

UPDATE staged.texts AS t
SET resource_id = named.resource_id
FROM (
  SELECT text_id, min(r.resource_id) AS resource_id
  FROM staged.texts bare
  JOIN (
    SELECT DISTINCT resource_id, account_id, region, regexp_extract(resource_id, '[^/:]+$') AS last_part
    FROM work.resources WHERE provider = 'aws' AND starts_with(resource_id, 'arn:')
  ) r ON r.last_part = bare.resource_id
    AND coalesce(account_key(r.account_id) = account_key(coalesce(bare.SubAccountId, bare.BillingAccountId)), true)
    AND coalesce(region_of('aws', r.region) = region_of('aws', bare.RegionId), true)
  WHERE bare.provider = 'aws' AND regexp_full_match(bare.resource_id, '[a-z]+-[0-9a-f]{8,}')
    AND bare.resource_id NOT IN (SELECT resource_id FROM work.resources)
  GROUP BY text_id
  HAVING count(DISTINCT r.resource_id) = 1
) named
WHERE named.text_id = t.text_id;
