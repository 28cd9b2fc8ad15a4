-- Totals of each provider's bill, whole files. Rows are those of the files, not the parts that charges were split into.
SELECT
  provider,
  coalesce(sum(BilledCost), 0) AS billed_cost, coalesce(sum(cost), 0) AS effective_cost,
  coalesce(sum(cost) FILTER (spend_class = 'ai'), 0) AS ai_cost,
  coalesce(sum(cost) FILTER (spend_class = 'other'), 0) AS other_cost,
  coalesce(sum(cost) FILTER (spend_class IS DISTINCT FROM 'ai' AND spend_class IS DISTINCT FROM 'other'),
    0) AS untold_cost,
  coalesce(sum(BilledCost) FILTER (charge_kind = 'tax'), 0) AS tax,
  coalesce(sum(BilledCost) FILTER (charge_kind = 'promotional_credit'), 0) AS promotional_credit,
  coalesce(any_value(bill.good), count(*)) AS rows, coalesce(any_value(bill.rejected), 0) AS rejected_rows
FROM charges
LEFT JOIN (SELECT provider, sum(rows)::BIGINT AS good, sum(rejected_rows)::BIGINT AS rejected FROM bill_rows
  GROUP BY provider) AS bill USING (provider)
GROUP BY provider
ORDER BY provider
