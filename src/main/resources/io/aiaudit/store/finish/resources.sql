-- What is known of the resources together, and what follows from their names.

CREATE TEMP TABLE shortened_resources AS SELECT DISTINCT resource_id FROM work.resources
  WHERE is_too_long(tags) OR is_too_long(attributes);

-- A machine type is compared with those of price lists: gcloud prints its path, the portal of Azure its words, as in
-- Standard NC24ads A100 v4 (24 vcpus, 220 GiB memory).
UPDATE resources SET machine_type = regexp_extract(machine_type, '/machineTypes/([^/]+)/?$', 1, 'i')
WHERE regexp_matches(machine_type, '/machineTypes/[^/]+/?$', 'i');

UPDATE resources AS r SET machine_type = sizes.machine_type
FROM (SELECT azure_size(machine_type) AS size, min(machine_type) AS machine_type FROM offers
  WHERE provider = 'azure' AND starts_with(lower(machine_type), 'standard_') GROUP BY ALL) AS sizes
WHERE r.provider = 'azure' AND lower(r.machine_type) <> lower(sizes.machine_type) AND r.machine_type NOT ILIKE 'basic%'
  AND azure_size(r.machine_type) = sizes.size;

-- Where it is unknown what a machine is made of, its type shows it: that is the same wherever and by whichever service
-- it is offered. A price is that of one service only.
CREATE TEMP TABLE hardware AS
SELECT provider, hardware_type(machine_type) AS type, max(accelerator) AS accelerator,
  max(accelerator_count) AS accelerator_count, max(accelerator_memory_gib) AS accelerator_memory_gib,
  if(min(vcpus) = max(vcpus), max(vcpus), NULL) AS vcpus,
  if(min(memory_gib) = max(memory_gib), max(memory_gib), NULL) AS memory_gib
FROM offers WHERE NOT regexp_matches(lower(machine_type), '^(tpu|attached)/')
GROUP BY ALL
HAVING count(DISTINCT accelerator) <= 1 AND min(accelerator_count) IS NOT DISTINCT FROM max(accelerator_count);

UPDATE resources AS r
SET accelerator = coalesce(r.accelerator, type.accelerator),
  -- A workload has some of those of its node.
  accelerator_count = CASE WHEN r.kind = 'gpu_workload' THEN r.accelerator_count
    ELSE coalesce(r.accelerator_count, type.accelerator_count) END,
  accelerator_memory_gib = coalesce(r.accelerator_memory_gib, type.accelerator_memory_gib)
FROM hardware AS type
WHERE type.accelerator_count > 0 AND type.provider = r.provider AND type.type = hardware_type(r.machine_type)
  AND coalesce(lower(r.accelerator) = lower(type.accelerator), true)
  AND coalesce(r.accelerator_count = type.accelerator_count, true);

-- What serves has whole machines, a workload only a part of its node.
UPDATE resources AS r
SET vcpus = coalesce(r.vcpus, type.vcpus), memory_gib = coalesce(r.memory_gib, type.memory_gib)
FROM hardware AS type
WHERE (r.vcpus IS NULL OR r.memory_gib IS NULL) AND r.kind = 'inference_endpoint' AND type.provider = r.provider
  AND type.type = hardware_type(r.machine_type);

-- The id of a deployed model names what holds it; an export may leave the parent out.
UPDATE resources SET parent_id = endpoint_above(resource_id)
  WHERE parent_id IS NULL AND endpoint_above(resource_id) IS NOT NULL;

-- Variants of AWS and deployed models of Google Cloud can't be tagged: what the inventory or the bill says of their
-- endpoint is true of them. A deployment of Azure has tags of its own.
UPDATE resources AS part SET tags = map_concat(whole.tags, part.tags)
FROM resources AS whole
WHERE whole.resource_id = part.parent_id AND whole.kind = 'inference_endpoint' AND part.kind = 'inference_endpoint'
  AND part.provider IN ('aws', 'gcp') AND cardinality(whole.tags) > 0;

-- Where nothing lists that endpoint, and for computes without a parent, Azure bills the workspace that their id begins
-- with. An endpoint without a parent is a whole one: rules know it from its parts by that.
UPDATE resources SET parent_id = workspace_above(resource_id)
  WHERE provider = 'azure' AND kind IN ('inference_endpoint', 'training_cluster', 'notebook')
    AND workspace_above(resource_id) IN (SELECT resource_id FROM resources)
    AND coalesce(parent_id = endpoint_above(resource_id)
      AND parent_id NOT IN (SELECT resource_id FROM resources), parent_id IS NULL);

-- So is the account of a deployed model, where it does not stand for its use as a whole.
UPDATE resources SET parent_id = account_above(resource_id)
  WHERE parent_id IS NULL AND account_above(resource_id) IN (SELECT resource_id FROM resources
    WHERE coalesce(kind, '') NOT IN ('model_usage', 'provisioned_throughput'));

