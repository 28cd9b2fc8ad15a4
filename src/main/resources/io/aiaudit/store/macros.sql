-- What the mappings of files share.

-- A time as UTC; without a zone it is UTC. DuckDB's cast to TIMESTAMP drops an offset or a zone name without a word, so
-- only text that cannot have one takes it.
CREATE OR REPLACE TEMP MACRO any_utc(x) AS CASE
  WHEN strlen(x) = 10 OR (strlen(x) = 19 AND x[17] = ':') OR (strlen(x) = 20 AND x[17] = ':' AND x[20] = 'Z')
    THEN TRY_CAST(x AS TIMESTAMP)
  WHEN regexp_full_match(x, '\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([T ][0-9]{1,2}:[0-9]{1,2}(:[0-9.]+)?)?\s*(Z|UTC)?\s*')
    THEN TRY_CAST(x AS TIMESTAMP)
  ELSE TRY_CAST(x AS TIMESTAMPTZ) AT TIME ZONE 'UTC'
END;

-- 30/06/2026 or 30/06/26 with any separator, then the time of day without what says that it is UTC.
CREATE OR REPLACE TEMP MACRO slashed(x) AS regexp_replace(
  regexp_replace(trim(x), '^([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{2})([ T,]|$)', '\1/\2/20\3 '),
  '^([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})[ T,]*(.*?)\s*(Z|UTC)?$', '\1/\2/\3 \4');

-- A time as a spreadsheet leaves it, without a zone: 30/06/2026 13:00, 6/30/26 1:00 PM, 30.06.2026, 30-Jun-26, or days
-- since 1900 such as 46203.5. What is none of these is read as any other time.
CREATE OR REPLACE TEMP MACRO spreadsheet_utc(x, day_first) AS CASE
  WHEN regexp_full_match(x, '\s*[0-9]{5}([.,][0-9]+)?\s*')
    THEN TIMESTAMP '1899-12-30' + to_seconds(CAST(round(CAST(replace(x, ',', '.') AS DOUBLE) * 86400) AS BIGINT))
  WHEN regexp_matches(x, '^\s*[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]') THEN if(day_first,
    try_strptime(slashed(x),
      ['%d/%m/%Y ', '%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M:%S.%f', '%d/%m/%Y %I:%M %p',
      '%d/%m/%Y %I:%M:%S %p']),
    try_strptime(slashed(x),
      ['%m/%d/%Y ', '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M:%S.%f', '%m/%d/%Y %I:%M %p',
      '%m/%d/%Y %I:%M:%S %p']))
  WHEN regexp_matches(x, '^\s*[0-9]{1,2}[ -][A-Za-z]{3}') THEN try_strptime(
    regexp_replace(regexp_replace(trim(x), '^([0-9]{1,2})[ -]([A-Za-z]{3})[a-z]*[ -]([0-9]{2})([ ,]|$)', '\1-\2-20\3 '),
      '^([0-9]{1,2})[ -]([A-Za-z]{3})[a-z]*[ -]([0-9]{4})[ ,]*(.*?)\s*(Z|UTC)?$', '\1-\2-\3 \4'),
    ['%d-%b-%Y ', '%d-%b-%Y %H:%M', '%d-%b-%Y %H:%M:%S', '%d-%b-%Y %I:%M %p', '%d-%b-%Y %I:%M:%S %p'])
  WHEN regexp_matches(x, '^\s*[A-Za-z]{3,9} [0-9]{1,2},? [0-9]{4}') THEN try_strptime(
    regexp_replace(trim(x), '^([A-Za-z]{3})[a-z]* ([0-9]{1,2}),? ([0-9]{4})[ ,]*(.*?)\s*(Z|UTC)?$', '\1 \2 \3 \4'),
    ['%b %d %Y ', '%b %d %Y %H:%M', '%b %d %Y %H:%M:%S', '%b %d %Y %I:%M %p', '%b %d %Y %I:%M:%S %p'])
  ELSE any_utc(x)
END;

-- Outside these years it is no time of a bill; this refuses 'infinity' and 'epoch' too.
CREATE OR REPLACE TEMP MACRO sane_time(t) AS CASE WHEN t BETWEEN TIMESTAMP '1990-01-01' AND TIMESTAMP '2200-01-01'
  THEN t END;

