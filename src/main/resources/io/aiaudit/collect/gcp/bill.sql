-- What a Cloud Billing export has of a window, standard or detailed: one row for each resource, SKU and day. A column
-- whose comment names another one is read where the table has that one. Late and restated rows are rows of their own,
-- exported later: no export time is left out, and what they add up to is what is owed. Credits are summed beside the
-- cost. Joining them (FROM t, UNNEST(credits)) would count the cost of a row once for each of its credits.
WITH exported AS (
  SELECT
    billing_account_id,
    project.id AS project_id,
    project.name AS project_name,
    service.id AS service_id,
    service.description AS service_description,
    sku.id AS sku_id,
    sku.description AS sku_description,
    location.region AS location_region,
    location.zone AS location_zone,
    resource.name AS resource_name, -- resource, else CAST(NULL AS STRING)
    resource.global_name AS resource_global_name, -- resource, else CAST(NULL AS STRING)
    TO_JSON_STRING(labels) AS labels,
    TO_JSON_STRING(system_labels) AS system_labels, -- system_labels, else CAST(NULL AS STRING)
    currency,
    cost_type AS cost_type, -- cost_type, else CAST(NULL AS STRING)
    adjustment_info.type AS adjustment_info_type, -- adjustment_info, else CAST(NULL AS STRING)
    consumption_model.description AS consumption_model_description, -- consumption_model, else CAST(NULL AS STRING)
    subscription.instance_id AS subscription_instance_id, -- subscription, else CAST(NULL AS STRING)
    seller_name AS seller_name, -- seller_name, else CAST(NULL AS STRING)
    usage.unit AS usage_unit,
    usage.pricing_unit AS usage_pricing_unit,
    CAST(price.list_price AS STRING) AS price_list_price, -- price, else CAST(NULL AS STRING)
    CAST(price.effective_price AS STRING) AS price_effective_price, -- price, else CAST(NULL AS STRING)
    -- What lies within a day is summed by day; fees and tax keep their period.
    IF(usage_end_time <= TIMESTAMP_ADD(TIMESTAMP_TRUNC(usage_start_time, DAY, 'UTC'), INTERVAL 24 HOUR),
      TIMESTAMP_TRUNC(usage_start_time, DAY, 'UTC'), usage_start_time) AS usage_start_time,
    IF(usage_end_time <= TIMESTAMP_ADD(TIMESTAMP_TRUNC(usage_start_time, DAY, 'UTC'), INTERVAL 24 HOUR),
      TIMESTAMP_ADD(TIMESTAMP_TRUNC(usage_start_time, DAY, 'UTC'), INTERVAL 24 HOUR), usage_end_time) AS usage_end_time,
    -- Costs are FLOAT64 in the table; they add up exactly as decimals.
    CAST(cost AS BIGNUMERIC) AS cost,
    CAST(cost_at_list AS BIGNUMERIC) AS cost_at_list, -- cost_at_list, else CAST(NULL AS BIGNUMERIC)
    CAST(usage.amount AS BIGNUMERIC) AS usage_amount,
    CAST(usage.amount_in_pricing_units AS BIGNUMERIC) AS usage_amount_in_pricing_units,
    credits,
    export_time
  FROM {table}
  WHERE usage_start_time < @until
    AND GREATEST(usage_end_time, TIMESTAMP_ADD(usage_start_time, INTERVAL 1 MICROSECOND)) > @since
    AND {partition} >= TIMESTAMP_SUB(@since, INTERVAL {before})
), summed AS (
  SELECT
    billing_account_id, project_id, project_name, service_id, service_description, sku_id, sku_description,
    location_region, location_zone,
    resource_name, resource_global_name, labels, system_labels, currency, cost_type, adjustment_info_type,
    consumption_model_description,
    subscription_instance_id, seller_name, usage_unit, usage_pricing_unit, price_list_price, price_effective_price,
    usage_start_time, usage_end_time,
    ROUND(SUM(cost), 12) AS cost,
    ROUND(SUM(cost_at_list), 12) AS cost_at_list,
    ROUND(SUM(usage_amount), 12) AS usage_amount,
    ROUND(SUM(usage_amount_in_pricing_units), 12) AS usage_amount_in_pricing_units,
    ARRAY_CONCAT_AGG(credits) AS all_credits,
    MAX(export_time) AS export_time
  FROM exported
  GROUP BY
    billing_account_id, project_id, project_name, service_id, service_description, sku_id, sku_description,
    location_region, location_zone,
    resource_name, resource_global_name, labels, system_labels, currency, cost_type, adjustment_info_type,
    consumption_model_description,
    subscription_instance_id, seller_name, usage_unit, usage_pricing_unit, price_list_price, price_effective_price,
    usage_start_time, usage_end_time
)
SELECT
  * EXCEPT (all_credits, export_time, usage_start_time, usage_end_time, cost, cost_at_list, usage_amount,
    usage_amount_in_pricing_units),
  FORMAT_TIMESTAMP('%Y-%m-%dT%H:%M:%SZ', usage_start_time, 'UTC') AS usage_start_time,
  FORMAT_TIMESTAMP('%Y-%m-%dT%H:%M:%SZ', usage_end_time, 'UTC') AS usage_end_time,
  CAST(cost AS STRING) AS cost,
  CAST(cost_at_list AS STRING) AS cost_at_list,
  CAST(usage_amount AS STRING) AS usage_amount,
  CAST(usage_amount_in_pricing_units AS STRING) AS usage_amount_in_pricing_units,
  TO_JSON_STRING(ARRAY(
    SELECT AS STRUCT c.type, c.name, c.full_name, CAST(ROUND(SUM(CAST(c.amount AS BIGNUMERIC)), 12) AS STRING) AS amount
    FROM UNNEST(all_credits) AS c
    GROUP BY c.type, c.name, c.full_name
  )) AS credits,
  FORMAT_TIMESTAMP('%Y-%m-%dT%H:%M:%SZ', export_time, 'UTC') AS export_time
FROM summed
