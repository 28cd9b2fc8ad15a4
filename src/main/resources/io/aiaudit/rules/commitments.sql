SELECT c.* EXCLUDE (words), r.region, r.machine_type,
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
  END AS sold_for
FROM (
  -- never what somebody chose: a resource group or a project in a scope, or the name of a commitment
  SELECT c.*, lower(concat_ws(' ', c.kind, regexp_extract(c.id, '^arn:[^:]*:[^:]*:'),
    CASE WHEN c.provider = 'aws' THEN c.scope END, billed.services)) AS words
  FROM {base}commitments c LEFT JOIN (
    -- what was not used is billed by the service of the commitment, what was used by that of its user
    SELECT provider, lower(CommitmentDiscountId) AS id,
      string_agg(DISTINCT concat_ws(' ', ServiceName, SkuMeter), ' ') AS services
    FROM {base}charges WHERE component = 'commitment' AND CommitmentDiscountId IS NOT NULL GROUP BY ALL
  ) billed ON billed.provider = c.provider AND billed.id = lower(c.id)
) c
LEFT JOIN {base}resources r ON r.kind = 'commitment' AND r.provider = c.provider AND lower(r.resource_id) = lower(c.id)
