-- Money billed on a parent goes to its leaves (DESIGN.md section 4): time by replicas x hours x list price, use by
-- tokens x price. docs/adr lists the cases.

-- The types of machines of parents that have several: what a charge names by one of them is of these leaves. Where the
-- type of a leaf is unknown, or the charge names none of them, it may be of each.
CREATE TEMP TABLE types_of_leaves AS
SELECT parent, unnest(types) AS machine
FROM (
  SELECT parent, list(DISTINCT type_without_service(machine_type)) AS types
  FROM leaves JOIN resources r ON r.resource_id = leaf
  WHERE r.provider <> 'azure'
  GROUP BY parent
  HAVING len(types) > 1 AND count(type_without_service(machine_type)) = count(*)
);

CREATE TEMP TABLE parent_rows AS
SELECT row_number() OVER () AS line, charges.*, CASE
  WHEN component = 'time' AND provider = 'azure' THEN coalesce(
    CASE WHEN azure_machine(SkuMeter, ChargeDescription, SkuPriceDetails) = 'hosting' THEN 'hosting@' || model END,
    azure_machine(SkuMeter, ChargeDescription, SkuPriceDetails), units_of_meter(SkuMeter, ChargeDescription))
  WHEN component = 'time' THEN named.machine
  -- of tokens the tier, and where they may be processed
  WHEN component = 'usage' AND provider = 'azure' AND model IS NOT NULL AND tier IS NOT NULL
    THEN tier || '@' || coalesce(scope_of_meter(SkuMeter, ChargeDescription), '') END AS machine
FROM charges LEFT JOIN types_of_leaves named ON named.parent = resource_id
  AND named.machine = type_without_service(billed_machine(SkuPriceDetails, SkuMeter, ChargeDescription, SkuId))
WHERE resource_id IN (SELECT parent FROM leaves);

-- Parts of a parent that no inventory lists, though the usage files or the bill name them: they lie below it, or beside
-- one of its leaves. What is billed on the parent may be theirs, so nothing of it is known to be of the others.
-- What is billed by its own id and has leaves of its own is listed by these, such as an endpoint by its deployment.
CREATE TEMP TABLE unlisted_parts AS
WITH named AS (
  -- the longest ids of the clouds have fewer parts than 40
  SELECT resource_id, unnest(list_transform(range(1, least(40, len(string_split(resource_id, '/')))),
    lambda n: array_to_string(string_split(resource_id, '/')[1:n], '/'))) AS folder
  FROM unlisted JOIN resources r USING (resource_id)
  WHERE r.kind IN ('unknown', 'inference_endpoint', 'training_cluster', 'notebook', 'provisioned_throughput',
    'model_usage', 'gpu_workload')
)
SELECT DISTINCT parent, named.resource_id
FROM (SELECT DISTINCT parent, unnest([parent, regexp_replace(leaf, '/[^/]+$', '')]) AS folder,
  folder = parent AS is_below FROM leaves) folders
JOIN named USING (folder)
WHERE (is_below OR regexp_replace(named.resource_id, '/[^/]+$', '') = folder)
  AND named.resource_id NOT IN (SELECT resource_id FROM parent_rows WHERE component = 'time');

INSERT INTO work.warnings BY NAME
SELECT coalesce(min(r.provider), '') AS source, '' AS scope,
  CASE WHEN count(*) = 1 THEN 'No inventory lists 1 part of ' ELSE 'No inventory lists ' || count(*) || ' parts of ' END
    || coalesce(any_value(r.name ORDER BY r.resource_id), parent) || ', which the usage files or the bill name ('
    || array_to_string(list_sort(list(if(starts_with(u.resource_id, parent || '/'),
      u.resource_id[len(parent) + 2:], u.resource_id)))[1:3], ', ') || if(count(*) > 3, ', ...', '')
    || '). Its cost is not split, so no saving on its other parts has an amount. Add them to the inventory.' AS message
FROM unlisted_parts u JOIN resources r ON r.resource_id = u.parent
WHERE u.parent IN (SELECT resource_id FROM parent_rows WHERE component IN ('time', 'usage'))
GROUP BY parent;

-- What is to be explained: the charges of one parent, component and period together, use by model and tier, and time by
-- size of machine where the meter names one.
CREATE TEMP TABLE parent_totals AS
SELECT resource_id AS parent, component, CASE component WHEN 'usage' THEN model END AS model, machine,
  ChargePeriodStart AS start_at, ChargePeriodEnd AS end_at, sum(cost) AS total