-- Numbers: DuckDB reads 1_000 as a thousand and knows infinity; neither is a number in a file.
CREATE OR REPLACE TEMP MACRO money(x) AS TRY_CAST(x AS DECIMAL(28,12));
CREATE OR REPLACE TEMP MACRO quantity(x) AS CASE WHEN contains(x, '_') THEN NULL ELSE TRY_CAST(x AS DECIMAL(28,12)) END;

-- What the shortest text of a floating number says, 0.1 for 0.1; without that text where a double is exact to the
-- twelfth decimal (below 1000 the error is less than an eighth of it) or whole.
CREATE OR REPLACE TEMP MACRO money_of_double(x) AS CASE
  WHEN abs(x) < 1000 THEN CAST(CAST(x AS DECIMAL(18,12)) AS DECIMAL(28,12))
  WHEN abs(x) < 1e15 AND x = trunc(x) THEN CAST(CAST(x AS BIGINT) AS DECIMAL(28,12))
  ELSE money(CAST(x AS VARCHAR))
END;

-- What is measured or counted is far below 1e30, and sums of what is above it have no end.
CREATE OR REPLACE TEMP MACRO number(x) AS CASE WHEN contains(x, '_') OR NOT abs(TRY_CAST(x AS DOUBLE)) < 1e30 THEN NULL
  ELSE TRY_CAST(x AS DOUBLE) END;
CREATE OR REPLACE TEMP MACRO whole(x) AS CASE WHEN number(x) = floor(number(x)) THEN TRY_CAST(number(x) AS BIGINT) END;

-- A value that can be read and cannot be true, with the reason; Loaded separates them at the character between them.
CREATE OR REPLACE TEMP MACRO cannot_be(x, reason) AS CAST(x AS VARCHAR) || chr(31) || reason;

-- A word of a list of FOCUS in its spelling, as One-Time for onetime; another word as it is.
CREATE OR REPLACE TEMP MACRO letters_of(x) AS regexp_replace(lower(x), '[^a-z]', '', 'g');
CREATE OR REPLACE TEMP MACRO focus_word(x, words) AS CASE WHEN x IS NULL OR list_contains(words, x) THEN x
  ELSE coalesce(list_filter(words, lambda word: letters_of(word) = letters_of(x))[1], x) END;

-- What a row of usage is to a commitment where the bill has no word for it.
CREATE OR REPLACE TEMP MACRO commitment_status(resource, commitment, pricing_category, may_be_free) AS
  CASE WHEN lower(resource) = lower(commitment) OR regexp_matches(resource,
      ':savingsplan/|:reserved-instances/|/(reservation|savingsplan)orders/', 'i') THEN 'Unused'
    WHEN resource IS NOT NULL AND (commitment IS NOT NULL OR pricing_category = 'Committed' OR may_be_free)
      THEN 'Used' END;

CREATE OR REPLACE TEMP MACRO is_price_credit(text) AS
  regexp_matches(text,
    'sustained us(e|age)|committed us(e|age)|negotiated|reseller|free tier|volume discount'
    || '|private (pricing|rate)|(enterprise|bundled|contract(ual)?) discount|spend(ing)?.based', 'i');

CREATE OR REPLACE TEMP MACRO is_of_sustained_use(text) AS
  coalesce(regexp_matches(text, 'sustained[-_ ]us(e|age)', 'i'), false);

-- Of an amount that several share, by what each costs. Rounded to the twelfth decimal: the largest takes what is left.
CREATE OR REPLACE TEMP MACRO part_of_amount(amount, part, whole) AS
  coalesce(TRY_CAST(TRY_CAST(amount AS DECIMAL(24,12)) * TRY_CAST(part / nullif(whole, 0) AS DECIMAL(13,12))
    AS DECIMAL(28,12)), 0);

-- A credit that gives something back, for an outage or as a favour: it does not pay for what comes.
CREATE OR REPLACE TEMP MACRO is_given_back(description) AS coalesce(regexp_matches(description,
  '\brefund|\boutage|\bservice level|\bsla\b|\bgoodwill\b|\bcourtesy\b', 'i'), false);

-- The line of a commitment of Google Cloud itself.
CREATE OR REPLACE TEMP MACRO is_fee_of_commitment(sku) AS
  regexp_matches(coalesce(sku, ''), '^commitment\b|\bcommitted use discounts?\b', 'i');

