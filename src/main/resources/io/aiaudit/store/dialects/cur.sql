-- AWS Cost and Usage Report (docs.aws.amazon.com/cur). CUR 2.0 and the Parquet files of CUR 1.0 write
-- line_item_usage_type, the CSV files of CUR 1.0 write lineItem/UsageType; both are read under the first name. One row
-- is a line item. docs/billing.md says what AWS means by its types.

-- 1. The columns that are read. A row whose cost or period cannot be read as its type, or is empty where NOT NULL, is
-- rejected and counted.
CREATE TEMP TABLE bill (
  line_item_line_item_type VARCHAR NOT NULL, line_item_unblended_cost DECIMAL(28,12),
  line_item_net_unblended_cost DECIMAL(28,12), line_item_currency_code VARCHAR NOT NULL,
  line_item_usage_start_date TIMESTAMP NOT NULL, line_item_usage_end_date TIMESTAMP,
  bill_billing_period_start_date TIMESTAMP, bill_billing_period_end_date TIMESTAMP,
  bill_billing_entity VARCHAR, bill_invoicing_entity VARCHAR, bill_payer_account_id VARCHAR,
  bill_payer_account_name VARCHAR, line_item_legal_entity VARCHAR,
  line_item_usage_account_id VARCHAR, line_item_usage_account_name VARCHAR, line_item_product_code VARCHAR,
  line_item_usage_type VARCHAR, line_item_operation VARCHAR,
  line_item_line_item_description VARCHAR, line_item_resource_id VARCHAR, line_item_usage_amount VARCHAR,
  line_item_availability_zone VARCHAR, identity_line_item_id VARCHAR,
  split_line_item_parent_resource_id VARCHAR,
  pricing_unit VARCHAR, pricing_term VARCHAR, pricing_public_on_demand_cost DECIMAL(28,12),
  pricing_public_on_demand_rate VARCHAR, pricing_rate_code VARCHAR,
  product VARCHAR, product_product_name VARCHAR, product_product_family VARCHAR, product_servicecode VARCHAR,
  product_sku VARCHAR, product_instance_type VARCHAR, product_region VARCHAR,
  product_region_code VARCHAR,
  savings_plan_savings_plan_a_r_n VARCHAR, savings_plan_offering_type VARCHAR,
  savings_plan_savings_plan_effective_cost DECIMAL(28,12), savings_plan_net_savings_plan_effective_cost DECIMAL(28,12),
  savings_plan_total_commitment_to_date DECIMAL(28,12), savings_plan_used_commitment DECIMAL(28,12),
  savings_plan_recurring_commitment_for_billing_period DECIMAL(28,12),
  savings_plan_net_recurring_commitment_for_billing_period DECIMAL(28,12),
  savings_plan_amortized_upfront_commitment_for_billing_period DECIMAL(28,12),
  savings_plan_net_amortized_upfront_commitment_for_billing_period DECIMAL(28,12),
  reservation_reservation_a_r_n VARCHAR, reservation_effective_cost DECIMAL(28,12),
  reservation_net_effective_cost DECIMAL(28,12),
  reservation_unused_amortized_upfront_fee_for_billing_period DECIMAL(28,12),
  reservation_net_unused_amortized_upfront_fee_for_billing_period DECIMAL(28,12),
  reservation_amortized_upfront_fee_for_billing_period DECIMAL(28,12),
  reservation_net_amortized_upfront_fee_for_billing_period DECIMAL(28,12),
  reservation_unused_recurring_fee DECIMAL(28,12), reservation_net_unused_recurring_fee DECIMAL(28,12),
  resource_tags VARCHAR
);

COMMENT ON COLUMN bill.resource_tags IS 'resourceTags/*, resource_tags_*';