FROM parent_rows
WHERE charge_kind = 'cost' AND component IN ('time', 'usage')
GROUP BY ALL;

-- How many machines a leaf had in a period, on average of the hours that show it.
CREATE TEMP TABLE reported_machines AS
SELECT leaf, start_at, end_at, avg(m.average) AS machines
FROM (
  SELECT DISTINCT leaf, start_at, end_at, unnest(range(date_trunc('hour', start_at), end_at, INTERVAL 1 HOUR)) AS hour
  FROM parent_totals JOIN leaves USING (parent)
  WHERE component = 'time' AND leaf IN (SELECT resource_id FROM work.metrics WHERE metric = 'replicas')
) hours
JOIN work.metrics m ON m.resource_id = leaf AND m.hour = hours.hour
WHERE m.metric = 'replicas' AND m.average IS NOT NULL
GROUP BY ALL;

-- The hours of a period in which anything was measured of a leaf whose state costs nothing: what used a processor ran.
CREATE TEMP TABLE used_hours AS
SELECT leaf, start_at, end_at, count(DISTINCT m.hour) AS hours
FROM (SELECT DISTINCT leaf, start_at, end_at FROM parent_totals JOIN leaves USING (parent)
  JOIN resources r ON r.resource_id = leaf WHERE component = 'time' AND is_without_cost(r)) periods
JOIN work.metrics m ON m.resource_id = leaf AND m.hour >= date_trunc('hour', start_at) AND m.hour < end_at
WHERE greatest(m.average, m.maximum, m.total) > 0
GROUP BY ALL;

-- What leaves are compared by, once for each of them and not in each hour of the bill.
CREATE TEMP TABLE prices_of_leaves AS
SELECT r.resource_id AS leaf,
  (CASE r.purchase WHEN 'spot' THEN p.spot ELSE p.on_demand END * units_of(r.machine_type))::DOUBLE AS price
FROM resources r LEFT JOIN resource_prices p ON p.resource_id = r.resource_id
WHERE r.resource_id IN (SELECT leaf FROM leaves);

CREATE TEMP TABLE leaves_of_machines AS
SELECT t.parent, t.machine, leaf, NULL::VARCHAR AS own_machine
FROM (SELECT DISTINCT parent, machine FROM parent_totals WHERE component = 'time' AND machine IS NOT NULL) t
JOIN leaves USING (parent) JOIN resources r ON r.resource_id = leaf
WHERE NOT is_of_units(t.machine)
  AND if(r.provider = 'azure', is_azure_machine(r, t.machine), type_without_service(r.machine_type) = t.machine)
-- hosting is of the deployments of its model; where none has that, its name may be another one for theirs
QUALIFY NOT is_of_hosting(t.machine) OR is_hosted_model(r, t.machine)
  OR NOT bool_or(is_hosted_model(r, t.machine)) OVER (PARTITION BY t.parent, t.machine);

-- Units of throughput are of the deployments of their kind, and of those of an unknown kind. One alone may have been of
-- another kind before: it has what is billed for that while nothing is for its own (own_machine).
INSERT INTO leaves_of_machines
SELECT parent, machine, leaf, CASE WHEN own_machine <> machine THEN own_machine END
FROM (
  SELECT t.parent, t.machine, leaf, 'units@' || scope_of_deployment(deployment_kind(r.attributes['deployment_type']),
      deployment_kind(r.attributes['processed_in'])) AS own_machine,
    count(*) OVER (PARTITION BY t.parent, t.machine) AS deployments
  FROM (SELECT DISTINCT parent, machine FROM parent_totals WHERE component = 'time' AND is_of_units(machine)) t
  JOIN leaves USING (parent) JOIN resources r ON r.resource_id = leaf
  WHERE r.kind = 'provisioned_throughput'
)
WHERE coalesce(own_machine = machine, true) OR deployments = 1;

-- The most that rounding takes of a part of a card: half of its last decimal, where it has two or more (0.5 is a half).
CREATE TEMP MACRO rounded_off(accelerators) AS
  if(length(regexp_extract(accelerators::VARCHAR, '[.]([0-9]+)$', 1)) >= 2,
    0.5 / pow(10, length(regexp_extract(accelerators::VARCHAR, '[.]([0-9]+)$', 1))), 0);