-- A price times a quantity, to the twelfth decimal; NULL where it does not fit.
CREATE OR REPLACE TEMP MACRO times(price,
  amount) AS TRY_CAST(TRY_CAST(price AS DECIMAL(18,9)) * TRY_CAST(amount AS DECIMAL(19,8)) AS DECIMAL(28,12));

-- Whether a number shows which decimal separator its writer uses: 12,5 and 1.088,5 the comma, 12.5 and 1,088.5 the
-- point; 1,088 and 1.088 show nothing.
CREATE OR REPLACE TEMP MACRO shows_decimal_comma(x) AS contains(x, ',') AND
  regexp_full_match(x,
    '\s*[-+]?([0-9]{1,3}([.][0-9]{3})+,[0-9]+|[0-9]*,([0-9]{1,2}|[0-9]{4,})|0*,[0-9]{3}|[0-9]{4,},[0-9]{3})\s*');
CREATE OR REPLACE TEMP MACRO shows_decimal_point(x) AS
  regexp_full_match(x,
    '\s*[-+]?([0-9]{1,3}(,[0-9]{3})+[.][0-9]+|[0-9]{1,3}(,[0-9]{3}){2,}|[0-9]*[.]([0-9]{1,2}|[0-9]{4,})'
    || '|0*[.][0-9]{3}|[0-9]{4,}[.][0-9]{3}|[0-9.]+[eE][-+]?[0-9]+)\s*');
CREATE OR REPLACE TEMP MACRO decimal_separator(comma, point) AS CASE WHEN comma AND NOT point THEN ',' WHEN point
  AND NOT comma THEN '.' END;

-- A thousand or a decimal: only what else its writer wrote shows it.
CREATE OR REPLACE TEMP MACRO has_two_readings(x) AS regexp_full_match(x, '\s*[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}\s*');

-- How capacity was bought, as clouds and their users call it: FLEX_START and the like, which have prices of their own,
-- are none of these.
CREATE OR REPLACE TEMP MACRO purchase_words(x) AS nullif(regexp_replace(lower(x), '[^a-z0-9]', '', 'g'), '');
CREATE OR REPLACE TEMP MACRO purchase_of(x) AS list_transform([purchase_words(x)], lambda words: CASE
  WHEN regexp_full_match(words, 'ondemand|standard|regular|payg|payasyougo') THEN 'on_demand'
  WHEN regexp_full_match(words, 'spot|dynamic|preemptible|low(priority)?') THEN 'spot'
  WHEN regexp_full_match(words, 'commit(ted|ment)(use(discounts?)?)?|cud|ri|reserv(ed(instances?)?|ation)'
    || '|reservationbound|savingsplans?|capacityblock|trainingplan|prepaid') THEN 'committed' END)[1];

-- Whether an attribute that a cloud has for it says spot; that it says another word shows no purchase, since what is
-- not spot may be on demand or committed. A priority that is low may be that of somebody's work, other than on Azure.
CREATE OR REPLACE TEMP MACRO is_spot_by(of_provider, attributes) AS
  list_bool_or(list_transform(['provisioning_model', 'capacity_type', 'instance_lifecycle', 'priority'],
    lambda key: coalesce(purchase_of(attributes[key]) = 'spot', false)
      AND (key <> 'priority' OR of_provider = 'azure' OR purchase_words(attributes[key]) = 'spot')))
  OR list_bool_or(list_transform(['preemptible', 'managed_spot'],
    lambda key: coalesce(yes_or_no(attributes[key]) = 'yes', false)));

-- How a model is hosted, as fine-tuned on demand.
CREATE OR REPLACE TEMP MACRO hosting_words(x) AS
  regexp_replace(regexp_replace(lower(trim(x)), '^fine[-_ ]?tuned', 'fine-tuned'), '\bon[-_ ]?demand', 'on demand');

