-- What ids and columns of charges mean, for scripts that read a finished store.

-- An account as bills and inventories write it alike, which is what all scripts compare: bills of FOCUS have a
-- subscription or billing account of Azure with its path, a spreadsheet drops the zeros that an account of AWS begins
-- with, and its console writes it in three groups.
CREATE OR REPLACE TEMP MACRO account_key(id) AS CASE
  WHEN starts_with(id, '/') THEN regexp_replace(lower(trim(id)),
    '^/(?:subscriptions|providers/microsoft\.billing/billingaccounts)/([^/]+).*$', '\1')
  WHEN regexp_full_match(trim(id), '[0-9]{9,12}(\.0)?') THEN lpad(regexp_extract(id, '[0-9]+'), 12, '0')
  WHEN regexp_full_match(trim(id), '[0-9]{4}-[0-9]{4}-[0-9]{4}') THEN replace(trim(id), '-', '')
  ELSE lower(trim(id)) END;

-- What sort of thing an id is of, as its cloud writes it: sagemaker endpoint, microsoft.compute/virtualmachines,
-- compute instances.
CREATE OR REPLACE TEMP MACRO id_shape(id) AS nullif(CASE
  WHEN starts_with(id, 'arn:') THEN split_part(id, ':', 3) || ' ' || regexp_extract(split_part(id, ':', 6), '^[^/]+/?')
  WHEN starts_with(id, '/subscriptions/') THEN regexp_extract(id, '/providers/([^/]+/[^/]+)', 1)
  WHEN starts_with(id, '//') THEN regexp_extract(id, '^//([^.]+)', 1) || ' ' || regexp_extract(id, '/([^/]+)/[^/]+$', 1)
  ELSE regexp_extract(id, '^(i|vol)-[0-9a-f]+$', 1) END, '');

-- What does not come back in the coming month: what repairs an earlier invoice, and what is paid once. What is paid
-- once for longer than a month is a price of its time, as a credit that lowers a price is a part of that price.
CREATE OR REPLACE TEMP MACRO is_one_off(charge_category, charge_class, frequency, period_seconds) AS
  coalesce(lower(trim(charge_class)) = 'correction', false) OR coalesce(lower(charge_category) = 'adjustment', false)
  OR (coalesce(regexp_full_match(lower(trim(frequency)), 'one[- ]?time'), false)
    AND coalesce(lower(charge_category) <> 'credit', true) AND period_seconds <= 32 * 86400);

-- What is charged for use, unlike fees, credits and what is given back.
CREATE OR REPLACE TEMP MACRO is_use(charge_category, charge_class, frequency) AS
  lower(coalesce(charge_category, 'usage')) = 'usage' AND NOT is_one_off(charge_category, charge_class, frequency, 0);

-- A row of more than a day, of what began or ended within its period, is a price of the time that it existed. A payment
-- that comes again and again is one of its period all the same.
CREATE OR REPLACE TEMP MACRO is_of_life(charge_category, charge_class, frequency) AS
  lower(coalesce(charge_category, 'usage')) IN ('usage', 'credit') AND frequency IS DISTINCT FROM 'Recurring'
  AND NOT is_one_off(charge_category, charge_class, frequency, 0);

CREATE OR REPLACE TEMP MACRO exists_within(start_at, end_at, created_at, ended_at) AS
  end_at - start_at > INTERVAL 25 HOUR
  AND greatest(start_at, coalesce(created_at, start_at)) < least(end_at, coalesce(ended_at, end_at));

CREATE OR REPLACE TEMP MACRO existing_from(start_at, end_at, created_at, ended_at) AS
  CASE WHEN exists_within(start_at, end_at, created_at, ended_at)
    THEN greatest(start_at, coalesce(created_at, start_at)) ELSE start_at END;

CREATE OR REPLACE TEMP MACRO existing_until(start_at, end_at, created_at, ended_at) AS
  CASE WHEN exists_within(start_at, end_at, created_at, ended_at)
    THEN least(end_at, coalesce(ended_at, end_at)) ELSE end_at END;

-- A charge for time that a machine ran: its price is that of an hour, today and next month.
CREATE OR REPLACE TEMP MACRO is_machine_time(component, charge_kind, charge_category, charge_class, frequency) AS
  coalesce(component = 'time' AND charge_kind = 'cost', false)
  AND NOT is_one_off(charge_category, charge_class, frequency, 0);