-- Time: the machines of a leaf, by its hours if they show it, else as many as at the scan, and the hours in which it
-- existed in the period. One without a machine at the scan may have had some before: unless it is known since when it
-- is stopped, its hours are unknown, and at most those of all the machines that it may have (most_hours). A number that
-- nothing shows (number_unless_known) is not one: beside others nothing is known of such a leaf. One whose
-- state costs nothing ran in the hours in which it was measured; without any, what never started ran in none. An
-- instance is billed by itself, and a job reports what it had. What names a size of machine, or a kind of units, is of
-- leaves of that size or kind; where there is none it is of no leaf.
CREATE TEMP TABLE time_weights AS
SELECT
  t.parent, t.component, t.model, t.machine, t.start_at, t.end_at, t.total, leaves.leaf,
  CASE WHEN is_of_hosting(t.machine) THEN t.machine
       -- a unit has no type of machine; those of one sort of deployment cost the same
       WHEN r.kind = 'provisioned_throughput' THEN coalesce(r.machine_type, r.attributes['deployment_type'], 'unit')
       ELSE r.machine_type END AS machine_type,
  greatest(0, epoch(least(t.end_at, coalesce(r.ended_at, t.end_at))) -
    epoch(greatest(t.start_at, coalesce(r.created_at, t.start_at)))) / 3600 AS life_hours,
  CASE WHEN life_hours = 0 THEN 0
       WHEN m.machines IS NULL AND is_without_cost(r) AND (is_not_started(r) OR used.hours > 0)
         THEN least(life_hours, coalesce(used.hours, 0)) * coalesce(nullif(r.replicas, 0), 1)
       -- paid for each deployment, whatever its capacity
       WHEN is_of_hosting(t.machine) AND NOT is_without_cost(r) THEN life_hours
       ELSE life_hours * coalesce(m.machines, CASE WHEN NOT is_without_cost(r) THEN nullif(replicas_now(r), 0) END,
         CASE WHEN NOT is_without_cost(r) AND replicas_now(r) IS NULL THEN number_unless_known(r)
         WHEN r.kind IN ('instance', 'training_job', 'batch_job')
         OR stopped_at(r.attributes) <= t.start_at THEN 0 END)
         -- what runs on a node has as much of it as accelerators
         * if(r.kind = 'gpu_workload' AND p.price IS NULL, coalesce(r.accelerator_count, 0), 1) END AS machine_hours,
  -- that of units is no price of hosting
  CASE WHEN NOT is_of_hosting(t.machine) OR r.kind <> 'provisioned_throughput' THEN p.price END AS price,
  machine_hours IS NULL AND NOT is_without_cost(r) AND replicas_now(r) IS NULL AS has_unknown_number,
  CASE WHEN NOT has_unknown_number THEN coalesce(stated_count(r.attributes['max_nodes']), 1) END * greatest(0,
    epoch(least(t.end_at, coalesce(r.ended_at, t.end_at),
      coalesce(stopped_at(r.attributes), t.end_at)))
      - epoch(greatest(t.start_at, coalesce(r.created_at, t.start_at)))) / 3600 AS most_hours,
  -- The accelerators of the nodes, used by something that is known or not.
  CASE WHEN r.kind = 'gpu_workload'
    THEN g.accelerator_count * coalesce(nullif(replicas_now(g), 0),
    1) * (epoch(t.end_at) - epoch(t.start_at)) / 3600 END AS accelerator_hours,
  -- A seventh of a card has no exact decimal: how far its number of accelerators may be from what was rounded to it.
  CASE WHEN r.kind = 'gpu_workload' THEN rounded_off(r.accelerator_count) / nullif(r.accelerator_count,
    0) END AS rounded_share,
  r.kind = 'gpu_workload' AND coalesce(r.accelerator_count, 0) = 0 AS has_unknown_part, false AS has_no_limit
