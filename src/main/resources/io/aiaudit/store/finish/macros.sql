-- The endpoint that holds what an id names: a variant of SageMaker, an online deployment of Azure, a deployed model of
-- Vertex AI.
CREATE OR REPLACE TEMP MACRO endpoint_above(id) AS CASE WHEN regexp_matches(id,
    '^arn:aws[a-z-]*:sagemaker:[^/]*:endpoint/[^/]+/variant/[^/]+$|/onlineendpoints/[^/]+/deployments/[^/]+$|'
    || '^//aiplatform[.]googleapis[.]com/.*/endpoints/[^/]+/deployedModels/[^/]+$')
  THEN regexp_replace(id, '/[^/]+/[^/]+$', '') END;

-- The workspace of Azure Machine Learning that a compute or a deployment is billed on.
CREATE OR REPLACE TEMP MACRO workspace_above(id) AS nullif(regexp_extract(id, '^(/.*/workspaces/[^/]+)/'
  || '(computes/[^/]+$|(online|batch)endpoints/[^/]+/deployments/)', 1), '');

-- The account of Azure OpenAI or AI Services that a deployment of a model is billed on.
CREATE OR REPLACE TEMP MACRO account_above(id) AS nullif(regexp_extract(id,
  '^(/.*/microsoft[.]cognitiveservices/accounts/[^/]+)/deployments/[^/]+$', 1), '');

-- The model that a resource of kind model_usage is of.
CREATE OR REPLACE TEMP MACRO model_of(r) AS coalesce(stated_text(r.attributes['model']), r.machine_type, r.name);

-- Whether a name of a model, which may have a vendor before it and a date or version behind it, is that short one,
-- with any separator between its words.
CREATE OR REPLACE TEMP MACRO is_model(name, short) AS
  regexp_matches(regexp_replace(trim(lower(name)), '[. _]+', '-', 'g'),
    '(^|[-/:])' || regexp_replace(regexp_replace(trim(lower(short)), '[. _]+', '-', 'g'), '[^a-z0-9-]', '',
    'g') || '(-[0-9]{3,}[0-9-]*(v[0-9].*)?|-v[0-9].*|[@:].*|-latest|-preview.*)?$');

-- A size of machines of Azure however it is written, as nc24adsa100v4 for Standard_NC24ads_A100_v4, for the portal's
-- Standard NC24ads A100 v4 (24 vcpus, 220 GiB memory) and for the meters NC24ads A100 v4 Low Priority and NC24ads A100
-- v4 compute hours.
CREATE OR REPLACE TEMP MACRO azure_size(x) AS
  regexp_replace(regexp_replace(trim(lower(x)),
    '^(standard|basic)[ _]+|[ ]*[(].*$|([ _]+(low priority|spot|compute|hours?))+$', '', 'g'), '[ _]', '', 'g');

-- The sizes that a meter names, as d11v2/ds11v2, with a + behind those that may be taken away; NULL where it names
-- none, such as an address. Sizes begin with a series of virtual machines. What hosting costs is that of fine-tuned
-- models.
CREATE OR REPLACE TEMP MACRO azure_machine(meter, description, details) AS CASE
  WHEN regexp_matches(concat_ws(' ', meter, description), '\b(hosting|hstng)\b', 'i') THEN 'hosting' ELSE
  nullif(array_to_string(list_sort(list_distinct(list_filter(
      CASE WHEN regexp_matches(coalesce(details, ''), '"(x_)?(InstanceType|ServiceType)"\s*:\s*"(standard|basic)_', 'i')
        THEN [azure_size(regexp_extract(details, '"(?:x_)?(?:InstanceType|ServiceType)"\s*:\s*"([^"]+)"', 1, 'i'))]
        ELSE list_transform(regexp_split_to_array(concat_ws(' - ', meter, description), ' - |/'),
          lambda part: azure_size(part)) END,
      lambda size: regexp_full_match(size,
        '(a|b|d|ds|dc|e|ec|f|fx|g|gs|h|hb|hc|hx|l|ls|m|nc|nd|ng|nm|np|nv)[0-9]+[a-z0-9-]*')))), '/'), '')
    || CASE WHEN regexp_matches(concat_ws(' ', meter, description), '\b(low priority|spot)\b', 'i') THEN '+'
      ELSE '' END END;

-- The same without its accelerator, which the names of some sizes leave out and their meters do not: ND96asr A100 v4 is
-- Standard_ND96asr_v4.
CREATE OR REPLACE TEMP MACRO without_accelerator(size) AS regexp_replace(size,
  '(a100|a10|h100|h200|gb200|gb300|t4|v710|mi300x)(v[0-9]+)$', '\2');

-- Where tokens may be processed, as a meter of Azure names it; NULL where it names nothing.
CREATE OR REPLACE TEMP MACRO scope_of_meter(meter, description) AS CASE
  WHEN regexp_matches(concat_ws(' ', meter, description), '\bdz\b|dzone|data[ -]?zone', 'i') THEN 'data_zone'
  WHEN regexp_matches(concat_ws(' ', meter, description), '\b(regnl|rg|regional)\b', 'i') THEN 'regional'
  WHEN regexp_matches(concat_ws(' ', meter, description), '\b(gl|glbl|global)\b', 'i') THEN 'global' END;

