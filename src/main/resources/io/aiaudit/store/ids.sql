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

-- What a tag or an attribute says, however it is spelled; NULL for none and for a word that is neither.
CREATE OR REPLACE TEMP MACRO yes_or_no(stated) AS CASE
  WHEN lower(trim(stated)) IN ('yes', 'y', 'true', 't', '1', 'on', 'enabled', 'enable') THEN 'yes'
  WHEN lower(trim(stated)) IN ('no', 'n', 'false', 'f', '0', 'off', 'disabled', 'disable', 'none') THEN 'no'
END;

-- A word of an attribute or a tag in small letters, without blanks and separators: pendingmanualapproval for
-- Pending-Manual Approval. NULL where nothing is stated; none is a word, since some facts are that there is none.
CREATE OR REPLACE TEMP MACRO stated_word(stated) AS
  list_filter([regexp_replace(lower(stated), '[^a-z0-9]', '', 'g')], lambda word: word NOT IN ('', 'null', 'nil', 'na',
    'nan', 'unknown', 'unspecified', 'undefined', 'notavailable', 'notapplicable'))[1];

-- The same where it matters whether a source wrote that it does not know: unknown, and '' where it wrote nothing.
CREATE OR REPLACE TEMP MACRO word_or_unknown(stated) AS
  coalesce(stated_word(stated), if(trim(stated) <> '', 'unknown', ''), '');

-- Whether something is named, such as what requires a resource; what is unknown may be something, none and no are not.
CREATE OR REPLACE TEMP MACRO may_name(stated) AS
  word_or_unknown(stated) <> '' AND yes_or_no(word_or_unknown(stated)) IS DISTINCT FROM 'no';

-- The text of an attribute or a tag, which states something; none names nothing.
CREATE OR REPLACE TEMP MACRO stated_text(stated) AS
  CASE WHEN stated_word(stated) <> 'none' THEN trim(stated) END;

-- A number of an attribute or a tag as clouds, languages and spreadsheets write it: 13.5, 13,5, 1 000, 1,088.5, 13.5
-- GiB. NULL for what is none, and for 1,024, which may be a thousand or one.
CREATE OR REPLACE TEMP MACRO stated_number(stated) AS list_transform(
  [regexp_replace(regexp_replace(lower(stated), '[\x{00A0}\x{202F}\s]', ' ', 'g'), '^ +| *(gib)? *$', '', 'g')],
  lambda text: list_transform([CASE WHEN regexp_full_match(text, '[-+]?[0-9]{1,3}([ ''][0-9]{3})+([.,][0-9]+)?')
    THEN regexp_replace(text, '[ '']', '', 'g') ELSE text END], lambda x: list_filter([CASE
      WHEN regexp_full_match(x, '[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[-+]?[0-9]{1,2})?') THEN TRY_CAST(x AS DOUBLE)
      WHEN regexp_full_match(x, '[-+]?([0-9]*,([0-9]{1,2}|[0-9]{4,})|(0+|[0-9]{4,}),[0-9]+)')
        THEN TRY_CAST(replace(x, ',', '.') AS DOUBLE)
      WHEN regexp_full_match(x, '[-+]?[0-9]{1,3}((,[0-9]{3})+[.][0-9]+|(,[0-9]{3}){2,})')
        THEN TRY_CAST(replace(x, ',', '') AS DOUBLE)
      WHEN regexp_full_match(x, '[-+]?[0-9]{1,3}(([.][0-9]{3})+,[0-9]+|([.][0-9]{3}){2,})')
        THEN TRY_CAST(replace(replace(x, '.', ''), ',', '.') AS DOUBLE) END],
    lambda n: abs(n) < 1e30)[1])[1])[1];

-- How many: a whole number that is not below 0, also as 2.0.
CREATE OR REPLACE TEMP MACRO stated_count(stated) AS list_transform([stated_number(stated)],
  lambda n: CASE WHEN n >= 0 AND n = floor(n) AND n < 1e15 THEN n::BIGINT END)[1];

-- The limits of what scales.
CREATE OR REPLACE TEMP MACRO least_replicas(attributes) AS
  coalesce(stated_count(attributes['autoscaling_min']), stated_count(attributes['min_replicas']));
CREATE OR REPLACE TEMP MACRO most_replicas(attributes) AS
  coalesce(stated_count(attributes['autoscaling_max']), stated_count(attributes['max_replicas']));

-- A share of 0 to 1, also as 60 %; NULL for what is none. A comma parts no thousands in it.
CREATE OR REPLACE TEMP MACRO stated_share(stated) AS list_filter([CASE
  WHEN contains(stated, '%') THEN stated_number(regexp_replace(stated, '\s*%\s*$', '')) / 100
  WHEN regexp_full_match(trim(stated), '[0-9]*,[0-9]+') THEN TRY_CAST(replace(trim(stated), ',', '.') AS DOUBLE)
  ELSE stated_number(stated) END], lambda share: share BETWEEN 0 AND 1)[1];

-- Whether a share is stated that is none, such as -1, 140 % or NaN: it is unknown, and a rule says why.
CREATE OR REPLACE TEMP MACRO is_no_share(stated) AS coalesce(stated_share(stated) IS NULL
  AND (stated_word(stated) IS NOT NULL OR regexp_full_match(lower(trim(stated)), '[-+]?nan')), false);

