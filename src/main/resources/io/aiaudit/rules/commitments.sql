WITH accelerator_family(accelerator, machine) AS (     -- of Google Cloud, where a commitment names the accelerator
  VALUES ('t4', 'n1'), ('v100', 'n1'), ('p100', 'n1'), ('p4', 'n1'), ('k80', 'n1'), ('a100', 'a2'), ('l4', 'g2'),
    ('h100', 'a3'), ('h200', 'a3'), ('b200', 'a4'), ('gb200', 'a4x')
)
SELECT c.* EXCLUDE (words, billed_regions, billed_families, billed_unused, used_regions,
    used_families), r.region, r.machine_type,
  -- The bill shows a part of it that nothing used.
  coalesce(billed_unused, false) AS has_unused_part,
  -- By the words of its kind, the service of its ARN, its scope at AWS and the service that bills it: a cloud sells
  -- commitments for one group of products, and what is for another never covers an instance. NULL: for instances as
  -- well as for others.
  CASE
    WHEN regexp_matches(words, 'sagemaker|machine[ -]?learning savings|savings plans? for machine learning')
      THEN 'machine_learning'
    WHEN regexp_matches(words, '\b(rds|aurora|redshift|memorydb|dynamodb|neptune|docdb|documentdb)\b|elasticache|'
        || 'relational database|\bdatabases?\b|\bsql\b|cosmos ?db|\bredis\b|alloydb|\bspanner\b|postgres|mysql|mariadb|'
        || 'bigquery|databricks|synapse|memorystore') THEN 'database'
    WHEN regexp_matches(words, ':aws[a-z-]*:es:|opensearch|elasticsearch') THEN 'search'
    WHEN regexp_matches(words, 'bedrock|\bptus?\b|openaiptu|provisioned (managed|throughput)|model units?\b|'
        || 'azure openai|foundry') THEN 'units'
    WHEN regexp_matches(words, 'cloudfront|blob storage|\bfiles? storage\b|managed disk|app service|cloud run|'
        || 'microsoft fabric|data explorer|netapp') AND NOT contains(words, 'compute') THEN 'other'
    WHEN regexp_matches(words, 'compute|\bec2|elastic compute|virtual machine|standard_|vcpu|nvidia') THEN 'instances'
  END AS sold_for,
  -- Where and for which family of instances it is, where it is for one: by what the cloud says of it, an inventory, or
  -- the bill: last by what it shows under the commitment. Plans of money cover any, but for those of AWS for one family
  -- in one region. NULL: any, or unknown.
  NOT contains(lower(coalesce(c.kind, '')), 'saving') OR regexp_matches(words, 'ec2[ _]?instance|\bec2sp:')
    OR coalesce(r.attributes['plan_type'] ILIKE 'ec2%instance%', false) AS is_for_one_family,
  CASE WHEN is_for_one_family THEN coalesce(r.region, CASE c.provider
    WHEN 'aws' THEN coalesce(
      nullif(regexp_extract(lower(c.scope), '^[^/]*/(?:ec2instance/)?([a-z]+(?:-[a-z]+)+-[0-9]+)', 1), ''),
      if(len(billed_regions) = 1, billed_regions[1], NULL))
    WHEN 'azure' THEN if(len(billed_regions) = 1, billed_regions[1], NULL)
    WHEN 'gcp' THEN coalesce(nullif(regexp_extract(lower(c.id), '/regions/([^/]+)/', 1), ''),
      nullif(regexp_extract(lower(c.scope), '/([a-z]+-[a-z]+[0-9]+)$', 1), ''),
      if(len(billed_regions) = 1 AND len(billed_families) > 0, billed_regions[1], NULL)) END,
    if(len(used_regions) = 1, used_regions[1], NULL)) END AS covers_region,
  CASE WHEN is_for_one_family THEN coalesce(instance_family(c.provider, r.machine_type), CASE c.provider
    WHEN 'aws' THEN coalesce(nullif(regexp_extract(lower(c.scope), '/ec2instance/[^/]+/([^/]+)$', 1), ''),
      nullif(regexp_extract(lower(c.scope), ' x ([a-z0-9-]+)[.]', 1), ''),
      if(len(billed_families) = 1, billed_families[1], NULL))
    WHEN 'azure' THEN instance_family('azure', nullif(regexp_extract(lower(c.kind), 'standard_[a-z0-9_]+'), ''))
    WHEN 'gcp' THEN CASE WHEN regexp_matches(lower(c.kind), 'accelerator optimized(:|$)') THEN 'a2'
      WHEN regexp_matches(lower(c.kind), 'graphics optimized(:|$)') THEN 'g2'
      ELSE coalesce(nullif(regexp_extract(lower(c.kind), ' (?:optimized|purpose) ([a-z][0-9][a-z]?)\b', 1), ''),
        card.machine,
        if(len(billed_families) = 1, billed_families[1], NULL)) END END,
    if(len(used_families) = 1, used_families[1], NULL)) END AS covers_family