-- 2. What only all files together show: of which payers and months net columns hold amounts. They may be empty or 0 in
-- those of others; a part that holds nothing but discounts shows neither, nor does one in which all net amounts are 0.
-- A file is open while other files of the set may still decide about it: then it is read last (FileLoad).
SET VARIABLE net_of_file = (
  SELECT {
    'net': list(DISTINCT key) FILTER (NOT is_discount AND net_cost <> 0),
    'gross': list(DISTINCT key) FILTER (NOT is_discount AND cost <> 0),
    'open': list(DISTINCT key) FILTER (is_discount OR (net_cost = 0 AND cost <> 0))}
  FROM (SELECT report_key(bill_payer_account_id, bill_billing_period_start_date) AS key,
      coalesce(is_aws_discount(line_item_line_item_type), false) AS is_discount, line_item_unblended_cost AS cost,
      line_item_net_unblended_cost AS net_cost
    FROM bill WHERE list_contains(columns_present, 'line_item_net_unblended_cost'))
);
SET VARIABLE net_reports = list_distinct(list_concat(coalesce(getvariable('net_reports'), []::VARCHAR[]),
  coalesce(struct_extract(getvariable('net_of_file'), 'net'), [])));
SET VARIABLE gross_reports = list_distinct(list_concat(coalesce(getvariable('gross_reports'), []::VARCHAR[]),
  coalesce(struct_extract(getvariable('net_of_file'), 'gross'), [])));
SET VARIABLE is_open = len(list_filter(coalesce(struct_extract(getvariable('net_of_file'), 'open'), []),
  lambda key: NOT list_contains(getvariable('net_reports'), key))) > 0;