-- Attributes that name another resource are compared with its id, which is written in one way: ids of Azure come in any
-- case.
UPDATE resources
SET attributes = map_from_entries(list_transform(map_entries(attributes),
  lambda e: {'key': e.key, 'value': CASE WHEN e.key = 'attached_to'
      THEN coalesce(array_to_string(list_transform(stated_list(e.value),
        lambda id: coalesce(canonical_id(id), id)), ','), '')
    WHEN e.key IN ('runs_on', 'persistent_resource') THEN coalesce(canonical_id(e.value), e.value)
    ELSE e.value END}))
WHERE attributes['attached_to'] IS NOT NULL OR attributes['runs_on'] IS NOT NULL
  OR attributes['persistent_resource'] IS NOT NULL;

-- So are times: whoever reads them casts them, which drops an offset without a word. What cannot be read is unknown, as
-- is what states nothing, so that the next known time counts. The reason of a stop has its time in it.
CREATE TEMP TABLE stated_times AS
SELECT resource_id, created_at, entry.key, entry.value, trim(entry.value) AS text,
  CASE WHEN entry.key = 'stopped_because' THEN TRY_CAST(time_of_reason(text) AS TIMESTAMP)
    WHEN stated_text(text) IS NOT NULL THEN sane_time(any_utc(text)) END AS utc
FROM (SELECT resource_id, created_at, unnest(map_entries(attributes)) AS entry FROM resources
  WHERE len(list_intersect(map_keys(attributes), time_keys())) > 0)
WHERE list_contains(time_keys(), entry.key);

-- No stop, end of use or last use is before the creation, and nothing is after the scan.
CREATE TEMP TABLE impossible_times AS
SELECT resource_id, key, utc AS moment, if(is_future(utc), 'is in the future',
  'is before its creation on ' || created_at::DATE) AS reason
FROM stated_times
WHERE is_future(utc) OR (utc < created_at - INTERVAL 1 DAY
  AND key IN ('stopped_since', 'stopped_because', 'detached_since', 'last_used'));

UPDATE resources AS r
SET attributes = map_from_entries(list_transform(list_filter(map_entries(r.attributes),
    lambda e: NOT list_contains(t.unknown, e.key)),
  lambda e: {'key': e.key, 'value': coalesce(t.readable[e.key], e.value)}))
FROM (SELECT s.resource_id,
    coalesce(list(s.key) FILTER (i.key IS NOT NULL OR (s.utc IS NULL AND s.key <> 'stopped_because')), []) AS unknown,
    map_from_entries(coalesce(list({'key': s.key, 'value': strftime(s.utc, '%Y-%m-%dT%H:%M:%SZ')})
      FILTER (s.utc IS NOT NULL AND s.key <> 'stopped_because'
        AND NOT regexp_full_match(s.value, '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}:[0-9]{2}Z?)?')), []))
      AS readable
  FROM stated_times s LEFT JOIN impossible_times i USING (resource_id, key) GROUP BY s.resource_id) AS t
WHERE t.resource_id = r.resource_id AND (len(t.unknown) > 0 OR cardinality(t.readable) > 0);

INSERT INTO warnings
SELECT format('{} of attributes can''t be read ({}) and {} unknown. Write a time as 2026-06-30T12:00:00Z.',
  if(count(*) = 1, '1 time', count(*)::VARCHAR || ' times'),
  min(format('{} of {} is "{}"', key, left(resource_id, 200), left(value, 60))), if(count(*) = 1, 'is', 'are'))
FROM stated_times WHERE utc IS NULL AND key <> 'stopped_because' AND stated_text(text) IS NOT NULL HAVING count(*) > 0;

-- A stop after which the host measured the machine is not the present one. Where no log has that one, such as of a
-- system that was shut down from inside, it was at the latest when the host last measured anything, or when it was
-- first read and measured nothing.
UPDATE resources AS r
SET attributes = map_concat(
  map_from_entries(list_filter(map_entries(r.attributes), lambda e: e.key <> 'stopped_since')),
  CASE WHEN silent_since IS NOT NULL THEN MAP {'stopped_since': strftime(greatest(silent_since, r.created_at),
    '%Y-%m-%dT%H:%M:%SZ'), 'stopped_since_by': 'metrics'} ELSE MAP {} END)
FROM (SELECT resource_id, stated_time(attributes['stopped_since']) AS stopped_since,
    stated_time(attributes['measured_until']) AS measured_until,
    stated_time(attributes['silent_since']) AS silent_since FROM resources
  WHERE attributes['measured_until'] IS NOT NULL OR attributes['silent_since'] IS NOT NULL) AS seen