-- A number in an attribute, as a spreadsheet leaves it: 0,6 and 60 % for a share of 0.6, 12,5 % for a percentage of
-- 12.5, 13,5 GiB for a size of 13.5. A comma before three digits may part thousands, but not in a share.
CREATE OR REPLACE TEMP MACRO attribute_number(key, x) AS CASE
  WHEN key IN ('prefix_hit_share', 'prefix_hit_share_1h', 'simple_share', 'simple_share_loss', 'retry_share') THEN CASE
    WHEN regexp_full_match(trim(x), '[0-9]+([.,][0-9]+)? ?%')
      THEN CAST(TRY_CAST(replace(rtrim(trim(x), ' %'), ',', '.') AS DOUBLE) / 100 AS VARCHAR)
    WHEN regexp_full_match(trim(x), '[0-9]*,[0-9]+') THEN replace(trim(x), ',', '.') ELSE x END
  WHEN ends_with(key, '_percent') AND regexp_full_match(trim(x), '[0-9]+([.,][0-9]+)? ?%?')
    THEN replace(rtrim(trim(x), ' %'), ',', '.')
  WHEN key IN ('model_size_gib', 'size_gib', 'parameters_billion', 'hourly_commitment', 'throughput',
      'cold_start_seconds', 'min_instances', 'used_instances', 'held_instances', 'clients', 'attachments',
      'autoscaling_min', 'autoscaling_max', 'min_replicas', 'max_replicas', 'min_nodes', 'max_nodes')
    AND regexp_full_match(trim(x), '[0-9]+(,([0-9]{1,2}|[0-9]{4,}))?( ?GiB)?|[0-9]+[.][0-9]+ ?GiB', 'i')
    THEN replace(regexp_replace(trim(x), ' ?GiB$', '', 'i'), ',', '.')
  ELSE x END;

-- A word in an attribute of an inventory, in one spelling: TRUE and True as spreadsheets and scripts write them are
-- true, lists have commas, numbers a point.
CREATE OR REPLACE TEMP MACRO attribute_word(key, x) AS CASE
  WHEN key = 'hosting' THEN hosting_words(x)
  WHEN key IN ('attached_to', 'destination_regions') THEN coalesce(array_to_string(stated_list(x), ','), '')
  WHEN lower(trim(x)) IN ('true', 'false') OR key IN ('idle_shutdown', 'fact', 'orchestrator') THEN lower(trim(x))
  ELSE attribute_number(key, x) END;

-- A number as a language writes it. Where both '.' and ',' are in it, the last is the decimal separator; one that is in
-- it several times parts thousands. What has two readings is read with the separator that the rest of the file shows,
-- and is NULL where it shows none.
CREATE OR REPLACE TEMP MACRO local_number(x, separator) AS CASE
  WHEN separator = '.' AND NOT contains(x, ',') THEN quantity(x)
  WHEN has_two_readings(x) THEN CASE separator WHEN '.' THEN quantity(replace(x, ',', '')) WHEN ','
    THEN quantity(replace(replace(x, '.', ''), ',', '.')) END
  WHEN regexp_full_match(x, '\s*[-+]?[0-9]{1,3}(,[0-9]{3}){2,}\s*') THEN quantity(replace(x, ',', ''))
  WHEN regexp_full_match(x, '\s*[-+]?[0-9]{1,3}([.][0-9]{3}){2,}\s*') THEN quantity(replace(x, '.', ''))
  WHEN NOT contains(x, ',') THEN quantity(x)
  WHEN contains(x, '.') AND position('.' IN x) > position(',' IN x) THEN quantity(replace(x, ',', ''))
  ELSE quantity(replace(replace(x, '.', ''), ',', '.'))
END;

-- The day of an Azure row: 2026-06-30, 06/30/2026, 30.06.2026 or 20260630, or 30/06/2026 where the days come first;
-- NULL where that is not known and matters.
CREATE OR REPLACE TEMP MACRO azure_day(x, day_first) AS date_trunc('day', CASE
  WHEN regexp_matches(x, '^[0-9]{8}$') THEN try_strptime(x, '%Y%m%d')
  WHEN NOT regexp_matches(x, '^[0-9]{1,2}[./]') THEN sane_time(any_utc(x))
  WHEN contains(x, '.') THEN sane_time(try_strptime(split_part(x, ' ', 1), '%d.%m.%Y'))
  WHEN day_first THEN sane_time(try_strptime(split_part(x, ' ', 1), '%d/%m/%Y'))
  WHEN NOT day_first THEN sane_time(try_strptime(split_part(x, ' ', 1), '%m/%d/%Y'))
END);

