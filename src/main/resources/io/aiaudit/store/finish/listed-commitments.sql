-- Commitments that an inventory file alone lists: no collector read them, and no bill names them. They may cover what
-- no bill shows under which price it ran (docs/money.md), as those that a collector read do; kind and scope are in the
-- words of those. Where the row does not say what was bought, it is anything that such a commitment is sold for; so it
-- is with a bare id, as `aws ec2 describe-reserved-instances` prints it, of which only type or plan may say what it is.
INSERT INTO commitments
WITH listed AS (
  SELECT provider, resource_id, trim(lower(resource_id), '/') || '/' AS path, machine_type, accelerator,
    coalesce(account_id, '') AS account, created_at, ended_at, greatest(1, coalesce(replicas, 1)) AS bought,
    coalesce(region, CASE provider WHEN 'gcp' THEN regexp_extract(lower(resource_id), '/regions/([^/]+)/', 1)
      WHEN 'aws' THEN split_part(resource_id, ':', 4) END, '') AS sold_in,
    lower(regexp_replace(coalesce(attributes['plan_type'], ''), '[^A-Za-z0-9]', '', 'g')) AS plan,
    regexp_replace(lower(coalesce(machine_type, '')), '[.][^.]*$', '') AS family,
    TRY_CAST(attributes['hourly_commitment'] AS DECIMAL(28,12)) AS hourly,
    contains(path, ':reserved-instances/') AS is_reservation, contains(coalesce(machine_type, ''), '.') AS has_size
  FROM resources
  WHERE kind = 'commitment'
    AND resource_id IN (SELECT resource_id FROM work.resources WHERE source NOT IN ('~bill', '~usage'))
), named AS (
  SELECT *,
    CASE WHEN provider = 'aws' AND (contains(path, ':savingsplan/') OR (plan <> '' AND NOT is_reservation))
        THEN 'savings_plan'
      WHEN provider = 'aws' AND (is_reservation OR has_size) THEN 'reserved_instances'
      WHEN provider = 'aws' THEN 'commitment'
      WHEN provider = 'azure' AND contains(path, '/savingsplanorders/') THEN 'savings plan'
      WHEN provider = 'azure' THEN if(contains(path, '/reservationorders/') OR machine_type IS NOT NULL, 'reservation',
        'commitment') || if(bought = 1, '', ' of ' || bought) || coalesce(' ' || machine_type, '')
      WHEN provider = 'gcp'
        THEN 'committed use' || CASE WHEN accelerator IS NOT NULL
          THEN ': ' || bought || if(accelerator ILIKE '%tpu%', ' ', ' nvidia-') || lower(accelerator)
          WHEN machine_type IS NOT NULL THEN ': ' || machine_type ELSE '' END END AS kind,
    CASE WHEN provider = 'azure' THEN account
      WHEN provider = 'gcp' THEN account || '/' || sold_in
      WHEN is_reservation OR (has_size AND plan = '' AND NOT contains(path, ':savingsplan/'))
        THEN account || '/' || if(sold_in = '' OR family = '', 'any', sold_in || '/' || bought || ' x ' || machine_type)
      WHEN plan LIKE 'ec2instance%' AND sold_in <> '' AND family <> ''
        THEN account || '/ec2instance/' || sold_in || '/' || family
      WHEN plan LIKE 'compute%' OR plan LIKE 'ec2instance%' THEN account || '/compute'
      WHEN plan LIKE 'sagemaker%' OR plan LIKE 'machinelearning%' THEN account || '/sagemaker'
      ELSE account || '/' || if(plan = '', 'any', plan) END AS scope
  FROM listed
)
SELECT provider, resource_id, kind, scope, created_at, ended_at, if(hourly > 0, hourly, NULL), NULL
FROM named
WHERE kind IS NOT NULL
  AND NOT EXISTS (
    FROM commitments AS c
    WHERE c.provider = named.provider AND (starts_with(named.path, trim(lower(c.id), '/') || '/')
      OR (may_be_of_project(c.id, named.resource_id, named.account)
        AND ends_with('/' || trim(lower(c.id), '/') || '/', '/' || named.path))
      OR (named.provider = 'azure' AND contains('/' || trim(lower(c.id), '/') || '/', '/' || named.path)) -- an order
      OR ends_with(named.path, '/commitments/' || trim(lower(c.id), '/') || '/')))
ORDER BY ALL;