-- The kind of provisioned units that a meter of Azure names, as units@global for Provisioned Managed Global Unit; NULL
-- where it names none.
CREATE OR REPLACE TEMP MACRO units_of_meter(meter, description) AS
  CASE WHEN regexp_matches(concat_ws(' ', meter, description), '\bprovisioned|\bptus?\b', 'i')
    THEN 'units@' || scope_of_meter(meter, description) END;

CREATE OR REPLACE TEMP MACRO is_of_hosting(machine) AS coalesce(starts_with(machine, 'hosting'), false);

-- Whether hosting, as hosting@gpt-4o-mini, is that of a deployment of gpt-4o-mini-2024-07-18.ft-abc.
CREATE OR REPLACE TEMP MACRO is_hosted_model(r, machine) AS coalesce(
  is_model(regexp_replace(model_of(r), '[.:]ft-.*$', ''), nullif(split_part(machine, '@', 2), '')), false);

CREATE OR REPLACE TEMP MACRO is_of_units(machine) AS coalesce(starts_with(machine, 'units@'), false);

-- A type of machine without the service that has it, which some sources leave out, as g5.2xlarge for ml.g5.2xlarge.
CREATE OR REPLACE TEMP MACRO type_without_service(machine_type) AS
  nullif(regexp_replace(lower(trim(machine_type)), '^(ml|cache|db)[.]', ''), '');

-- The letters of what an attribute says of a deployment, such as datazonestandard of DataZoneStandard.
CREATE OR REPLACE TEMP MACRO deployment_kind(words) AS nullif(regexp_replace(lower(words), '[^a-z]', '', 'g'), '');

-- Whether a deployment takes batches only; NULL where its kind is unknown.
CREATE OR REPLACE TEMP MACRO is_for_batches(kind) AS contains(kind, 'batch');

-- Where the tokens of a deployment may be processed; NULL where neither its kind nor processed_in says so. A bare
-- Provisioned is a word for units of each kind.
CREATE OR REPLACE TEMP MACRO scope_of_deployment(kind, processed_in) AS CASE
  WHEN contains(kind, 'global') THEN 'global' WHEN contains(kind, 'datazone') THEN 'data_zone'
  WHEN processed_in = 'anywhere' THEN 'global' WHEN processed_in = 'datazone' THEN 'data_zone'
  WHEN processed_in = 'region' OR kind IN ('standard', 'regionalstandard', 'regional',
    'provisionedmanaged', 'regionalprovisionedmanaged', 'regionalprovisioned') THEN 'regional' END;

-- A deployment of a fine-tuned model that is paid for by the hour of hosting, whichever kind lists it; on provisioned
-- units it is not.
CREATE OR REPLACE TEMP MACRO is_hosted_deployment(r) AS is_hosted('model_usage', r.attributes['hosting'])
  AND (r.kind = 'model_usage' OR (r.kind = 'provisioned_throughput'
    AND NOT contains(lower(coalesce(r.attributes['deployment_type'], '')), 'provisioned')));

-- Whether a resource is a machine that such a meter names.
CREATE OR REPLACE TEMP MACRO is_azure_machine(r, machine) AS CASE
  WHEN is_of_hosting(machine) THEN is_hosted_deployment(r) ELSE
  r.machine_type IS NOT NULL AND coalesce((r.purchase = 'spot') = ends_with(machine, '+'), true)
  AND len(list_filter(string_split(rtrim(machine, '+'), '/'), lambda size: size = azure_size(r.machine_type)
    OR (without_accelerator(size) = without_accelerator(azure_size(r.machine_type))
      AND (without_accelerator(size) = size
        OR without_accelerator(azure_size(r.machine_type)) = azure_size(r.machine_type))))) > 0 END;

-- How exporters name a single accelerator: by its number, or by its id or address, which is of one machine only.
CREATE OR REPLACE TEMP MACRO is_accelerator_number(part) AS regexp_full_match(part,
  '(/dev/)?(nvidia|gpu|cuda|card|rocm|neuron|accel(erator)?|device)?[-_: ]?[0-9]{1,3}(\.0)?');

CREATE OR REPLACE TEMP MACRO is_accelerator_name(part) AS is_accelerator_number(part) OR regexp_full_match(part,
  '(gpu-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f]');

-- Whether a commitment of Google Cloud may be what an inventory lists under a bare name, which another project may have
-- given too. Names of the other clouds are unique.
CREATE OR REPLACE TEMP MACRO may_be_of_project(id, listed, account) AS
  contains(trim(listed, '/'), '/') OR coalesce(account, '') = '' OR NOT contains(lower(id), 'projects/')
  OR contains('/' || lower(id), '/projects/' || lower(account) || '/');