-- The months of a term: 12, P1Y, 1 Year, 36 Months.
CREATE OR REPLACE TEMP MACRO months_of_term(term) AS CASE
  WHEN regexp_full_match(term, '\s*P?[0-9]{1,2}\s*y(ears?)?\s*', 'i')
    THEN TRY_CAST(regexp_extract(term, '[0-9]+') AS INTEGER) * 12
  WHEN regexp_full_match(term, '\s*P?[0-9]{1,3}\s*(m(onths?)?)?\s*', 'i')
    THEN TRY_CAST(regexp_extract(term, '[0-9]+') AS INTEGER)
END;

-- eastus2 for EastUS2, East US 2 and the US East 2 of meters; NULL for what is no region.
CREATE OR REPLACE TEMP MACRO azure_region(x) AS CASE
  WHEN regexp_matches(x, '^(us|eu|ap|in) ', 'i') THEN
    replace(regexp_replace(lower(x), '^(?:us|eu|ap|in) ([a-z ]+?) ?([0-9]*)$',
      '\1' || MAP {'us': 'us', 'eu': 'europe', 'ap': 'asia', 'in': 'india'}[lower(x)[1:2]] || '\2'), ' ', '')
  WHEN lower(x)[3] = ' ' THEN coalesce(MAP {
    'ae': 'uae', 'at': 'austria', 'au': 'australia', 'be': 'belgium', 'br': 'brazil', 'ca': 'canada',
    'ch': 'switzerland', 'cl': 'chile', 'de': 'germany', 'dk': 'denmark', 'es': 'spain',
    'fr': 'france', 'id': 'indonesia', 'il': 'israel', 'it': 'italy', 'jp': 'japan', 'kr': 'korea', 'mx': 'mexico',
    'my': 'malaysia', 'no': 'norway', 'nz': 'newzealand', 'pl': 'poland',
    'qa': 'qatar', 'se': 'sweden', 'za': 'southafrica'}[lower(x)[1:2]], lower(x)[1:2]) || replace(lower(x)[4:], ' ', '')
  ELSE CASE WHEN replace(lower(x), ' ', '') NOT IN ('global', 'intercontinental', 'unassigned', 'unknown', 'allregions',
    'notapplicable') THEN replace(lower(x), ' ', '') END
END;

-- The region that a console or a price list of AWS names: Asia Pacific (Sydney), EU (Frankfurt), N. Virginia, or a
-- code beside such a name; NULL where it is no such name.
CREATE OR REPLACE TEMP MACRO aws_region_named(x) AS coalesce(
  nullif(regexp_extract(lower(x), '\b([a-z]{2}(?:-[a-z]+)+-[0-9]+)', 1), ''),
  MAP {
    'nvirginia': 'us-east-1', 'virginia': 'us-east-1', 'northernvirginia': 'us-east-1', 'ohio': 'us-east-2',
    'ncalifornia': 'us-west-1', 'california': 'us-west-1', 'northerncalifornia': 'us-west-1', 'oregon': 'us-west-2',
    'capetown': 'af-south-1', 'hongkong': 'ap-east-1', 'hongkongsar': 'ap-east-1', 'taipei': 'ap-east-2',
    'mumbai': 'ap-south-1', 'hyderabad': 'ap-south-2', 'singapore': 'ap-southeast-1', 'sydney': 'ap-southeast-2',
    'jakarta': 'ap-southeast-3', 'melbourne': 'ap-southeast-4', 'malaysia': 'ap-southeast-5',
    'newzealand': 'ap-southeast-6', 'thailand': 'ap-southeast-7', 'tokyo': 'ap-northeast-1',
    'seoul': 'ap-northeast-2', 'osaka': 'ap-northeast-3', 'osakalocal': 'ap-northeast-3',
    'canadacentral': 'ca-central-1', 'calgary': 'ca-west-1', 'frankfurt': 'eu-central-1', 'zurich': 'eu-central-2',
    'ireland': 'eu-west-1', 'london': 'eu-west-2', 'paris': 'eu-west-3', 'stockholm': 'eu-north-1',
    'milan': 'eu-south-1', 'spain': 'eu-south-2', 'telaviv': 'il-central-1', 'uae': 'me-central-1',
    'bahrain': 'me-south-1', 'mexicocentral': 'mx-central-1', 'saopaulo': 'sa-east-1', 'beijing': 'cn-north-1',
    'ningxia': 'cn-northwest-1', 'awsgovcloudus': 'us-gov-west-1', 'awsgovclouduswest': 'us-gov-west-1',
    'awsgovclouduseast': 'us-gov-east-1'
  }[regexp_replace(regexp_replace(lower(strip_accents(x)), '[^a-z]', '', 'g'),
    '^(?:useast|uswest|asiapacific|europe|eu|africa|middleeast|southamerica|israel|china|canadawest)(.+)$', '\1')]);