-- 3. Each row as a charge.
WITH known AS (
  SELECT *, list_contains(getvariable('net_reports'), key) OR NOT list_contains(getvariable('gross_reports'), key)
    AS has_net
  FROM (SELECT *, report_key(bill_payer_account_id, bill_billing_period_start_date) AS key FROM bill)
), priced AS (
  SELECT
    *,
    line_item_line_item_type AS type,
    -- Net amounts have a negotiated discount in them already: then its own rows are empty or 0.
    CASE WHEN is_aws_discount(line_item_line_item_type)
      AND list_contains(columns_present, 'line_item_net_unblended_cost') AND has_net
           THEN coalesce(line_item_net_unblended_cost, 0)
         ELSE coalesce(net(has_net, line_item_net_unblended_cost), line_item_unblended_cost, 0) END AS billed,
    -- The report has the columns of effective cost, net or not. What finish/commitment-fees.sql makes of empty ones
    -- takes all parts of the report.
    list_has_any(columns_present, ['savings_plan_savings_plan_effective_cost',
      'savings_plan_net_savings_plan_effective_cost']) AS has_plan_costs,
    list_has_any(columns_present, ['reservation_effective_cost', 'reservation_net_effective_cost'])
      AS has_reservation_costs,
    -- What of the hour's commitment nobody used, at the net price where there is one.
    (savings_plan_total_commitment_to_date - savings_plan_used_commitment) AS plan_unused,
    TRY_CAST(coalesce((net(has_net, savings_plan_net_recurring_commitment_for_billing_period) +
      coalesce(net(has_net, savings_plan_net_amortized_upfront_commitment_for_billing_period), 0))
      / nullif(savings_plan_recurring_commitment_for_billing_period +
        coalesce(savings_plan_amortized_upfront_commitment_for_billing_period, 0), 0),
      net(has_net, line_item_net_unblended_cost) / nullif(line_item_unblended_cost, 0), 1) AS DECIMAL(13,12))
      AS plan_net_share,
    coalesce(net(has_net, reservation_net_unused_recurring_fee), reservation_unused_recurring_fee)
      AS reservation_unused_fee,
    coalesce(net(has_net, reservation_net_unused_amortized_upfront_fee_for_billing_period),
      reservation_unused_amortized_upfront_fee_for_billing_period) AS reservation_unused_upfront,
    coalesce(savings_plan_savings_plan_a_r_n, reservation_reservation_a_r_n) AS commitment,
    -- What changes the cost of a line, or shares it among those that run on a machine, repeats the amount of that line.
    CASE WHEN split_line_item_parent_resource_id IS NULL AND NOT coalesce(is_aws_discount(line_item_line_item_type)
        OR line_item_line_item_type IN ('SavingsPlanNegation', 'Credit', 'Refund', 'Tax'), false)
      THEN quantity(line_item_usage_amount) END AS consumed,
    bill_billing_entity IS NOT NULL AND bill_billing_entity ILIKE '%marketplace%' AS marketplace
  FROM known
)
SELECT
  file_id, ordinal, common_hash,
  CASE WHEN bad IS NOT NULL THEN bad
       -- A row of split cost allocation has no cost of its own: that is on the row of its machine.
       WHEN line_item_unblended_cost IS NULL AND split_line_item_parent_resource_id IS NULL
         THEN {'column': 'unblended cost', 'value': NULL}
       WHEN line_item_usage_end_date < line_item_usage_start_date
         THEN {'column': 'usage end date', 'value': cannot_be(line_item_usage_end_date, 'before the start')} END AS bad,
  CASE WHEN identity_line_item_id IS NOT NULL THEN row_hash END AS row_hash,
  -- BilledCost is what the invoice adds up: covered usage has its on-demand price and its negation takes it
  -- away again.
  billed AS BilledCost,
  -- EffectiveCost is what AWS calls amortized: usage at the price of its commitment, fees only as far as nobody used
  -- what they pay for. NULL where the report has not the columns for it; then BilledCost counts, and a warning says so.
  CASE type
    WHEN 'SavingsPlanCoveredUsage'
      THEN coalesce(net(has_net, savings_plan_net_savings_plan_effective_cost),
        savings_plan_savings_plan_effective_cost)
    WHEN 'SavingsPlanNegation' THEN CASE WHEN has_plan_costs THEN 0 END
    WHEN 'SavingsPlanUpfrontFee' THEN CASE WHEN has_plan_costs THEN 0 END
    WHEN 'SavingsPlanRecurringFee'
      THEN TRY_CAST(TRY_CAST(plan_unused AS DECIMAL(24,12)) * plan_net_share AS DECIMAL(28,12))
    WHEN 'DiscountedUsage' THEN coalesce(net(has_net, reservation_net_effective_cost), reservation_effective_cost)
    WHEN 'RIFee' THEN coalesce(reservation_unused_upfront + reservation_unused_fee, reservation_unused_upfront,
      reservation_unused_fee)
    WHEN 'Fee' THEN CASE WHEN reservation_reservation_a_r_n IS NOT NULL
      AND has_reservation_costs THEN 0 ELSE billed END
    ELSE billed
  END AS EffectiveCost,
  pricing_public_on_demand_cost AS ListCost,
  -- What all of the commitment is worth in the time of its fee, with the part that was paid at the start.
  CASE type WHEN 'SavingsPlanRecurringFee'
      THEN TRY_CAST(TRY_CAST(savings_plan_total_commitment_to_date AS DECIMAL(24,12)) * plan_net_share
        AS DECIMAL(28,12))
    WHEN 'RIFee' THEN billed + coalesce(net(has_net, reservation_net_amortized_upfront_fee_for_billing_period),
      reservation_amortized_upfront_fee_for_billing_period, 0) END AS ContractedCost,
  line_item_currency_code AS BillingCurrency,
  bill_billing_period_start_date AS BillingPeriodStart, bill_billing_period_end_date AS BillingPeriodEnd,
  line_item_usage_start_date AS ChargePeriodStart,
  coalesce(line_item_usage_end_date, line_item_usage_start_date) AS ChargePeriodEnd,
  CASE WHEN type IN ('Fee', 'RIFee', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee') THEN 'Purchase'
       WHEN type = 'Tax' THEN 'Tax' WHEN type = 'Credit' OR type LIKE '%Discount' THEN 'Credit' WHEN type = 'Refund'
         THEN 'Adjustment' ELSE 'Usage' END AS ChargeCategory,
  CASE WHEN type IN ('RIFee', 'SavingsPlanRecurringFee') THEN 'Recurring' WHEN type IN ('Fee', 'SavingsPlanUpfrontFee')
    THEN 'One-Time' ELSE 'Usage-Based' END AS ChargeFrequency,
  line_item_line_item_description AS ChargeDescription,
  CASE WHEN type IN ('SavingsPlanCoveredUsage', 'DiscountedUsage') THEN 'Committed'
    WHEN contains(line_item_usage_type, 'SpotUsage') THEN 'Dynamic' WHEN type = 'Usage'
    THEN 'Standard' END AS PricingCategory,
  'AWS' AS ProviderName, CASE WHEN marketplace THEN coalesce(line_item_legal_entity, 'AWS Marketplace seller')
    ELSE 'AWS' END AS PublisherName, bill_invoicing_entity AS InvoiceIssuerName,
  bill_payer_account_id AS BillingAccountId, bill_payer_account_name AS BillingAccountName,
  line_item_usage_account_id AS SubAccountId, line_item_usage_account_name AS SubAccountName,
  coalesce(nullif(nullif(coalesce(product_region_code, product_region,
    json_extract_string(TRY_CAST(product AS JSON), '$.region')), 'global'), 'Any'),
           nullif(regexp_extract(coalesce(line_item_availability_zone, ''), '^[a-z]+(-[a-z]+)+-[0-9]+'), '')) AS
             RegionId,
  coalesce(product_product_name, json_extract_string(TRY_CAST(product AS JSON), '$.product_name'),
    line_item_product_code) AS ServiceName,
  coalesce(product_product_family, json_extract_string(TRY_CAST(product AS JSON), '$.product_family')) AS
    ServiceSubcategory,
  coalesce(product_sku, json_extract_string(TRY_CAST(product AS JSON), '$.sku')) AS SkuId,
  pricing_rate_code AS SkuPriceId, line_item_usage_type AS SkuMeter,
  '{"InstanceType":' ||
    to_json(coalesce(product_instance_type, json_extract_string(TRY_CAST(product AS JSON), '$.instance_type'))) || '}'
    AS SkuPriceDetails,
  -- Rows of split cost allocation repeat a part of their parent, whose cost has a row of its own: they belong to it.
  coalesce(split_line_item_parent_resource_id, line_item_resource_id,
    CASE WHEN type IN ('RIFee', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee') THEN commitment END) AS ResourceId,
  line_item_product_code || coalesce(' ' || line_item_operation, '') AS ResourceType,
  consumed AS ConsumedQuantity, pricing_unit AS ConsumedUnit, consumed AS PricingQuantity, pricing_unit AS PricingUnit,
  quantity(pricing_public_on_demand_rate) AS ListUnitPrice,
  commitment AS CommitmentDiscountId,
  CASE WHEN savings_plan_savings_plan_a_r_n IS NOT NULL THEN coalesce(savings_plan_offering_type, 'Savings Plan')
    WHEN commitment IS NOT NULL THEN 'Reserved Instance' END AS CommitmentDiscountType,
  CASE WHEN savings_plan_savings_plan_a_r_n IS NOT NULL THEN 'Spend' WHEN commitment IS NOT NULL
    THEN 'Usage' END AS CommitmentDiscountCategory,
  -- A fee is of what nobody used only where the report says how much that is.
  CASE WHEN type IN ('SavingsPlanCoveredUsage', 'DiscountedUsage') THEN 'Used'
    WHEN type = 'SavingsPlanRecurringFee' AND plan_unused IS NOT NULL THEN 'Unused'
    WHEN type = 'RIFee' AND coalesce(reservation_unused_upfront, reservation_unused_fee) IS NOT NULL
      THEN 'Unused' END AS CommitmentDiscountStatus,
  aws_tags(resource_tags) AS Tags,
  'aws' AS provider,
  canonical_id(coalesce(split_line_item_parent_resource_id, line_item_resource_id,
    CASE WHEN type IN ('RIFee', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee') THEN commitment END)) AS
    resource_id,
  -- Negotiated and reseller discounts (EdpDiscount and the like) are part of the price; promotional credits, refunds
  -- and tax stand apart.
  CASE type
    WHEN 'Tax' THEN 'tax'
    WHEN 'Credit' THEN CASE WHEN is_price_credit(concat_ws(' ', line_item_line_item_description, line_item_usage_type))
      THEN 'cost' WHEN is_given_back(line_item_line_item_description) THEN 'refund' ELSE 'promotional_credit' END
    WHEN 'Refund' THEN 'refund'
    ELSE 'cost'
  END AS charge_kind,
  source_file
FROM priced
