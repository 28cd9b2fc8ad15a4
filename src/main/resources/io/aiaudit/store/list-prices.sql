-- Which list price is that of a resource: scripts that look prices up in offers (docs/prices.md) share these.

-- Which product a resource is of, as what comes before the type in offers; it is decided here alone. The service
-- that the id names decides, and where it names none the kind: endpoints and jobs of Google Cloud are of Vertex AI.
-- Types of SageMaker always begin with ml., so a type without it is of EC2 unless the id says otherwise.
CREATE OR REPLACE TEMP MACRO product_of(r) AS
  CASE WHEN r.provider = 'aws' AND regexp_matches(r.resource_id, '^arn:aws[a-z-]*:sagemaker:') THEN 'ml.'
       WHEN starts_with(r.resource_id, '//aiplatform.googleapis.com/') THEN 'vertex/'
       WHEN r.provider = 'gcp' AND NOT starts_with(r.resource_id, '//')
         AND r.kind IN ('inference_endpoint', 'training_job', 'batch_job') THEN 'vertex/'
       ELSE '' END;

-- The name that a machine has in offers. What a managed service runs is sold as vertex/TYPE or ml.TYPE, and never at
-- the price of the bare machine; a TPU is sold by the chip.
CREATE OR REPLACE TEMP MACRO offered_as(r) AS
  CASE WHEN contains(r.machine_type, '/') THEN lower(r.machine_type)
       WHEN product_of(r) <> '' THEN product_of(r) || replace(lower(r.machine_type), product_of(r), '')
       WHEN regexp_matches(lower(r.machine_type), '^v[23]-[0-9]+$')
         THEN 'tpu/' || lower(r.machine_type)[1:2] || CASE WHEN TRY_CAST(r.machine_type[4:] AS INTEGER) <= 8
           THEN '-device' ELSE '-pod' END
       WHEN regexp_matches(lower(r.machine_type), '^(v4-[0-9]+|ct4p-hightpu-[0-9]+t)$') THEN 'tpu/v4-pod'
       WHEN regexp_matches(lower(r.machine_type), '^(v5litepod-[0-9]+|ct5lp?-hightpu-[0-9]+t)$') THEN 'tpu/v5e'
       WHEN regexp_matches(lower(r.machine_type), '^(v5p-[0-9]+|ct5p-hightpu-[0-9]+t)$') THEN 'tpu/v5p'
       WHEN regexp_matches(lower(r.machine_type), '^(v6e-[0-9]+|ct6e-standard-[0-9]+t)$') THEN 'tpu/v6e'
       ELSE lower(r.machine_type) END;

-- What is sold under a name in offers: '' = the machine itself, else the service or the way of selling it (ml. vertex/
-- tpu/ flex/ lowpriority/). Only prices of one product compare.
CREATE OR REPLACE TEMP MACRO sold_as(offered_name) AS
  coalesce(regexp_extract(replace(lower(offered_name), 'attached/', ''), '^(ml\.|[a-z]+/)'), '');

-- Types that their cloud has retired, or announced to retire (docs/prices.md has the dates): some still have a price,
-- but what moved there would have to move again, if it could be ordered at all.
CREATE OR REPLACE TEMP MACRO is_retired(offered_name) AS regexp_full_match(regexp_replace(lower(offered_name),
  '^(ml[.]|[a-z]+/)', ''), '(g2|g3|g3s|g4ad|p2|p3|p3dn)[.][a-z0-9]+'
    || '|standard_(nc(6|12|24r?)(s_v[23])?|nd(6|12|24r?)s|nv(6|12|24)|nv(12|24|48)s_v3|nv(4|8|16|32)as_v4'
    || '|ds?[0-9]+(-[0-9]+)?i?(_v2)?|a[0-9]+m?_v2|b[0-9]+(l|m)?s|f[0-9]+s?|f[0-9]+s_v2|gs?[0-9]+(-[0-9]+)?'
    || '|l[0-9]+s(_v2)?)(_promo)?');

-- The machine type of an offer as its service writes it; NULL for one that is no type, since accelerators are attached
-- to it, or that can't be ordered for long.
CREATE OR REPLACE TEMP MACRO written_as(offered_name) AS
  CASE WHEN NOT starts_with(lower(offered_name), 'attached/') AND NOT is_retired(offered_name)
  THEN regexp_replace(offered_name, '^(vertex|flex|lowpriority)/', '', 'i') END;