-- A region as its cloud and the price list write it; US and EU, which are several, stay as they are. A zone is of its
-- region (us-east-1a; zones/us-central1-a, as gcloud prints it).
CREATE OR REPLACE TEMP MACRO region_of(provider, region) AS CASE
  WHEN provider = 'azure' THEN coalesce(azure_region(region), region)
  WHEN provider = 'aws' AND regexp_matches(trim(region), '^[A-Za-z0-9-]+$') AND contains(region, '-')
    THEN regexp_replace(lower(trim(region)), '^([a-z]+(?:-[a-z]+)+-[0-9]+)[a-z]$', '\1')
  WHEN provider = 'aws' THEN coalesce(aws_region_named(region), region)
  WHEN provider = 'gcp' AND regexp_matches(trim(region), '[ (]') THEN
    coalesce(nullif(regexp_extract(lower(region), '\b([a-z]+-[a-z]+[0-9]+)', 1), ''), region)
  WHEN provider = 'gcp' AND contains(region, '-') THEN regexp_replace(regexp_replace(lower(trim(region)),
    '^.*(?:zones|regions)/([^/]+)/?$', '\1'), '^([a-z]+-[a-z]+[0-9]+)-[a-z]$', '\1')
  ELSE region END;

-- Types of lines that take a negotiated discount off.
CREATE OR REPLACE TEMP MACRO is_aws_discount(type) AS type IN ('EdpDiscount', 'PrivateRateDiscount', 'BundledDiscount',
  'SppDiscount', 'RiVolumeDiscount', 'Discount');

-- Of whom and of which month a row of a Cost and Usage Report is: whether net columns hold amounts is a matter of that.
CREATE OR REPLACE TEMP MACRO report_key(payer, period) AS concat_ws(' ', payer, period::VARCHAR);
CREATE OR REPLACE TEMP MACRO net(has_net, amount) AS CASE WHEN has_net THEN amount END;

-- Tags of AWS under the names that their owner gave them: user:team in CSV files, user_team elsewhere.
CREATE OR REPLACE TEMP MACRO aws_tags(tags) AS
  CASE WHEN contains(tags, '"user') THEN regexp_replace(tags, '([{,]\s*")user[:_]', '\1', 'g')
    ELSE nullif(tags, '{}') END;

-- The elements of a repeated field as a JSON array: Parquet files of BigQuery may wrap each of them as list.element.
CREATE OR REPLACE TEMP MACRO repeated(x) AS CASE
  WHEN x IS NULL OR x = '{}' THEN '[]'::JSON
  WHEN starts_with(x, '{') THEN coalesce(to_json(nullif(json_extract(TRY_CAST(x AS JSON), '$.list[*].element'), [])),
    '[]'::JSON)
  ELSE TRY_CAST(x AS JSON)
END;

-- A list of key and value as a JSON object.
CREATE OR REPLACE TEMP MACRO labels_object(x) AS
  CAST(to_json(nullif(map_from_entries(list_distinct(list_transform(from_json(repeated(x),
    '[{"key":"VARCHAR","value":"VARCHAR"}]'), lambda l: (l.key, l.value)))), MAP {})) AS VARCHAR);

-- The cloud that a provider's name means, as people or as libraries write it (bedrock, vertex_ai).
CREATE OR REPLACE TEMP MACRO provider_key(name) AS CASE
  WHEN starts_with(lower(name), 'aws') OR starts_with(lower(name), 'amazon')
    OR regexp_matches(lower(name), '^(bedrock|sagemaker)\b|^(bedrock|sagemaker)_') THEN 'aws'
  WHEN starts_with(lower(name), 'microsoft') OR starts_with(lower(name), 'azure') THEN 'azure'
  WHEN starts_with(lower(name), 'google') OR starts_with(lower(name), 'gcp')
    OR regexp_matches(lower(name), '^(vertex_ai|gemini)\b|^vertex_ai_') THEN 'gcp'
  ELSE 'other'