WHERE r.resource_id = seen.resource_id
  AND coalesce(stopped_since <= measured_until - INTERVAL 1 HOUR, stopped_since IS NULL);

-- What runs in Kubernetes is a part of the machines of its node group: the same type, in the same region, bought in the
-- same way.
UPDATE resources AS r
SET machine_type = g.machine_type, region = coalesce(r.region, g.region), purchase = coalesce(r.purchase, g.purchase)
FROM resources g
WHERE r.kind = 'gpu_workload' AND r.machine_type IS NULL AND g.resource_id = r.parent_id
  AND g.kind IN ('node_group', 'instance') AND g.machine_type IS NOT NULL;

-- What runs on a machine or a cluster, or is attached to it, is no part of it: the machine is what is billed, and has
-- the findings. A job names it in runs_on, a disk in attached_to.
CREATE TEMP TABLE guests AS
SELECT g.resource_id, g.kind, g.parent_id AS host
FROM resources g JOIN resources h ON h.resource_id = g.parent_id AND h.resource_id <> g.resource_id
WHERE g.kind IN ('volume', 'file_system') OR h.kind IN ('capacity_reservation', 'volume', 'file_system', 'commitment')
   OR (g.kind IN ('training_job', 'batch_job')
     AND h.kind IN ('training_cluster', 'node_group', 'instance', 'notebook', 'gpu_workload'));

UPDATE resources
SET parent_id = NULL,
  attributes = map_concat(MAP {CASE WHEN guests.kind IN ('volume', 'file_system') THEN 'attached_to'
    ELSE 'runs_on' END: host}, coalesce(attributes, MAP {}))
FROM guests WHERE guests.resource_id = resources.resource_id;

-- Rings of parents, of any length: the way up is twice as long each time, so that after 32 times it still goes on only
-- for what is in a ring or below one, and ends in that ring.
CREATE TEMP TABLE rings AS
WITH RECURSIVE up AS (
  SELECT c.resource_id, c.parent_id AS top, 0 AS doubled
  FROM resources c JOIN resources p ON p.resource_id = c.parent_id
  UNION ALL
  SELECT low.resource_id, high.top, low.doubled + 1 FROM up low JOIN up high ON high.resource_id = low.top
    WHERE low.doubled < 32
)
SELECT DISTINCT top AS resource_id FROM up WHERE doubled = 32;

-- Who holds whom. A ring of parents holds nothing: the members stand for themselves.
CREATE TEMP TABLE descendants AS
WITH RECURSIVE
  children AS (SELECT c.parent_id, c.resource_id FROM resources c JOIN resources p ON p.resource_id = c.parent_id
    WHERE c.resource_id NOT IN (FROM unlisted)),
  down AS (
    SELECT parent_id AS top, resource_id, 1 AS depth FROM children
    UNION
    SELECT down.top, children.resource_id, depth + 1 FROM down JOIN children ON children.parent_id = down.resource_id
      WHERE depth < 16
  )
SELECT DISTINCT top, resource_id FROM down;

UPDATE resources SET parent_id = NULL WHERE resource_id IN (FROM rings);

DELETE FROM descendants WHERE top IN (FROM rings) OR resource_id IN (FROM rings);

CREATE TEMP TABLE leaves AS SELECT top AS parent, resource_id AS leaf FROM descendants
  WHERE resource_id NOT IN (SELECT top FROM descendants);

-- For how long units are bought, in one word for what is paid by the hour; a word that is no span of time says nothing.
UPDATE resources SET attributes = map_concat(attributes, MAP {'commitment_duration': CASE
  WHEN regexp_full_match(word, '(no|without)(ne|commitment|term|commit)?(hourly)?|(not|un)committed|false|0'
    || '|(by|per|an?|1|one)?hour(ly)?|ondemand|payg|paygo|payasyougo|standard') THEN 'none'
  WHEN regexp_matches(word, '[1-9]|day|week|month|year|annual|one|two|three|six|twelve|term|commit|true|yes')
    THEN attributes['commitment_duration'] ELSE '' END})
FROM (SELECT resource_id AS id, regexp_replace(lower(attributes['commitment_duration']), '[^a-z0-9]', '', 'g') AS word
  FROM resources WHERE kind IN ('provisioned_throughput', 'model_usage', 'inference_endpoint')) AS terms
WHERE id = resource_id AND word <> '';

-- Units with a commitment of months are paid for until its end, whatever else an inventory says of them, as is any
-- order of Google Cloud.
UPDATE resources SET purchase = 'committed'
WHERE kind = 'provisioned_throughput' AND purchase IS DISTINCT FROM 'committed'
  AND (provider = 'gcp' OR attributes['commitment_duration'] NOT IN ('', 'none'));