-- A type of machine as all services name its hardware, whichever sells it.
CREATE OR REPLACE TEMP MACRO hardware_type(machine_type) AS
  regexp_replace(lower(machine_type), '^(ml[.]|[a-z]+/)', '');

-- How many of what is offered one machine is. Up to v5p a TPU's name counts cores, two a chip; of the later ones, and
-- of machines of Compute Engine, chips.
CREATE OR REPLACE TEMP MACRO units_of(machine_type) AS
  CASE WHEN regexp_matches(lower(machine_type), '^v([234]|5p)-[0-9]+$')
    THEN greatest(1, TRY_CAST(split_part(machine_type, '-', 2) AS INTEGER) // 2)
       WHEN regexp_matches(lower(machine_type), '^(v5litepod|v6e)-[0-9]+$')
         THEN TRY_CAST(split_part(machine_type, '-', 2) AS INTEGER)
       WHEN regexp_matches(lower(machine_type), '^ct[0-9]+[a-z]*-(hightpu|standard)-[0-9]+t$')
         THEN TRY_CAST(rtrim(split_part(lower(machine_type), '-', 3), 't') AS INTEGER)
       ELSE 1 END;

-- In which states an instance or a notebook is not paid for, by the pages of its cloud. On Azure a virtual machine that
-- was stopped from inside is paid for all the same. On Google Cloud only one that runs or shuts down gracefully is paid
-- for: one in repair is not. What is on its way up or down is paid for in a moment, or was.
CREATE OR REPLACE TEMP MACRO is_stopped(r) AS r.kind IN ('instance', 'notebook') AND coalesce(CASE r.provider
  WHEN 'azure' THEN state_word(r.state) IN ('deallocated', 'hibernated')
    OR (r.kind = 'notebook' AND state_word(r.state) = 'stopped')
  WHEN 'gcp' THEN state_word(r.state) IN ('terminated', 'stopped', 'suspended', 'repairing', 'preempted')
  WHEN 'aws' THEN state_word(r.state) IN ('stopped', 'terminated')
  ELSE state_word(r.state) = 'stopped' END, false);

-- States in which nothing is paid for: not there yet, stopped or gone. That what failed costs nothing is assumed: it
-- never came to have instances, unless some were measured.
CREATE OR REPLACE TEMP MACRO is_state_not_started(state) AS
  regexp_full_match(state_word(state), '(create|setup)?failed|creating|provisioning|staging|pending');

CREATE OR REPLACE TEMP MACRO is_state_stopped(state) AS
  state_word(state) IN ('stopped', 'deallocated', 'stoppeddeallocated', 'hibernated', 'suspended', 'terminated',
    'preempted');

CREATE OR REPLACE TEMP MACRO is_state_without_cost(state) AS is_state_not_started(state) OR is_state_stopped(state)
  OR state_word(state) IN ('deleting', 'deleted', 'stopping', 'deallocating', 'suspending', 'shuttingdown',
    'deprovisioning');

-- A state of which it is not known whether anything runs in it: a word that no page of a cloud has, or one that shows
-- that it serves nothing and not whether it is paid for. It has no list price, and a warning names it.
CREATE OR REPLACE TEMP MACRO is_unknown_state(r) AS coalesce(trim(r.state) <> '', false)
  AND r.kind IN ('instance', 'notebook', 'inference_endpoint', 'provisioned_throughput', 'training_cluster',
    'node_group', 'service', 'search_index')
  AND NOT coalesce(is_state_without_cost(r.state), false)
  AND coalesce(state_word(r.state), 'unknown') NOT IN (
    'running', 'active', 'inservice', 'available', 'ready', 'succeeded', 'success', 'started', 'starting',
    'restarting', 'rebooting', 'staging', 'updating', 'systemupdating', 'rollingback', 'updatefailed',
    'updaterollbackfailed', 'resizing', 'steady', 'scaling', 'jobrunning', 'settingup', 'usersettingup',
    'usersetupfailed', 'reconciling', 'runningwitherror', 'pendingstop', 'upgrading', 'initializing', 'registering',
    'waiting', 'bootstrapping', 'terminating', 'terminatedwitherrors', 'online', 'healthy', 'enabled', 'on', 'up',
    'accepted', 'moving', 'migrating', 'normal', 'degraded', 'error', 'deletefailed', 'canceled', 'cancelled',
    'reimaging', 'repairing', 'ended', 'completed', 'expired', 'idle', 'busy', 'inuse', 'allocated', 'provisioned',
    'deployed', 'stable', 'ok', 'live', 'paused');

-- What was stored is there while the rest of it fails, and a job that failed ran.
CREATE OR REPLACE TEMP MACRO costs_though_failed(kind) AS
  coalesce(kind IN ('volume', 'file_system', 'training_job', 'batch_job'), false);

-- A job with machines of its own, by its id: of SageMaker, Bedrock and Vertex AI. Others are paid for with what they
-- run on.
CREATE OR REPLACE TEMP MACRO has_own_machines(job) AS regexp_matches(job,
  '^arn:[^:]*:(sagemaker|bedrock):|^//aiplatform[.]googleapis[.]com/');

-- Whether the state of a resource says that it runs: a virtual machine is billed by itself and says it by is_stopped.
CREATE OR REPLACE TEMP MACRO runs_by_state(r) AS
  coalesce(r.kind <> 'instance', false) AND NOT costs_though_failed(r.kind);

-- Nobody wonders that no bill has what is in such a state.
CREATE OR REPLACE TEMP MACRO costs_nothing(r) AS coalesce(CASE WHEN costs_though_failed(r.kind)
  THEN is_state_stopped(r.state) ELSE is_state_without_cost(r.state) END, false);

CREATE OR REPLACE TEMP MACRO is_not_started(r) AS runs_by_state(r) AND coalesce(is_state_not_started(r.state), false);

CREATE OR REPLACE TEMP MACRO is_without_cost(r) AS runs_by_state(r) AND coalesce(is_state_without_cost(r.state), false);

-- Whether the inventory says that it was stopped by then: its state does, and no later day is known.
CREATE OR REPLACE TEMP MACRO was_stopped_by(r, moment) AS (is_stopped(r) OR is_without_cost(r))
  AND coalesce(stopped_at(r.attributes) <= moment + INTERVAL 1 DAY, true);

-- What is stopped or not there yet is none now, though an inventory may not count it, or counts what it is to have.
CREATE OR REPLACE TEMP MACRO replicas_now(r) AS
  CASE WHEN is_not_started(r) THEN 0 WHEN r.replicas IS NULL AND is_stopped(r) THEN 0 ELSE r.replicas END;

-- What scales between two numbers, down to none, or is sold by the unit: one is no more likely than none or ten, unless
-- both limits are the same.
CREATE OR REPLACE TEMP MACRO least_number(r) AS TRY_CAST(coalesce(least_replicas(r.attributes),
  stated_count(r.attributes['min_nodes'])) AS INTEGER);
CREATE OR REPLACE TEMP MACRO most_number(r) AS TRY_CAST(coalesce(most_replicas(r.attributes),
  stated_count(r.attributes['max_nodes'])) AS INTEGER);
CREATE OR REPLACE TEMP MACRO number_unless_known(r) AS CASE
  WHEN least_number(r) = most_number(r) THEN least_number(r)
  WHEN r.kind IN ('node_group', 'training_cluster', 'provisioned_throughput') THEN NULL
  WHEN r.kind = 'inference_endpoint' AND coalesce(most_number(r) > 1 OR least_number(r) = 0, false) THEN NULL
  ELSE 1 END;

-- Whether it is known to keep its number of instances or units, and whether it is known to have as many as its load
-- needs.
CREATE OR REPLACE TEMP MACRO is_fixed_number(r) AS
  is_fixed_size(r.attributes['autoscaling']) OR coalesce(least_number(r) = most_number(r), false);
CREATE OR REPLACE TEMP MACRO is_known_to_scale(r) AS NOT is_fixed_number(r)
  AND (stated_word(r.attributes['autoscaling']) IS NOT NULL OR most_number(r) IS NOT NULL);

-- Never came to be, is being deleted, or has no instance that could serve anything: what a rule says of what it serves
-- would not be true. What was stopped keeps its data; what scales from none, or is serverless, answers when it is
-- called.
CREATE OR REPLACE TEMP MACRO is_not_there(r) AS is_not_started(r)
  OR runs_by_state(r) AND coalesce(state_word(r.state) IN ('deleting', 'deleted'), false)
  OR coalesce(r.kind IN ('inference_endpoint', 'provisioned_throughput') AND r.replicas = 0
    AND NOT coalesce(starts_with(stated_word(r.attributes['endpoint_type']), 'serverless'), false)
    AND NOT is_known_to_scale(r), false);

-- What another number of instances or units is (Course.Kind): a change, where nothing but a person makes it; fewer of
-- them, or a load, where nothing says that it scales; NULL where it scales. An endpoint without a word of it is
-- taken for one that does not scale.
CREATE OR REPLACE TEMP MACRO number_term(r) AS CASE
  WHEN is_fixed_number(r) THEN 'number'
  WHEN is_known_to_scale(r) THEN NULL
  WHEN r.kind = 'provisioned_throughput' OR (r.kind = 'search_index' AND r.provider = 'azure')
    OR (r.kind = 'inference_endpoint' AND least_number(r) IS NULL AND most_number(r) IS NULL) THEN 'number'
  ELSE 'load' END;

-- How many machines a list price is of. Those that run in a capacity reservation have rows where they run; the
-- reservation costs what it holds beside them, which is unknown unless it is known how many run. Where held_instances
-- has what it holds, replicas are the machines that do not run.
CREATE OR REPLACE TEMP MACRO machines_of(r) AS
  CASE WHEN r.kind = 'volume' AND r.provider = 'azure' THEN 1                    -- sold by the size it is rounded up to
       WHEN r.kind = 'volume' THEN TRY_CAST(stated_number(r.attributes['size_gib']) AS INTEGER) -- sold by the GiB
       WHEN is_unknown_state(r) THEN NULL
       WHEN r.kind IS DISTINCT FROM 'capacity_reservation' THEN coalesce(replicas_now(r), number_unless_known(r))
       WHEN r.attributes['held_instances'] IS NOT NULL THEN r.replicas
       WHEN stated_count(r.attributes['used_instances']) IS NOT NULL
         THEN greatest(0, coalesce(r.replicas, 1)
           - TRY_CAST(stated_count(r.attributes['used_instances']) AS INTEGER)) END;

-- What waits in a queue for a time that ends (DWS, flex-start) is sold at a price of its own, as flex/TYPE, and not at
-- that on demand.
CREATE OR REPLACE TEMP MACRO is_flex_start(r) AS
  coalesce(regexp_full_match(r.attributes['provisioning_model'], 'flex[-_ ]?start', 'i'), false);

-- Low priority, an older thing than Spot, has a price of its own too, as lowpriority/TYPE.
CREATE OR REPLACE TEMP MACRO is_low_priority(r) AS
  coalesce(regexp_full_match(r.attributes['priority'], 'low([-_ ]?priority)?', 'i'), false);

-- Azure sells disks in steps, as TYPE/GIB: Premium_LRS of 200 GiB costs what premium_lrs/256 does.
CREATE OR REPLACE TEMP MACRO disk_step(r) AS
  list_min(list_filter([32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32767],
    lambda step: step >= TRY_CAST(stated_number(r.attributes['size_gib']) AS INTEGER)));

-- The part of an instance that a resource has. What runs in Kubernetes is sold with its node: it has the node's price
-- by its accelerators (a slice of one is a part of it), and none where their number is unknown, or where nothing says
-- which node or group pays for it, since that would be priced a second time.
CREATE OR REPLACE TEMP MACRO part_of(r, p) AS
  CAST(CASE WHEN r.kind IS DISTINCT FROM 'gpu_workload' THEN 1 WHEN r.parent_id IS NOT NULL
    AND r.accelerator_count > 0 AND p.accelerator_count > 0
    THEN least(1, r.accelerator_count / p.accelerator_count) END AS DECIMAL(10,6));

-- What of a list price is left after the discount of the configuration.
CREATE OR REPLACE TEMP MACRO discounted(of_provider) AS
  CAST(coalesce((SELECT 1 - percent / 100 FROM discounts WHERE discounts.provider = of_provider), 1) AS DECIMAL(14,10));