END;

-- The cloud that an id belongs to, where the id shows it.
CREATE OR REPLACE TEMP MACRO provider_of(id) AS CASE
  WHEN starts_with(id, 'arn:aws') OR regexp_full_match(id, '(i|vol)-[0-9a-f]+') THEN 'aws'
  WHEN starts_with(id, '/subscriptions/') THEN 'azure'
  WHEN regexp_matches(id, '^//[a-z-]+[.]googleapis[.]com/') THEN 'gcp'
  -- accounts, and what a bill has without an id, are named by us
  WHEN regexp_matches(id, '^(aws|azure|gcp):') THEN split_part(id, ':', 1)
  ELSE 'other'
END;

-- What a ratio cannot exceed, as the average of an hour and as its maximum. Of throughput what was sold may be exceeded
-- for a while, though no hour has twice of it; NULL for what is no ratio.
CREATE OR REPLACE TEMP MACRO is_ratio(metric) AS lower(metric) IN ('gpu_utilization', 'cpu_utilization',
  'kv_cache_utilization');
CREATE OR REPLACE TEMP MACRO highest_average(metric) AS CASE WHEN is_ratio(metric) THEN 1
  WHEN lower(metric) = 'throughput_utilization' THEN 2 END;
CREATE OR REPLACE TEMP MACRO highest_maximum(metric) AS CASE WHEN is_ratio(metric) THEN 1
  WHEN lower(metric) = 'throughput_utilization' THEN 10 END;
CREATE OR REPLACE TEMP MACRO is_above(measured, highest) AS coalesce(measured > highest * (1 + 1e-6), false);
CREATE OR REPLACE TEMP MACRO is_percentage(metric, average, maximum) AS
  is_above(average, highest_average(metric)) OR is_above(maximum, highest_maximum(metric));

-- No average is above its own maximum, but for what rounding makes of them.
CREATE OR REPLACE TEMP MACRO is_above_its_maximum(average, maximum) AS average > 1.01 * maximum + 1e-9;

-- What no hour of a metric can be, whatever its source (ADR 0171); NULL = it can. A number below 0 means "missing" in
-- some exports and agents, a utilization above 1 is a percentage, an average above its maximum is of something else.
CREATE OR REPLACE TEMP MACRO impossible_value(metric, average, maximum, total) AS
  CASE WHEN average < 0 THEN {'column': 'average', 'value': cannot_be(average, 'below 0')}
       WHEN maximum < 0 THEN {'column': 'maximum', 'value': cannot_be(maximum, 'below 0')}
       WHEN total < 0 THEN {'column': 'total', 'value': cannot_be(total, 'below 0')}
       WHEN is_above(average, highest_average(metric))
         THEN {'column': 'average', 'value': cannot_be(average, 'above ' || highest_average(metric)
           || '; a ratio is 0 to 1')}
       WHEN is_above(maximum, highest_maximum(metric))
         THEN {'column': 'maximum', 'value': cannot_be(maximum, 'above ' || highest_maximum(metric)
           || '; a ratio is 0 to 1')}
       WHEN is_above_its_maximum(average, maximum)
         THEN {'column': 'average', 'value': cannot_be(average, 'above the maximum of its row')} END;

-- More than any cloud allows: such tags and attributes would take the memory and the time of everything else.
CREATE OR REPLACE TEMP MACRO is_too_long(tags) AS coalesce(len(map_keys(tags)) > 1000
  OR list_max(list_transform(map_values(tags), lambda value: strlen(value))) > 65536, false);
CREATE OR REPLACE TEMP MACRO shortened(tags) AS CASE WHEN NOT is_too_long(tags) THEN tags
  ELSE map_from_entries(list_transform(map_entries(tags)[:1000],
    lambda tag: {'key': tag.key, 'value': left(tag.value, 65536)})) END;

CREATE OR REPLACE TEMP MACRO tags_without_secrets(tags) AS CASE
  WHEN NOT may_hold_secret(tags)
    THEN tags
  ELSE coalesce(to_json(without_secrets(TRY_CAST(TRY_CAST(tags AS JSON) AS MAP(VARCHAR, VARCHAR))))::VARCHAR,
    CASE WHEN NOT has_token(tags) THEN tags END)
END;
