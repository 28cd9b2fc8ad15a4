-- What each shape of charges pays for.

-- The fields of the mapping tables, in lower case, and the machine type where the price or the text names one.
CREATE TEMP TABLE fields_of_shapes AS
SELECT shape, machine_type, {
  'provider': provider, 'service': coalesce(lower(ServiceName), ''),
  'service_category': coalesce(lower(ServiceCategory), ''),
  'service_subcategory': coalesce(lower(ServiceSubcategory), ''), 'type': coalesce(lower(ResourceType), ''),
  'machine': coalesce(lower(machine_type), ''),
  'text': lower(words),
  'unit': lower(concat_ws(' ', ConsumedUnit, PricingUnit)), 'charge_category': coalesce(lower(ChargeCategory), ''),
  'commitment_status': coalesce(lower(CommitmentDiscountStatus), ''),
  'commitment_purchase': CASE WHEN lower(ChargeCategory) = 'purchase' AND CommitmentDiscountId IS NOT NULL THEN 'yes'
    ELSE '' END,
  'marketplace': CASE WHEN provider <> 'other'
    AND (NOT regexp_matches(coalesce(PublisherName, 'aws'), '^(aws|amazon|microsoft|azure|google|gcp)\b', 'i')
    OR regexp_matches(concat_ws(' ', ServiceName, SkuMeter, ChargeDescription), '\bmarketplace\b', 'i')) THEN 'yes'
      ELSE '' END
} AS fields
FROM (
  SELECT *, concat_ws(' ', SkuMeter, ChargeDescription) AS words, coalesce(
    nullif(regexp_extract(coalesce(SkuPriceDetails, ''), '"(?:x_)?InstanceType"\s*:\s*"([^"]+)"', 1), ''),
    nullif(regexp_extract(words,
      '\b((?:ml\.)?[a-z][a-z0-9-]*\.(?:[0-9]*x?large|medium|small|micro|nano|metal(?:-[0-9a-z]+)?))\b', 1), ''))
      AS machine_type
  FROM (SELECT DISTINCT ON (shape) * FROM shaped)
);

-- In steps, since the database plans what reads a result of hundreds of cases as if it read each of
-- them: what a mapping gives is not looked at in the step that reads it.
CREATE TEMP TABLE classified_shapes AS
SELECT shape, fields, component_of(fields) AS component, spend_class_of(fields) AS spend_class,
  fields.provider AS provider,
  -- What the tables of tokens call meter.
  concat_ws(' ', fields.service, fields.text) AS meter, machine_type
FROM fields_of_shapes;

CREATE TEMP TABLE models_of_shapes AS
SELECT *, CASE WHEN spend_class = 'ai' THEN model_of_meter(provider, meter) END AS named_model FROM classified_shapes;

CREATE TEMP TABLE tokens_of_shapes AS
SELECT *, CASE WHEN of_tokens THEN token_kind_of(provider, meter) END AS token_kind,
  CASE WHEN of_tokens THEN tier_of(provider, meter) END AS tier
FROM (
  SELECT * REPLACE (nullif(component, '') AS component), nullif(trim(named_model, '-'), '') AS model,
    spend_class = 'ai' AND (model IS NOT NULL
      OR regexp_matches(meter, 'token|foundry models|openai|bedrock|gemini|vertex ai|cohere')) AS of_tokens
  FROM models_of_shapes
);

INSERT INTO shapes
SELECT shape, component, spend_class, model, machine_type, nullif(token_kind, '') AS token_kind,
  CASE WHEN token_kind <> '' THEN tier END AS tier FROM tokens_of_shapes;