FROM parent_totals t
JOIN leaves USING (parent)
JOIN resources g ON g.resource_id = t.parent
JOIN resources r ON r.resource_id = leaves.leaf AND (r.kind <> 'model_usage' OR is_of_hosting(t.machine))
JOIN prices_of_leaves p ON p.leaf = leaves.leaf
LEFT JOIN reported_machines m ON m.leaf = leaves.leaf AND m.start_at = t.start_at AND m.end_at = t.end_at
LEFT JOIN used_hours used ON used.leaf = leaves.leaf AND used.start_at = t.start_at AND used.end_at = t.end_at
LEFT JOIN leaves_of_machines named ON named.parent = t.parent AND named.machine = t.machine AND named.leaf = leaves.leaf
WHERE t.component = 'time' AND (t.machine IS NULL OR named.leaf IS NOT NULL)
  AND NOT EXISTS (FROM parent_totals own WHERE own.component = 'time' AND own.parent = t.parent
    AND own.machine = named.own_machine AND own.start_at = t.start_at AND own.end_at = t.end_at)
  -- units are of no deployment that is hosted, where the bill names both
  AND NOT ((t.machine IS NULL OR is_of_units(t.machine)) AND is_hosted_deployment(r)
    AND t.parent IN (SELECT parent FROM parent_totals WHERE is_of_hosting(machine)));

-- What the kind of a deployment says of its tiers. A bare Standard is a word for all that is not provisioned.
CREATE TEMP TABLE kinds_of_deployments AS
SELECT leaf, model, may_run_it, is_for_batches(kind) AS for_batches, scope_of_deployment(kind, processed_in) AS scope,
  coalesce(kind = 'standard' AND processed_in IS NULL, false) AS is_bare
FROM (
  SELECT resource_id AS leaf, model_of(r) AS model, coalesce(attributes['model'], machine_type) IS NULL AS may_run_it,
    deployment_kind(attributes['deployment_type']) AS kind,
    deployment_kind(attributes['processed_in']) AS processed_in
  FROM resources r WHERE r.kind = 'model_usage' AND resource_id IN (SELECT leaf FROM leaves)
);

-- The leaves that run the model of a charge; where none does, those whose model is unknown. A charge of a
-- model that no leaf runs is of no leaf.
CREATE TEMP TABLE leaves_of_models AS
SELECT * EXCLUDE (runs_it, may_run_it)
FROM (
  SELECT t.*, k.* EXCLUDE (model), is_model(k.model, t.model) AS runs_it,
    split_part(t.machine, '@', 1) = 'batch' AS is_batch, nullif(split_part(t.machine, '@', 2), '') AS billed_scope
  FROM (SELECT DISTINCT parent, model, machine FROM parent_totals WHERE component = 'usage' AND model IS NOT NULL) t
  JOIN leaves USING (parent) JOIN kinds_of_deployments k USING (leaf)
)
QUALIFY runs_it OR (may_run_it AND NOT bool_or(runs_it) OVER (PARTITION BY parent, model, machine));

-- Of several, one whose kind is known has the tiers of that kind only. One alone may have been of another scope before,
-- but batches are of deployments for batches in any case.
CREATE TEMP TABLE running_model AS
SELECT parent, model, machine, leaf, for_batches IS NOT NULL AND scope IS NOT NULL AS is_of_known_kind,
  count(*) OVER (PARTITION BY parent, model, machine) = 1 AS is_alone
FROM (
  SELECT *, coalesce(scope <> billed_scope, false) AS differs, count(*) OVER together AS running,
    bool_and(coalesce(scope <> billed_scope, false)) OVER together AS all_differ
  FROM leaves_of_models
  -- what cannot have any of it is no other deployment: one for batches, or one that never started
  WHERE coalesce(for_batches = is_batch, true) AND leaf NOT IN (
    SELECT resource_id FROM resources r WHERE is_not_started(r) AND resource_id NOT IN (
      SELECT resource_id FROM work.metrics WHERE starts_with(metric, 'tokens_') AND total > 0))
  WINDOW together AS (PARTITION BY parent, model, machine)
)
WHERE NOT differs OR running = 1 OR (is_bare AND all_differ);