-- The hours of such a charge; NULL where it counts something else, such as seconds of a core or GB-hours.
CREATE OR REPLACE TEMP MACRO machine_hours(unit, quantity) AS
  CASE WHEN regexp_full_match(lower(trim(unit)), '(1 )?(hour|hours|hrs)') THEN quantity END;

-- Unless it is capacity bought for a span of days that goes on to the end of the window, or beyond: that is paid for
-- as it is now, and what of it nobody uses is an unused commitment. What is paid once for a discount is for a term that
-- its span does not show, mostly the month of the invoice.
CREATE OR REPLACE TEMP MACRO is_bought_now(component, charge_category, charge_class, discount_id, period_seconds,
  reaches_end) AS
  coalesce(component = 'commitment' AND lower(charge_category) = 'purchase' AND reaches_end
    AND period_seconds > 25 * 3600, false)
  AND coalesce(lower(trim(charge_class)) <> 'correction', true) AND discount_id IS NULL;

-- What of a cost a fix can save. Software, support and the like that is paid for a term (bought, recurring, or a row
-- longer than a day of any time zone or without a length) goes on until the term ends, as a commitment does, whatever
-- is stopped. Licences metered by the hour end with what they run on.
CREATE OR REPLACE TEMP MACRO saved_as(component, charge_category, frequency, period_seconds) AS
  CASE WHEN component = 'licence' AND (coalesce(lower(charge_category) = 'purchase', false)
    OR coalesce(lower(trim(frequency)) = 'recurring', false) OR period_seconds NOT BETWEEN 2 AND 25 * 3600)
    THEN 'commitment' ELSE component END;

-- What a line of time is for: the instance type, else the meter.
CREATE OR REPLACE TEMP MACRO billed_machine(price_details, meter, description, sku) AS coalesce(
  nullif(regexp_extract(coalesce(price_details, ''), '"(?:x_)?InstanceType"\s*:\s*"([^"]+)"', 1), ''),
  nullif(regexp_extract(concat_ws(' ', meter, description),
    '\b((?:ml\.)?[a-z][a-z0-9-]*\.(?:[0-9]*x?large|medium|small|micro|nano|metal(?:-[0-9a-z]+)?))\b', 1), ''),
  meter, sku, '');

-- How its capacity was bought, commitments apart.
CREATE OR REPLACE TEMP MACRO billed_purchase(pricing_category, meter) AS
  CASE WHEN lower(coalesce(pricing_category, '')) IN ('dynamic', 'spot')
    OR regexp_matches(coalesce(meter, ''), 'spot|preemptible', 'i') THEN 'spot' ELSE 'on_demand' END;

-- A fine-tuned model that is paid for by the hour, called or not (Resource.isHostedModel).
CREATE OR REPLACE TEMP MACRO is_hosted(kind, hosting) AS kind = 'model_usage'
  AND starts_with(lower(coalesce(hosting, '')), 'fine-tuned') AND NOT contains(lower(hosting), 'on demand');

-- What a tag or an attribute says, however it is spelled; NULL for none and for a word that is neither.
CREATE OR REPLACE TEMP MACRO yes_or_no(stated) AS CASE
  WHEN lower(trim(stated)) IN ('yes', 'y', 'true', 't', '1', 'on', 'enabled', 'enable') THEN 'yes'
  WHEN lower(trim(stated)) IN ('no', 'n', 'false', 'f', '0', 'off', 'disabled', 'disable', 'none') THEN 'no'
END;

-- Whether an endpoint or a group keeps its number of instances; what was suspended may have scaled before.
CREATE OR REPLACE TEMP MACRO is_fixed_size(autoscaling) AS
  coalesce(yes_or_no(autoscaling) = 'no' OR lower(trim(autoscaling)) = 'suspended', false);

-- How many tokens one of the units is in which a line of tokens is counted.
CREATE OR REPLACE TEMP MACRO tokens_of_unit(unit) AS
  CASE WHEN regexp_full_match(lower(trim(unit)), '(1 ?)?(tokens?|counts?)') THEN 1
       WHEN regexp_full_match(lower(trim(unit)), '((1 ?)?k|1,?000|thousand)( ?tokens?)?') THEN 1000
       WHEN regexp_full_match(lower(trim(unit)), '((1 ?)?m|1,?000,?000|million)( ?tokens?)?') THEN 1000000 END;