FROM (
  -- never what somebody chose: a resource group or a project in a scope, or the name of a commitment
  SELECT c.*, lower(concat_ws(' ', c.kind, regexp_extract(c.id, '^arn:[^:]*:[^:]*:'),
    CASE WHEN c.provider = 'aws' THEN c.scope END, billed.services)) AS words, billed_regions, billed_families,
    billed_unused, used_regions, used_families
  FROM {base}commitments c LEFT JOIN (
    -- what was not used is billed by the service of the commitment, what was used by that of its user
    SELECT provider, lower(CommitmentDiscountId) AS id,
      string_agg(DISTINCT concat_ws(' ', CommitmentDiscountType, ServiceName, SkuMeter), ' ') AS services,
      list(DISTINCT lower(RegionId)) FILTER (RegionId IS NOT NULL) AS billed_regions,
      list(DISTINCT family) FILTER (family <> '') AS billed_families,
      bool_or(CommitmentDiscountStatus = 'Unused' AND charge_kind = 'cost' AND cost > 0) AS billed_unused
    FROM (
      -- As meters write it: EC2SP:g5.1yrNoUpfront of a plan of AWS, HeavyUsage:g5.xlarge of a reservation; Commitment
      -- v1: G2 Cpu, or A100, of one that Google Cloud sells for its resources, and not of one for an amount of money.
      SELECT *, lower(SkuMeter) AS meter, regexp_extract(meter, 'commitment v1: (?:nvidia )?(?:tesla )?([a-z0-9]+)', 1)
          AS committed,
        CASE provider
          WHEN 'aws' THEN regexp_extract(meter, '(?:ec2sp|usage):([a-z0-9-]+)[.]', 1)
          WHEN 'gcp' THEN coalesce((SELECT machine FROM accelerator_family WHERE accelerator = committed),
            if(regexp_full_match(committed, '[a-z][0-9][a-z]?'), committed, NULL)) END AS family
      FROM {base}charges WHERE component = 'commitment' AND CommitmentDiscountId IS NOT NULL)
    GROUP BY ALL
  ) billed ON billed.provider = c.provider AND billed.id = lower(c.id)
  LEFT JOIN (
    SELECT used.provider, used.id,
      list(DISTINCT lower(coalesce(used.region, m.region))) FILTER (coalesce(used.region, m.region) IS NOT NULL)
        AS used_regions,
      list(DISTINCT instance_family(used.provider, m.machine_type))
        FILTER (instance_family(used.provider, m.machine_type) <> '') AS used_families
    FROM (SELECT DISTINCT provider, lower(CommitmentDiscountId) AS id, resource_id, RegionId AS region
      FROM {base}charges WHERE CommitmentDiscountStatus = 'Used' AND CommitmentDiscountId IS NOT NULL
        AND CommitmentDiscountCategory = 'Usage') used       -- what is spent on one family may be spent on others
    JOIN {base}resources m USING (resource_id)
    GROUP BY ALL
  ) under ON under.provider = c.provider AND under.id = lower(c.id)
) c
LEFT JOIN {base}resources r ON r.kind = 'commitment' AND r.provider = c.provider AND lower(r.resource_id) = lower(c.id)
LEFT JOIN accelerator_family card
  ON c.provider = 'gcp' AND card.accelerator = regexp_extract(lower(c.kind), 'nvidia-(?:tesla-)?([a-z0-9]+)', 1)
