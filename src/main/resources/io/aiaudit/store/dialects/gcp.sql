-- Google Cloud Billing export of BigQuery, standard (gcp_billing_export_v1_...) or detailed
-- (gcp_billing_export_resource_v1_...), as CSV, JSON lines or Parquet. A CSV file has nested fields under one name each
-- (service_description), and arrays as JSON text; docs/billing.md has the query that writes it.

-- 1. The columns that are read. A row whose cost, period or credits cannot be read is rejected and counted.
CREATE TEMP TABLE bill (
  cost DECIMAL(28,12) NOT NULL, currency VARCHAR NOT NULL, usage_start_time TIMESTAMP NOT NULL,
  usage_end_time TIMESTAMP, cost_type VARCHAR, credits VARCHAR, cost_at_list DECIMAL(28,12),
  billing_account_id VARCHAR, project_id VARCHAR, project_name VARCHAR, service_description VARCHAR, service_id VARCHAR,
  sku_description VARCHAR, sku_id VARCHAR,
  location_region VARCHAR, location_zone VARCHAR, labels VARCHAR, system_labels VARCHAR, usage_amount VARCHAR,
  usage_unit VARCHAR, usage_amount_in_pricing_units VARCHAR, usage_pricing_unit VARCHAR,
  resource_name VARCHAR, resource_global_name VARCHAR, price_list_price VARCHAR, price_effective_price VARCHAR,
  adjustment_info_type VARCHAR, consumption_model_description VARCHAR,
  subscription_instance_id VARCHAR, seller_name VARCHAR
);

COMMENT ON COLUMN bill.project_id IS 'project.id';
COMMENT ON COLUMN bill.project_name IS 'project.name';
COMMENT ON COLUMN bill.service_description IS 'service.description';
COMMENT ON COLUMN bill.service_id IS 'service.id';
COMMENT ON COLUMN bill.sku_description IS 'sku.description';
COMMENT ON COLUMN bill.sku_id IS 'sku.id';
COMMENT ON COLUMN bill.location_region IS 'location.region';
COMMENT ON COLUMN bill.location_zone IS 'location.zone';
COMMENT ON COLUMN bill.usage_amount IS 'usage.amount';
COMMENT ON COLUMN bill.usage_unit IS 'usage.unit';
COMMENT ON COLUMN bill.usage_amount_in_pricing_units IS 'usage.amount_in_pricing_units';
COMMENT ON COLUMN bill.usage_pricing_unit IS 'usage.pricing_unit';
COMMENT ON COLUMN bill.resource_name IS 'resource.name';
COMMENT ON COLUMN bill.resource_global_name IS 'resource.global_name';
COMMENT ON COLUMN bill.price_list_price IS 'price.list_price';
COMMENT ON COLUMN bill.price_effective_price IS 'price.effective_price';
COMMENT ON COLUMN bill.adjustment_info_type IS 'adjustment_info.type';
COMMENT ON COLUMN bill.consumption_model_description IS 'consumption_model.description';
COMMENT ON COLUMN bill.subscription_instance_id IS 'subscription.instance_id';