-- The prices of the tokens of a leaf by tier. Where the list has none of a tier, that of the standard tier is what
-- leaves are compared by, and none is too much (has_price). Versions of a price have the same tiers.
CREATE TEMP TABLE token_prices AS
WITH listed AS (
  SELECT *, regexp_replace(tier, '@.*$', '') AS kind, regexp_replace(model, '-[0-9]{4}-[0-9]{2}-[0-9]{2}$', '') AS brand
  FROM models
), wanted AS (
  SELECT *, split_part(machine, '@', 1) AS tier,
    split_part(machine, '@', 2) IN ('data_zone', 'regional') AS is_kept_near,
    CASE WHEN tier IN ('data_zone', 'regional') THEN ['regional']
      WHEN tier IN ('priority', 'flex', 'long_context') THEN [if(is_kept_near, 'regional_', '') || tier]
      WHEN is_kept_near THEN ['regional']
      WHEN machine IS NULL OR machine = 'standard@' THEN ['standard'] ELSE ['global', 'standard'] END AS kinds
  FROM (SELECT DISTINCT machine FROM parent_totals WHERE component = 'usage')
), base AS (
  SELECT * FROM listed QUALIFY row_number() OVER (PARTITION BY provider, model
    ORDER BY tier <> 'standard', as_of DESC, tier) = 1
), tiers AS (
  SELECT b.provider, b.model, w.machine, t
  FROM base b JOIN listed t USING (provider, brand) JOIN base own ON own.provider = t.provider AND own.model = t.model
  JOIN wanted w ON list_contains(w.kinds, t.kind)
  WHERE own.input = b.input AND (w.tier IS DISTINCT FROM 'batch' OR t.batch_input IS NOT NULL)
    AND w.tier IS DISTINCT FROM 'unknown'
  QUALIFY row_number() OVER (PARTITION BY b.provider, b.model, w.machine
    ORDER BY t.model <> b.model, list_position(w.kinds, t.kind), t.as_of DESC, t.tier) = 1
)
SELECT b.provider, b.model, w.machine, t IS NOT NULL OR w.machine IS NULL AS has_price,
  CASE WHEN w.tier = 'batch' THEN coalesce(t.batch_input / nullif(t.input, 0), 1) ELSE 1 END AS share,
  (CASE WHEN t IS NULL THEN b.input ELSE t.input END * share)::DOUBLE AS tokens_input,
  CASE WHEN t IS NULL THEN b.output WHEN w.tier = 'batch' THEN t.batch_output ELSE t.output END::DOUBLE
    AS tokens_output,
  (CASE WHEN t IS NULL THEN b.cache_read ELSE t.cache_read END * share)::DOUBLE AS tokens_cache_read,
  (CASE WHEN t IS NULL THEN b.cache_write ELSE t.cache_write END * share)::DOUBLE AS tokens_cache_write
FROM base b CROSS JOIN wanted w LEFT JOIN tiers ON tiers.provider = b.provider AND tiers.model = b.model
  AND tiers.machine IS NOT DISTINCT FROM w.machine
WHERE (b.provider, b.model) IN (SELECT r.provider, model_of(r) FROM resources r JOIN leaves ON leaf = r.resource_id);

-- Use: the tokens of a model in the period, priced per million in the tier of the charge. A leaf that has none in it is
-- worth nothing beside others that have some, and is none of them where its state says that it never started.
CREATE TEMP TABLE usage_of_leaves AS
SELECT
  t.parent, t.component, t.model, t.machine, t.start_at, t.end_at, t.total, leaves.leaf,
  any_value(model_of(r)) AS machine_type, sum(m.total) AS tokens,
  coalesce(
    sum(m.total * CASE m.metric WHEN 'tokens_input' THEN p.tokens_input WHEN 'tokens_output' THEN p.tokens_output
      WHEN 'tokens_cache_read' THEN p.tokens_cache_read ELSE p.tokens_cache_write END / 1e6)
      / nullif(sum(m.total), 0),
    any_value(p.tokens_input) / 1e6) AS price,
  coalesce(bool_or(s.is_of_known_kind), false) AS is_of_known_kind,
  -- one alone has all of it, whatever was paid for a token
  coalesce(bool_or(s.is_alone), false) AS is_alone, NOT coalesce(bool_and(p.has_price), true) AS lacks_price
FROM parent_totals t
JOIN leaves USING (parent)
JOIN resources r ON r.resource_id = leaf AND r.kind = 'model_usage'
LEFT JOIN running_model s ON s.parent = t.parent AND s.model = t.model AND s.machine IS NOT DISTINCT FROM t.machine
  AND s.leaf = leaves.leaf
LEFT JOIN work.metrics m ON m.resource_id = leaves.leaf
  AND m.metric IN ('tokens_input', 'tokens_output', 'tokens_cache_read', 'tokens_cache_write') AND m.hour >= t.start_at
  AND m.hour < t.end_at