-- The parts of a list in an attribute or a tag: with commas, semicolons or lines between, as JSON, or with blanks where
-- each part is more than a word (us-east-1 us-west-2, and not East US). NULL where nothing is in it.
CREATE OR REPLACE TEMP MACRO stated_list(stated) AS list_transform(
  [trim(regexp_replace(stated, '[\[\]{}"'']', ' ', 'g'))],
  lambda text: nullif(list_filter(list_transform(CASE
      WHEN regexp_matches(text, '[,;|\n\t]') THEN string_split_regex(text, '[,;|\n\t]')
      WHEN regexp_full_match(text, '(\S*[-/:0-9]\S*|(north|south|east|west|central)+[a-z]{2,}'
        || '|[a-z]{2,}(north|south|east|west|central)+)(\s+(\S*[-/:0-9]\S*|(north|south|east|west|central)+[a-z]{2,}'
        || '|[a-z]{2,}(north|south|east|west|central)+))*', 'i') THEN string_split_regex(text, '\s+')
      ELSE [text] END, lambda part: trim(part)),
    lambda part: coalesce(stated_word(part), 'none') <> 'none'), []))[1];

-- The word of a state, as clouds, their portals and people write it: running for PowerState/running and VM running,
-- succeeded for JOB_STATE_SUCCEEDED.
CREATE OR REPLACE TEMP MACRO state_word(state) AS
  nullif(regexp_replace(stated_word(state), '^(powerstate|provisioningstate|jobstate|vm)', ''), '');

-- What the state of a disk or a file system says of its use, by the pages of the clouds (docs/files.md): used, unused
-- (of disks), free (what uses it, its state does not show), gone (or not there yet), busy (it is written, exported,
-- repaired or changed: whether anything uses it is unknown). NULL for none and for a word that is none of these.
CREATE OR REPLACE TEMP MACRO disk_state(kind, state) AS CASE
  WHEN state_word(state) IN ('inuse', 'attached', 'reserved', 'frozen', 'activesasfrozen', 'mounted') THEN 'used'
  WHEN kind = 'volume' AND state_word(state) IN ('available', 'unattached', 'detached') THEN 'unused'
  -- of an inventory that has one word for all that is there, too
  WHEN state_word(state) IN ('available', 'ready', 'active', 'online', 'succeeded', 'unattached', 'detached',
    'running', 'inservice', 'enabled', 'on', 'ok', 'healthy', 'normal', 'provisioned', 'created', 'live') THEN 'free'
  WHEN state_word(state) IN ('deleting', 'deleted', 'creating', 'failed', 'error') THEN 'gone'
  WHEN state_word(state) IN ('activesas', 'activeupload', 'readytoupload', 'restoring', 'unavailable', 'updating',
    'misconfigured', 'misconfiguredunavailable', 'errordeleting', 'repairing', 'suspended') THEN 'busy' END;

-- A time in an attribute: finish/resources.sql has written it in one way and left out what cannot be. Which attributes
-- are times:
CREATE OR REPLACE TEMP MACRO stated_time(stated) AS TRY_CAST(stated AS TIMESTAMP);

CREATE OR REPLACE TEMP MACRO time_keys() AS ['configured_at', 'scaling_changed_at', 'stopped_since', 'stopped_because',
  'detached_since', 'last_used', 'measured_until', 'silent_since'];

-- The time in a reason of EC2, as in "User initiated (2026-03-01 10:00:00 GMT)".
CREATE OR REPLACE TEMP MACRO time_of_reason(reason) AS
  nullif(regexp_extract(reason, '\((\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)', 1), '');

CREATE OR REPLACE TEMP MACRO stopped_at(attributes) AS
  coalesce(stated_time(attributes['stopped_since']), stated_time(time_of_reason(attributes['stopped_because'])));

-- A model of the company's own: fine-tuned, trained or imported, which no price list has.
CREATE OR REPLACE TEMP MACRO is_custom_model(attributes, name) AS
  coalesce(starts_with(stated_word(attributes['hosting']), 'finetuned'), false)
  OR coalesce(stated_text(attributes['custom_model']) IS NOT NULL
    AND yes_or_no(attributes['custom_model']) IS DISTINCT FROM 'no', false)
  OR coalesce(regexp_matches(lower(concat_ws(' ', attributes['model'], attributes['base_model'],
    attributes['model_arn'], name)), '[.:_-]ft[-:]|(^| )ft:|:(custom|imported)-model(-deployment)?/'), false);

-- A fine-tuned model that is paid for by the hour, called or not (Resource.isHostedModel).
CREATE OR REPLACE TEMP MACRO is_hosted(kind, hosting) AS kind = 'model_usage'
  AND coalesce(starts_with(stated_word(hosting), 'finetuned'), false)
  AND NOT contains(stated_word(hosting), 'ondemand');

-- Whether an endpoint or a group keeps its number of instances; what was suspended may have scaled before.
CREATE OR REPLACE TEMP MACRO is_fixed_size(autoscaling) AS
  coalesce(yes_or_no(autoscaling) = 'no' OR stated_word(autoscaling) = 'suspended', false);

-- How many tokens one of the units is in which a line of tokens is counted.
CREATE OR REPLACE TEMP MACRO tokens_of_unit(unit) AS
  CASE WHEN regexp_full_match(lower(trim(unit)), '(1 ?)?(tokens?|counts?)') THEN 1
       WHEN regexp_full_match(lower(trim(unit)), '((1 ?)?k|1,?000|thousand)( ?tokens?)?') THEN 1000
       WHEN regexp_full_match(lower(trim(unit)), '((1 ?)?m|1,?000,?000|million)( ?tokens?)?') THEN 1000000 END;