-- 2. Each row as a charge, and its promotional credits as a charge beside it. Credits are summed within their row and
-- never joined to it, which would repeat the cost.
WITH exported AS (
  SELECT
    *,
    list_transform(from_json(repeated(credits),
      '[{"type":"VARCHAR","name":"VARCHAR","full_name":"VARCHAR","amount":"VARCHAR"}]'),
      lambda c: {'amount': quantity(c.amount),
        'price': coalesce(c.type IN ('SUSTAINED_USAGE_DISCOUNT', 'COMMITTED_USAGE_DISCOUNT',
        'COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE', 'FEE_UTILIZATION_OFFSET',
        'DISCOUNT', 'FREE_TIER', 'RESELLER_MARGIN', 'SUBSCRIPTION_BENEFIT'), false)
          OR (c.type IS DISTINCT FROM 'PROMOTION' AND is_price_credit(concat_ws(' ', c.name, c.full_name))),
        'fee': coalesce(c.type = 'FEE_UTILIZATION_OFFSET', false),
        'sustained': coalesce(c.type = 'SUSTAINED_USAGE_DISCOUNT', false),
        'commitment': coalesce(c.type LIKE 'COMMITTED_USAGE_DISCOUNT%', false)}) AS given,
    lower(coalesce(cost_type, 'regular')) AS type,
    is_fee_of_commitment(sku_description) AS named_fee,
    regexp_matches(coalesce(sku_description, ''), '\b(spot|preemptible)\b', 'i') AS is_spot,
    regexp_matches(coalesce(consumption_model_description, ''), '\bCUD|commit', 'i') AS covered
  FROM bill
), summed AS (
  SELECT
    *,
    list_sum(list_transform(list_filter(given, lambda c: c.price), lambda c: c.amount)) AS price_credits,
    list_sum(list_transform(list_filter(given, lambda c: NOT c.price), lambda c: c.amount)) AS promotional_credits,
    len(list_filter(given, lambda c: c.fee)) > 0 AS offset_by_use,
    -- Only a fee is given back as far as it was used, whatever its SKU is called.
    named_fee OR coalesce(offset_by_use, false) AS fee,
    len(list_filter(given, lambda c: c.commitment)) > 0 AS credited,
    len(list_filter(given, lambda c: c.sustained)) > 0 AS sustained,
    CASE WHEN given IS NULL OR len(list_filter(given, lambda c: c.amount IS NULL)) > 0
      THEN {'column': 'credits', 'value': credits} END AS bad_credits,
    -- Corrections of amounts are cost; what Google gives for goodwill or a broken promise is a refund.
    CASE WHEN type = 'tax' OR (type = 'adjustment' AND contains(upper(adjustment_info_type), 'TAX')) THEN 'tax'
         WHEN type = 'adjustment' AND NOT coalesce(contains(upper(adjustment_info_type), 'CORRECTION'), false)
           THEN 'refund' ELSE 'cost' END AS kind,
    -- Time below its list price may be at the price of a commitment, or of a contract: finish/unnamed-fees.sql decides.
    -- A row that names its consumption model shows it. Rows without one are of a query or a time that has none.
    kind = 'cost' AND NOT fee AND NOT credited AND NOT is_spot AND nullif(consumption_model_description, '') IS NULL
      AND coalesce(cost > 0 AND cost < 0.99 * cost_at_list
        AND regexp_matches(coalesce(nullif(usage_pricing_unit, ''), usage_unit), '\b(hours?|seconds?)$', 'i'),
        false) AS is_below_list
  FROM exported
), parts AS (
  SELECT *, 'row' AS part, cost + coalesce(price_credits, 0) + CASE WHEN kind = 'cost' THEN 0
    ELSE coalesce(promotional_credits, 0) END AS amount,
    -- A credit takes what a commitment covers whole: what is left of the row is on demand.
    credited AND NOT covered AND amount > 0.001 * cost AS partly_credited
  FROM summed
  UNION ALL
  SELECT *, 'credit' AS part, promotional_credits AS amount, false AS partly_credited FROM summed
    WHERE kind = 'cost' AND promotional_credits <> 0 AND bad IS NULL AND bad_credits IS NULL
)
SELECT
  file_id, CASE part WHEN 'row' THEN ordinal ELSE -ordinal END AS ordinal, common_hash,
  CASE WHEN bad IS NOT NULL THEN bad WHEN bad_credits IS NOT NULL THEN bad_credits
       WHEN usage_end_time < usage_start_time
         THEN {'column': 'usage_end_time', 'value': cannot_be(usage_end_time, 'before usage_start_time')} END AS bad,
  NULL::UBIGINT AS row_hash,
  sustained AS discounted_for_sustained_use,
  amount AS BilledCost, amount AS EffectiveCost, CASE part WHEN 'row' THEN cost_at_list END AS ListCost,
  -- The whole fee, of which credits give back what was used.
  CASE WHEN part = 'row' AND fee AND offset_by_use AND kind = 'cost' THEN cost END AS ContractedCost,
  currency AS BillingCurrency,
  usage_start_time AS ChargePeriodStart, coalesce(usage_end_time, usage_start_time) AS ChargePeriodEnd,
  CASE WHEN part = 'credit' THEN 'Credit' WHEN kind = 'tax' THEN 'Tax' WHEN kind = 'refund' THEN 'Adjustment' WHEN fee
    THEN 'Purchase' ELSE 'Usage' END AS ChargeCategory,
  CASE WHEN type = 'adjustment' THEN 'Correction' END AS ChargeClass,
  sku_description AS ChargeDescription,
  CASE WHEN part = 'credit' OR fee OR kind <> 'cost' THEN NULL WHEN covered OR (credited AND NOT partly_credited)
      THEN 'Committed'
    WHEN is_spot THEN 'Dynamic' WHEN NOT is_below_list THEN 'Standard' END AS PricingCategory,
  'Google Cloud' AS ProviderName, coalesce(nullif(seller_name, ''), 'Google Cloud') AS PublisherName,
  billing_account_id AS BillingAccountId, project_id AS SubAccountId, project_name AS SubAccountName,
  CASE WHEN location_region NOT IN ('global', '') THEN location_region END AS RegionId,
  service_description AS ServiceName, sku_id AS SkuId, sku_description AS SkuMeter,
  nullif('{' || concat_ws(',', '"InstanceType":' ||
    to_json(nullif(json_extract_string(labels_object(system_labels)::JSON, '$."compute.googleapis.com/machine_spec"'),
    '')), CASE WHEN sustained THEN '"x_SustainedUseDiscount":true' END) || '}', '{}') AS SkuPriceDetails,
  coalesce(resource_global_name, resource_name) AS ResourceId, resource_name AS ResourceName,
  -- An export of chosen columns may have only the unit that is measured.
  -- A tax or what is given back consumes nothing.
  CASE WHEN part = 'row' AND kind = 'cost' THEN if(nullif(usage_pricing_unit, '') IS NULL, quantity(usage_amount),
    quantity(usage_amount_in_pricing_units)) END AS ConsumedQuantity,
  coalesce(nullif(usage_pricing_unit, ''), usage_unit) AS ConsumedUnit,
  CASE WHEN part = 'row' AND kind = 'cost' THEN quantity(usage_amount_in_pricing_units) END AS PricingQuantity,
  usage_pricing_unit AS PricingUnit,
  quantity(price_list_price) AS ListUnitPrice, quantity(price_effective_price) AS ContractedUnitPrice,
  CASE WHEN fee OR covered
    THEN coalesce(subscription_instance_id,
    CASE WHEN fee THEN sku_description ELSE consumption_model_description END) END AS CommitmentDiscountId,
  CASE WHEN fee OR covered OR partly_credited THEN 'CUD' END AS CommitmentDiscountType,
  -- Where Google gives back what was used of a fee, the rest of the fee is what nobody used.
  CASE WHEN part = 'credit' OR kind <> 'cost' THEN NULL WHEN fee AND offset_by_use THEN 'Unused'
    WHEN covered THEN 'Used' END AS CommitmentDiscountStatus,
  labels_object(labels) AS Tags,
  'gcp' AS provider, canonical_id(coalesce(resource_global_name, resource_name)) AS resource_id,
  CASE part WHEN 'credit' THEN 'promotional_credit' ELSE kind END AS charge_kind,
  source_file
FROM parts