LEFT JOIN token_prices p ON p.provider = r.provider AND p.model = model_of(r)
  AND p.machine IS NOT DISTINCT FROM t.machine
WHERE t.component = 'usage' AND (t.model IS NULL OR s.leaf IS NOT NULL)
GROUP BY t.parent, t.component, t.model, t.machine, t.start_at, t.end_at, t.total, leaves.leaf
HAVING sum(m.total) > 0 OR NOT bool_or(is_not_started(r));

-- Metrics do not say in which tier the tokens of a leaf were: they are in those that it may have as the bill is, less
-- what is of the leaves whose kind is known.
CREATE TEMP TABLE usage_weights AS
WITH billed AS (
  SELECT *, abs(total::DOUBLE) / coalesce(nullif(price, 0), 1) AS of_tier FROM usage_of_leaves
), of_known AS (
  SELECT *, greatest(0, of_tier - coalesce(sum(tokens * known_share) FILTER (is_of_known_kind)
    OVER (PARTITION BY parent, model, machine, start_at, end_at), 0)) AS rest
  FROM (SELECT *, of_tier / nullif(sum(of_tier) OVER of_leaf, 0) AS known_share FROM billed
    WINDOW of_leaf AS (PARTITION BY parent, model, start_at, end_at, leaf))
)
SELECT parent, component, model, machine, start_at, end_at, total, leaf, machine_type,
  tokens * coalesce(CASE WHEN NOT is_of_known_kind THEN rest / nullif(sum(rest) OVER of_leaf, 0) END, known_share,
    1) AS machine_hours,
  price, false AS has_unknown_number, NULL::DOUBLE AS most_hours, NULL::DOUBLE AS accelerator_hours,
  NULL::DOUBLE AS rounded_share, false AS has_unknown_part,
  -- how many of the tokens are of a tier without a price is unknown, and so is how many are left for the others
  is_alone OR bool_or(lacks_price) OVER (PARTITION BY parent, model, start_at, end_at) AS has_no_limit
FROM of_known
WINDOW of_leaf AS (PARTITION BY parent, model, start_at, end_at, leaf);

CREATE TEMP TABLE weights AS
SELECT *, 0::DOUBLE AS explained_before
  FROM (SELECT * EXCLUDE (life_hours) FROM time_weights UNION ALL FROM usage_weights);

INSERT INTO work.warnings BY NAME
SELECT '' AS source, '' AS scope,
  'The accelerator_count of ' || CASE WHEN count(*) = 1 THEN '1 Kubernetes workload'
    ELSE count(*) || ' Kubernetes workloads' END || ' is unknown (' || array_to_string(list_sort(list(leaf))[1:3], ', ')
    || if(count(*) > 3, ', ...', '') || '), so what they cost of their nodes is unknown. Add it to the inventory.'
    AS message
FROM (SELECT DISTINCT leaf FROM weights WHERE has_unknown_part)
HAVING count(*) > 0;

INSERT INTO work.warnings BY NAME
SELECT coalesce(min(r.provider), '') AS source, '' AS scope,
  'How many ' || if(bool_and(r.kind = 'provisioned_throughput'), 'units ', 'instances or units ')
    || CASE WHEN count(*) = 1 THEN '1 resource has' ELSE count(*) || ' resources have' END || ' is unknown ('
    || array_to_string(list_sort(list(coalesce(r.name, leaf)))[1:3], ', ') || if(count(*) > 3, ', ...', '')
    || '), so their part of the bill is unknown. Add replicas to the inventory.' AS message
FROM (
  SELECT DISTINCT leaf FROM (SELECT leaf, has_unknown_number,
    count(*) OVER (PARTITION BY parent, component, model, machine, start_at, end_at) AS siblings FROM weights)
  WHERE has_unknown_number AND siblings > 1
) JOIN resources r ON r.resource_id = leaf
HAVING count(*) > 0;

-- All leaves priced: a leaf takes no more than its list price, the rest is not explained; a rest below a millionth is
-- what rounding left of a bill that says just the list price. Leaves whose hours are unknown take what the others
-- leave, no more than the list price of all the hours that they may have run; one whose number is unknown takes all
-- where it is alone, and nothing beside others. Only one leaf, or all of one type, and
-- the hours of all are known: the price does not matter, they take all, as a leaf alone does of the tokens of its model
-- (has_no_limit), but workloads no more than their part of the
-- accelerators of their nodes, and nothing where their number of accelerators is unknown. Else nothing is known about
-- how to split.
CREATE TEMP VIEW shares_by_weight AS
WITH weighed AS (
  SELECT *, count(*) OVER together AS siblings, has_unknown_number AND siblings = 1 AS is_alone,
    component = 'time' AND bool_or(machine_hours IS NULL) OVER together AS unknown,
    bool_and(price IS NOT NULL) OVER together AND (bool_or(machine_hours > 0) OVER together OR unknown)
      AND NOT is_alone AS priced,
    component = 'time' AND machine_hours IS NULL AND price IS NOT NULL AND NOT has_unknown_number
      AS takes_what_is_left,
    count(DISTINCT machine_type) OVER together = 1 AND bool_and(machine_type IS NOT NULL) OVER together AS one_type,
    -- of a node whose accelerators are known a workload takes no more than its own
    has_unknown_part
      OR (accelerator_hours IS NULL AND parent IN (SELECT parent FROM unlisted_parts)) AS is_lacking
  FROM weights
  WINDOW together AS (PARTITION BY parent, component, model, machine, start_at, end_at)
), valued AS (
  SELECT *,
    CASE WHEN is_lacking THEN 0
      WHEN is_alone THEN 1
      WHEN priced THEN greatest(0, coalesce(machine_hours, 0) * price - explained_before)
      WHEN unknown OR explained_before > 0 THEN 0
         WHEN one_type AND machine_hours IS NOT NULL THEN machine_hours WHEN siblings = 1 THEN 1 ELSE 0 END AS weight
  FROM weighed
), left_over AS (
  SELECT * EXCLUDE (weight),
    CASE WHEN priced AND takes_what_is_left AND most_hours > 0 AND NOT is_lacking
      THEN most_hours * price
        * least(1, greatest(0, total::DOUBLE - sum(weight) OVER together) / sum(most_hours * price) FILTER
          (takes_what_is_left) OVER together)
      ELSE weight END AS weight
  FROM valued WINDOW together AS (PARTITION BY parent, component, model, machine, start_at, end_at)
), summed AS (
  SELECT *, sum(weight) OVER together AS explained,
    greatest(explained, CASE WHEN bool_or(has_no_limit) OVER together THEN explained
      WHEN priced THEN total::DOUBLE ELSE max(accelerator_hours) OVER together END) AS whole,
    whole > explained * 1.000001 + coalesce(sum(weight * rounded_share) OVER together, 0) AS partly
  FROM left_over WINDOW together AS (PARTITION BY parent, component, model, machine, start_at, end_at)
)
SELECT
  parent, component, model, machine, start_at, end_at, leaf,
  CAST(weight / CASE WHEN partly THEN whole ELSE explained END AS DECIMAL(13,12)) AS share,
  NOT partly AND row_number() OVER (PARTITION BY parent, component, model, machine, start_at, end_at
    ORDER BY weight DESC, leaf) = 1 AS takes_rest,
  partly, takes_what_is_left
FROM summed
WHERE explained > 0 AND weight > 0;

CREATE TEMP TABLE shares AS FROM shares_by_weight WHERE component = 'time' OR model IS NOT NULL;

-- Tokens explain money once: use of which the meter names no model is explained by what they are worth beyond the use
-- of their own model in these hours.
UPDATE weights SET explained_before = given.amount
FROM (
  SELECT unnamed.parent, unnamed.start_at, unnamed.end_at, s.leaf,
    sum(greatest(0, t.total::DOUBLE * s.share::DOUBLE * epoch(least(t.end_at, unnamed.end_at) - greatest(t.start_at,
      unnamed.start_at)) / epoch(t.end_at - t.start_at))) AS amount
  FROM parent_totals unnamed
  JOIN parent_totals t ON t.parent = unnamed.parent AND t.component = 'usage' AND t.model IS NOT NULL
    AND t.start_at < unnamed.end_at AND t.end_at > unnamed.start_at
  JOIN shares s ON s.parent = t.parent AND s.component = t.component AND s.model = t.model
    AND s.machine IS NOT DISTINCT FROM t.machine AND s.start_at = t.start_at AND s.end_at = t.end_at
  WHERE unnamed.component = 'usage' AND unnamed.model IS NULL
  GROUP BY ALL
) given
WHERE weights.component = 'usage' AND weights.model IS NULL AND weights.parent = given.parent
  AND weights.leaf = given.leaf AND weights.start_at = given.start_at AND weights.end_at = given.end_at;

INSERT INTO shares FROM shares_by_weight WHERE component = 'usage' AND model IS NULL;

INSERT INTO shares
SELECT DISTINCT parent, component, model, machine, start_at, end_at, parent || '#unallocated', NULL, true, true, false
  FROM shares WHERE partly;

-- What such a leaf costs is less certain than what its own hours show: its row says so, and the report.
CREATE TEMP TABLE left_over AS SELECT DISTINCT leaf FROM shares WHERE takes_what_is_left;

UPDATE resources
SET attributes = map_concat(coalesce(attributes, MAP {}),
  MAP {'cost_taken_as': 'what the list price of the others leaves of the bill, since its hours are unknown'})
WHERE resource_id IN (FROM left_over);

INSERT INTO work.warnings BY NAME
SELECT 'azure' AS source, '' AS scope,
  'The hours of ' || CASE WHEN count(*) = 1 THEN '1 compute'
    ELSE count(*) || ' computes' END || ' without a node now are unknown ('
    || array_to_string(list_sort(list(coalesce(name, resource_id)))[1:3], ', ') || CASE WHEN count(*) > 3
      THEN ' and ' || (count(*) - 3) || ' more' ELSE '' END
    || '): their cost is what the list price of the others leaves of the bill.' AS message
FROM resources WHERE resource_id IN (FROM left_over)
HAVING count(*) > 0;

-- Parts of each row, rounded to the twelfth decimal; the one that takes the rest makes the sum exact. All of it is an
-- estimate: leaves that are gone may have been billed too.
CREATE TEMP MACRO part(amount, share) AS CAST(CAST(amount AS DECIMAL(24,12)) * share AS DECIMAL(28,12));

CREATE TEMP MACRO split(amount, share, takes_rest) AS
  CASE WHEN takes_rest
    THEN amount - coalesce(sum(part(amount, CASE WHEN NOT takes_rest THEN share END)) OVER (PARTITION BY line), 0)
    ELSE part(amount, share) END;

INSERT INTO charge_parts BY NAME
SELECT * EXCLUDE (line, machine, share, takes_rest)
  REPLACE (
    split(BilledCost, share, takes_rest) AS BilledCost, split(EffectiveCost, share, takes_rest) AS EffectiveCost,
    split(ListCost, share, takes_rest) AS ListCost,
    split(ContractedCost, share, takes_rest) AS ContractedCost, split(cost, share, takes_rest) AS cost,
    split(ConsumedQuantity, share, takes_rest) AS ConsumedQuantity,
    split(PricingQuantity, share, takes_rest) AS PricingQuantity)
FROM (
  SELECT
    r.* REPLACE (coalesce(s.leaf, r.resource_id || '#unallocated') AS resource_id,
      CASE WHEN cost_basis = 'unpriced' THEN cost_basis ELSE 'allocated' END AS cost_basis), s.share,
      coalesce(s.takes_rest, true) AS takes_rest
  FROM parent_rows r
  LEFT JOIN shares s ON s.parent = r.resource_id AND s.component = r.component
    AND s.model IS NOT DISTINCT FROM CASE r.component WHEN 'usage' THEN r.model END
    AND s.machine IS NOT DISTINCT FROM r.machine AND s.start_at = r.ChargePeriodStart AND s.end_at = r.ChargePeriodEnd
    AND r.charge_kind = 'cost'
);

-- What no leaf explains is a leaf of its own beside them.
INSERT INTO resources BY NAME
SELECT * REPLACE (resource_id || '#unallocated' AS resource_id, resource_id AS parent_id, NULL AS machine_type,
  NULL AS replicas, MAP {'unallocated': 'true'} AS attributes)
FROM resources
WHERE resource_id || '#unallocated' IN (SELECT resource_id FROM charge_parts)
  AND resource_id || '#unallocated' NOT IN (SELECT resource_id FROM resources);

-- The rows that were split are replaced by their parts.
CREATE TEMP TABLE parent_texts AS SELECT text_id FROM charge_texts WHERE resource_id IN (SELECT parent FROM leaves);
DELETE FROM charge_lines WHERE text_id IN (FROM parent_texts);
DELETE FROM charge_texts WHERE text_id IN (FROM parent_texts);
