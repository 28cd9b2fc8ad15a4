#!/usr/bin/env bash
# Writes what aiaudit has to know of a cloud beside its bill: what there is (inventory) and what it does (usage, by the hour).
# It reads and changes nothing. It needs jq and the cloud's own command line; both are there in AWS CloudShell, Azure Cloud Shell and Google Cloud Shell.
#
#   bash export.sh aws 2026-06-01 2026-07-01 eu-west-1 us-east-1                the account of your login; without a region: all that are enabled
#   bash export.sh azure 2026-06-01 2026-07-01                                  the subscription of your login, see az account show
#   bash export.sh gcp 2026-06-01 2026-07-01 my-project us-central1 europe-west4      a project, and where it has Vertex AI
#
# The days are whole, in UTC, the second one not included. It writes aiaudit-files/inventory/*.csv and aiaudit-files/usage/*.csv, a pair for each region,
# subscription or project; a second run for the same one replaces its pair and no other. What could not be read is said as NOT READ, and the exit code is 1.
# shellcheck disable=SC2317      # part calls functions by their name
set -euo pipefail

cloud=${1:-} start=${2:-} end=${3:-}
day='^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
if ! [[ $cloud =~ ^(aws|azure|gcp)$ && $start =~ $day && $end =~ $day ]] || [[ $cloud == gcp && $# -lt 4 ]]; then
  sed -n '5,7s/^# *//p' "$0" >&2
  exit 2
fi
shift 3
case $cloud in
  aws) needed="aws jq" ;;
  azure) needed="az jq" ;;
  gcp) needed="gcloud curl jq" ;;
esac
for program in $needed; do
  command -v "$program" > /dev/null || { echo "$program is missing. The shell of the cloud's own website has it." >&2; exit 2; }
done
export START=${start}T00:00:00Z END=${end}T00:00:00Z
out=$PWD/aiaudit-files
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

INVENTORY=resource_id,kind,name,provider,account_id,region,machine_type,accelerator,accelerator_count,replicas,parent_id,created_at,state,purchase,tags,attributes
USAGE=resource_id,metric,hour,average,maximum,total

cat > rows.jq <<'END_OF_FILE'
# Points {id, metric, hour, average, maximum, total} as rows of a usage file: what several accelerators or parts say about one hour is put together.
def mean: if length == 0 then null else add / length end;
def sum: if length == 0 then null else add end;
group_by([.id, .metric, .hour])[]
| [.[0].id, .[0].metric, .[0].hour, (map(.average | values) | mean), (map(.maximum | values) | max), (map(.total | values) | sum)]
| @csv
END_OF_FILE

begin() {      # begin NAME: the files of a region, subscription or project
  scope=$1
  : > all.inventory
  : > all.usage
}

part() {      # part WORDS FUNCTION: what breaks off leaves no row, since half an answer would make busy things look idle; the other parts go on
  local status
  echo "$scope: $1" >&2
  : > inventory.rows
  : > points.json
  set +e      # not in a condition: there -e would not end the function either
  (set -e; "$2"; jq -s -r -f rows.jq points.json > usage.rows)
  status=$?
  set -e
  if [ "$status" = 0 ]; then
    cat inventory.rows >> all.inventory
    cat usage.rows >> all.usage
  else
    unread "$1"
  fi
}

unread() {      # unread WORDS: says it; the exit code will be 1
  echo "$scope: NOT READ: $1" >&2
  : > unread
}

unknown() {      # unknown FILE WORDS: FILE could not be read, which is not the same as empty; the rest of its part goes on
  unread "$2"
  echo null > "$1"
}

finish() {
  write inventory "$INVENTORY"
  write usage "$USAGE"
}

write() {
  local file=$out/$1/$scope.csv
  rm -f "$file"
  if [ -s "all.$1" ]; then
    mkdir -p "$out/$1"
    { echo "$2"; cat "all.$1"; } > "$file"
    echo "$(wc -l < "all.$1") rows in aiaudit-files/$1/$scope.csv" >&2
  fi
}

# ---------------------------------------------------------------------------------------------------------------------------------------- AWS
# Permissions: ReadOnlyAccess, or ec2:Describe*, sagemaker:List*, sagemaker:Describe*, application-autoscaling:Describe*,
# bedrock:ListProvisionedModelThroughputs, bedrock:ListTagsForResource, cloudwatch:GetMetricData, cloudwatch:ListMetrics. CloudWatch keeps hourly values for 15 months and takes USD 0.01 for 1,000 metrics.

aws_all() {
  local regions=$* region
  account=$(aws sts get-caller-identity --query Account --output text)
  [ -n "$regions" ] || regions=$(aws ec2 describe-regions --query 'Regions[].RegionName' --output text)
  for region in $regions; do
    export AWS_DEFAULT_REGION=$region AWS_REGION=$region
    begin "aws-$account-$region"
    part "SageMaker endpoints" aws_endpoints
    part "machines" aws_machines
    part "notebooks" aws_notebooks
    part "Bedrock provisioned throughput" aws_bedrock
    part "volumes" aws_volumes
    part "capacity reservations" aws_reservations
    finish
  done
}

aws_ask() {      # the metrics of asked.json, one a line, as points: 500 at once, which is what CloudWatch takes
  local batch
  split -l 500 asked.json batch.
  for batch in batch.*; do
    [ -s "$batch" ] || continue
    jq -s 'to_entries | map(.value + {Id: "m\(.key)"})' "$batch" > queries.json
    jq 'map({Id, MetricStat: {Metric: {Namespace: .namespace, MetricName: .name, Dimensions: .of}, Period: 3600, Stat: .stat}})' queries.json > request.json
    aws cloudwatch get-metric-data --output json --metric-data-queries file://request.json --start-time "$START" --end-time "$END" > answer.json
    jq -c --slurpfile queries queries.json '
      ($queries[0] | INDEX(.Id)) as $asked | .MetricDataResults[]
      | if .StatusCode == "Forbidden" or .StatusCode == "InternalError" then error(.StatusCode + ": " + .Label) else . end
      | $asked[.Id] as $of | [.Timestamps, .Values] | transpose[]
      | {id: $of.id, metric: $of.metric, hour: (.[0] | if type == "number" then todate else . end)}
        + {({Sum: "total", Average: "average", Maximum: "maximum"}[$of.stat]): (.[1] / $of.by)}' answer.json >> points.json
  done
  rm -f batch.*
}

aws_tags() {      # tags.json: the tags of each ARN of arns.txt; null where they cannot be read, which is not the same as none
  local arn status
  : > tags.lines
  while read -r arn; do
    status=0
    case $arn in
      *:sagemaker:*) aws sagemaker list-tags --output json --resource-arn "$arn" < /dev/null > answer.tags || status=$? ;;
      *) aws bedrock list-tags-for-resource --output json --resource-arn "$arn" < /dev/null > answer.tags || status=$? ;;
    esac
    if [ "$status" != 0 ]; then
      unread "tags of $arn"
      echo '{}' > answer.tags
    fi
    jq -c --arg arn "$arn" '{($arn): (.Tags // .tags | if . == null then null else map({(.Key // .key): (.Value // .value)}) | add // {} end)}' answer.tags >> tags.lines
  done < arns.txt
  jq -s 'add // {}' tags.lines > tags.json
}

# Functions of jq for rows: their two cells of a resource's tags.
TAGS='def cell: if . then tojson else "" end; def unread: if . then {} else {unread_tags: "true"} end;'

aws_types() {      # types.json: what EC2 knows of the machine types of types.txt; a type that it does not have is left out
  local types
  echo '{}' > types.json
  sed 's/^ml[.]//' types.txt | sort -u | awk NF | split -l 100 - types.
  for types in types.a*; do
    [ -s "$types" ] || continue
    aws ec2 describe-instance-types --output json --filters "Name=instance-type,Values=$(paste -sd, "$types")" > answer.json
    jq --slurpfile known types.json '$known[0] + (.InstanceTypes | map({key: .InstanceType, value: {
        gpus: (.GpuInfo.Gpus[0].Count // 0), mib: .GpuInfo.Gpus[0].MemoryInfo.SizeInMiB, vcpus: .VCpuInfo.DefaultVCpus,
        accelerated: ((.GpuInfo // .NeuronInfo // .InferenceAcceleratorInfo) != null)}}) | from_entries)' answer.json > more.json
    mv more.json types.json
  done
  rm -f types.a*
}

aws_scaling() {      # targets.json, policies.json, schedules.json: what changes the number of instances of endpoints and of copies of their components
  local of="--service-namespace sagemaker --output json"
  # shellcheck disable=SC2086      # $of is several words
  {
    aws application-autoscaling describe-scalable-targets $of > targets.json || unknown targets.json "scaling of endpoints"
    [ "$(jq '.ScalableTargets | length' targets.json)" != 0 ] || return 0
    aws application-autoscaling describe-scaling-policies $of > policies.json || unknown policies.json "scaling policies of endpoints"
    aws application-autoscaling describe-scheduled-actions $of > schedules.json || unknown schedules.json "scaling schedules of endpoints"
  }
}

# Functions of jq for rows: state is by what something scales, its load or only a schedule; a schedule may move both ends of the range. What could not be
# read might exist: it is unknown, never none.
# shellcheck disable=SC2016      # $id and its like are of jq
SCALING='def of($all; $key; $id): $all[0] | if . == null then null else [.[$key][]? | select(.ResourceId == $id)] end;
  def targets($id): of($targets; "ScalableTargets"; $id);
  def policies($id): of($policies; "ScalingPolicies"; $id);
  def schedules($id): of($schedules; "ScheduledActions"; $id);
  def active($list; $word; $off): if $list == null then "unknown" elif $list == [] then "none" elif $off then "suspended" else $word end;
  def strongest($states): [("enabled", "scheduled", "unknown", "suspended", "none") | select(IN($states[]))] | first;
  def state($id): targets($id) as $found | if $found == null then "unknown" elif $found == [] then "none" else $found[-1] as $t
    | strongest([(if $t.MinCapacity == $t.MaxCapacity then "none" else active(policies($id); "enabled"; $t.SuspendedState.DynamicScalingInSuspended) end),
        active(schedules($id); "scheduled"; $t.SuspendedState.ScheduledScalingSuspended)]) end;
  def words(f): [.[]? | f | values] | if . == [] then null else join(", ") end;
  def scaling($id): (targets($id) // [])[-1] as $t | {autoscaling: state($id)} + (if $t == null then {} else
    {autoscaling_min: $t.MinCapacity, autoscaling_max: $t.MaxCapacity, autoscaling_policies: (policies($id) | words("\(.PolicyType) \(.PolicyName)")),
     autoscaling_metric: (policies($id) | words(.TargetTrackingScalingPolicyConfiguration
       | .PredefinedMetricSpecification.PredefinedMetricType // .CustomizedMetricSpecification.MetricName)),
     autoscaling_schedules: (schedules($id) | words("\(.Schedule) \(.ScheduledActionName)"))} | with_entries(select(.value != null)) end);
  # Instances that follow the copies of their components stay where no number of copies changes.
  def followed($parts): if $parts == [] then "enabled" else strongest([$parts[] | state("inference-component/" + .) | if . == "suspended" then "none" else . end]) end;'

# A row for the endpoint and one for each variant, which is what costs. Requests to inference components are counted by the component, so they are asked for, too.
# Utilization comes as percent times the number of GPUs or vCPUs, which the machine type tells.
aws_endpoints() {
  local names name
  : > endpoints.json
  echo '{}' | tee targets.json policies.json > schedules.json
  names=$(aws sagemaker list-endpoints --query 'Endpoints[].EndpointName' --output text)      # not in the loop: there -e would not see it fail
  for name in $names; do
    aws sagemaker describe-endpoint --output json --endpoint-name "$name" > endpoint.json
    aws sagemaker describe-endpoint-config --output json --endpoint-config-name "$(jq -r .EndpointConfigName endpoint.json)" > config.json
    aws sagemaker list-inference-components --output json --endpoint-name-equals "$name" > components.json
    jq -c -n --slurpfile e endpoint.json --slurpfile c config.json --slurpfile i components.json '{e: $e[0], c: $c[0], parts: ($i[0].InferenceComponents // [])}' >> endpoints.json
  done
  jq -r '.e.EndpointArn' endpoints.json > arns.txt
  aws_tags
  [ ! -s endpoints.json ] || aws_scaling
  jq -r --slurpfile tags tags.json --slurpfile targets targets.json --slurpfile policies policies.json --slurpfile schedules schedules.json "$TAGS $SCALING"'
    .e as $e | .c as $c | .parts as $parts | $tags[0][$e.EndpointArn] as $tags | ($e.EndpointArn | split(":")) as $arn
    | (if $c.AsyncInferenceConfig then "asynchronous" elif $c.ProductionVariants[0].ServerlessConfig then "serverless" else "realtime" end) as $type
    | ($e.CreationTime | if type == "number" then todate else . end) as $created
    | ([$e.EndpointArn, "inference_endpoint", $e.EndpointName, "aws", $arn[4], $arn[3], "", "", "", "", "", $created, $e.EndpointStatus, "", ($tags | cell),
        ({endpoint_type: $type} + ($tags | unread) | tojson)],
       ($c.ProductionVariants[] | . as $v
        | ([$e.ProductionVariants[]? | select(.VariantName == $v.VariantName) | .CurrentInstanceCount] | first) as $now
        | [$parts[] | select(.VariantName == $v.VariantName) | .InferenceComponentName] as $mine
        | [$e.EndpointArn + "/variant/" + .VariantName, "inference_endpoint", $e.EndpointName + "/" + .VariantName, "aws", $arn[4], $arn[3], .InstanceType, "", "",
           ($now // .InitialInstanceCount), $e.EndpointArn, $created, $e.EndpointStatus, "on_demand", ($tags | cell),
           ({endpoint_type: $type, inference_components: (.ModelName == null and .ServerlessConfig == null | tostring)}
            + (if .ManagedInstanceScaling.Status == "ENABLED" then {autoscaling: followed($mine)}
                 + (.ManagedInstanceScaling | {autoscaling_min: .MinInstanceCount, autoscaling_max: .MaxInstanceCount} | with_entries(select(.value != null)))
               else scaling("endpoint/\($e.EndpointName)/variant/\(.VariantName)") end)
            + (if $mine == [] then {} else {component_autoscaling: ($mine | map("\(.): \(state("inference-component/" + .))") | join(", "))} end)
            + ($tags | unread) | tojson)]))
    | @csv' endpoints.json > inventory.rows
  jq -r '.c.ProductionVariants[].InstanceType // empty' endpoints.json > types.txt
  aws_types
  jq -c --slurpfile types types.json '.e as $e | .parts as $parts | .c.ProductionVariants[] | . as $v
    | ($types[0][.InstanceType // "" | ltrimstr("ml.")] // {gpus: 0}) as $t
    | [{Name: "EndpointName", Value: $e.EndpointName}, {Name: "VariantName", Value: .VariantName}] as $of
    | ($of, ($parts[] | select(.VariantName == $v.VariantName) | [{Name: "InferenceComponentName", Value: .InferenceComponentName}])
       | {metric: "requests", namespace: "AWS/SageMaker", name: "Invocations", of: ., stat: "Sum", by: 1}),
      ((if $t.gpus > 0 then {metric: "gpu_utilization", name: "GPUUtilization", by: (100 * $t.gpus)},
                            {metric: "gpu_memory_used_gib", name: "GPUMemoryUtilization", by: (100 * $t.gpus * 1024 / $t.mib)} else empty end,
        if $t.vcpus then {metric: "cpu_utilization", name: "CPUUtilization", by: (100 * $t.vcpus)} else empty end)
       | . + {namespace: "/aws/sagemaker/Endpoints", of: $of} | (. + {stat: "Average"}, . + {stat: "Maximum"}))
    | . + {id: ($e.EndpointArn + "/variant/" + $v.VariantName)}' endpoints.json > asked.json
  aws_ask
}

# EC2 itself knows nothing about GPUs: their metrics exist where the CloudWatch agent runs with nvidia_gpu (namespace CWAgent), and are found for two weeks after the last point.
# Only machines with accelerators are asked about.
aws_machines() {
  aws ec2 describe-instances --output json --filters Name=instance-state-name,Values=pending,running,stopping,stopped > machines.json
  jq -r '.Reservations[] | .OwnerId as $account | .Instances[]
    | ((.Tags // []) | map({(.Key): .Value}) | add // {}) as $tags
    | [.InstanceId, "instance", ($tags.Name // .InstanceId), "aws", $account, (.Placement.AvailabilityZone | sub("[a-z]$"; "")), .InstanceType, "", "", 1, "",
       ([.BlockDeviceMappings[]?.Ebs.AttachTime] | min // .LaunchTime), .State.Name, (if .InstanceLifecycle == "spot" then "spot" else "on_demand" end), ($tags | tojson),
       ({stopped_because: .StateTransitionReason} | tojson)]
    | @csv' machines.json > inventory.rows      # the disk tells when it was made: LaunchTime is the last start
  jq -r '.Reservations[].Instances[].InstanceType' machines.json > types.txt
  aws_types
  jq --slurpfile types types.json '[.Reservations[].Instances[] | select($types[0][.InstanceType].accelerated) | .InstanceId]' machines.json > accelerated.json
  : > series.json
  if [ "$(jq length accelerated.json)" != 0 ]; then
    aws cloudwatch list-metrics --output json --namespace CWAgent --metric-name nvidia_smi_utilization_gpu >> series.json
    aws cloudwatch list-metrics --output json --namespace CWAgent --metric-name nvidia_smi_memory_used >> series.json
  fi
  jq -c -n --slurpfile accelerated accelerated.json --slurpfile series series.json '
    {nvidia_smi_utilization_gpu: {metric: "gpu_utilization", by: 100}, nvidia_smi_memory_used: {metric: "gpu_memory_used_gib", by: 1024}} as $known
    | ($accelerated[0] | INDEX(.)) as $wanted
    | ($series[].Metrics[] | ([.Dimensions[] | select(.Name == "InstanceId") | .Value] | first // "") as $id | select($wanted[$id])
       | $known[.MetricName] + {id: $id, namespace: "CWAgent", name: .MetricName, of: .Dimensions}),
      ($accelerated[0][] | {id: ., metric: "cpu_utilization", by: 100, namespace: "AWS/EC2", name: "CPUUtilization", of: [{Name: "InstanceId", Value: .}]})
    | (. + {stat: "Average"}, . + {stat: "Maximum"})' > asked.json
  aws_ask
}

# AWS measures nothing in a notebook instance by itself.
aws_notebooks() {
  aws sagemaker list-notebook-instances --output json > answer.json
  jq -r '.NotebookInstances[].NotebookInstanceArn' answer.json > arns.txt
  aws_tags
  jq -r --slurpfile tags tags.json "$TAGS"' .NotebookInstances[] | $tags[0][.NotebookInstanceArn] as $tags | (.NotebookInstanceArn | split(":")) as $arn
    | [.NotebookInstanceArn, "notebook", .NotebookInstanceName, "aws", $arn[4], $arn[3], .InstanceType, "", "", (if .NotebookInstanceStatus == "Stopped" then 0 else 1 end), "",
       (.CreationTime | if type == "number" then todate else . end), .NotebookInstanceStatus, "on_demand", ($tags | cell),
       ({lifecycle_configuration: .NotebookInstanceLifecycleConfigName} + ($tags | unread) | with_entries(select(.value)) | tojson)] | @csv' answer.json > inventory.rows
}

# Calls are counted by the name that the caller used: the ARN of the units or their short id.
aws_bedrock() {
  if ! aws bedrock list-provisioned-model-throughputs --output json > answer.json 2> error.txt; then
    grep -q "Could not connect to the endpoint URL" error.txt && return 0      # a region without Bedrock
    cat error.txt >&2
    return 1
  fi
  jq -r '.provisionedModelSummaries[].provisionedModelArn' answer.json > arns.txt
  aws_tags
  jq -r --slurpfile tags tags.json "$TAGS"' .provisionedModelSummaries[] | $tags[0][.provisionedModelArn] as $tags | (.provisionedModelArn | split(":")) as $arn
    | [.provisionedModelArn, "provisioned_throughput", .provisionedModelName, "aws", $arn[4], $arn[3], (.foundationModelArn | split("/") | last), "", "", .modelUnits, "", .creationTime,
       .status, (if .commitmentDuration then "committed" else "on_demand" end), ($tags | cell),
       ({commitment: .commitmentDuration, commitment_end: .commitmentExpirationTime} + ($tags | unread) | with_entries(select(.value)) | tojson)] | @csv' answer.json > inventory.rows
  jq -c '.provisionedModelSummaries[].provisionedModelArn as $id | ($id, ($id | split("/") | last)) as $called
    | ({metric: "requests", name: "Invocations"}, {metric: "tokens_input", name: "InputTokenCount"}, {metric: "tokens_output", name: "OutputTokenCount"})
    | . + {id: $id, namespace: "AWS/Bedrock", of: [{Name: "ModelId", Value: $called}], stat: "Sum", by: 1}' answer.json > asked.json
  aws_ask
}

aws_volumes() {
  aws ec2 describe-volumes --output json > answer.json
  jq -r --arg account "$account" '.Volumes[] | ((.Tags // []) | map({(.Key): .Value}) | add // {}) as $tags
    | [.VolumeId, "volume", ($tags.Name // .VolumeId), "aws", $account, (.AvailabilityZone | sub("[a-z]$"; "")), "", "", "", 1, "", .CreateTime, .State, "", ($tags | tojson),
       ({attached_to: (.Attachments[0].InstanceId // ""), size_gib: .Size, volume_type: .VolumeType} | tojson)] | @csv' answer.json > inventory.rows
}

aws_reservations() {
  aws ec2 describe-capacity-reservations --output json --filters Name=state,Values=active > answer.json
  jq -r '.CapacityReservations[] | ((.Tags // []) | map({(.Key): .Value}) | add // {}) as $tags
    | [.CapacityReservationArn, "capacity_reservation", ($tags.Name // .CapacityReservationId), "aws", .OwnerId, (.AvailabilityZone | sub("[a-z]$"; "")), .InstanceType, "", "",
       .TotalInstanceCount, "", .CreateDate, .State, "", ($tags | tojson),
       ({used_instances: (.TotalInstanceCount - .AvailableInstanceCount), reservation_type: .ReservationType} | with_entries(select(.value != null)) | tojson)] | @csv' answer.json > inventory.rows
}

# -------------------------------------------------------------------------------------------------------------------------------------- Azure
# Permission: Reader on the subscription. Azure Monitor keeps 93 days.

azure_all() {
  subscription=$(az account show --query id --output tsv)
  begin "azure-$subscription"
  part "online endpoints and notebooks of Machine Learning" azure_ml
  part "virtual machines" azure_machines
  part "Azure OpenAI" azure_openai
  part "disks" azure_disks
  part "capacity reservations" azure_reservations
  finish
}

azure_list() {      # azure_list URL: {"value": [...]} of all pages; az rest gives one page, and the link to the next
  local url=$1
  : > pages.json
  while [ -n "$url" ]; do
    az rest --method get --url "$url" --output json > page.json
    cat page.json >> pages.json
    url=$(jq -r '.nextLink // ""' page.json)
  done
  jq -s '{value: map(.value) | add}' pages.json
}

azure_ask() {      # azure_ask RESOURCE NAME,NAME MAPPING [FILTER]: MAPPING is {"<name>": {"metric": ..., "by": ..., "total": true|false}}
  local names aggregations
  IFS=, read -r -a names <<< "$2"
  # Azure refuses a request for an aggregation that one of the metrics does not have: counters have a total only, and rates an average.
  read -r -a aggregations < <(jq -rn --argjson known "$3" '[$known[] | if .perMinute then "Average" elif .total then "Total" else "Average", "Maximum" end] | unique | join(" ")')
  # A filter splits a metric into series, 10 of them where --top does not ask for more.
  az monitor metrics list --resource "$1" --metrics "${names[@]}" --interval PT1H --aggregation "${aggregations[@]}" --start-time "$START" --end-time "$END" ${4:+--filter "$4" --top 1000} --output json > answer.json
  jq -c --arg id "$1" --argjson known "$3" '
    .value[] | $known[.name.value] as $k | if (.timeseries | length) >= 1000 then error("more than 1,000 series of " + .name.value + " of " + $id) else . end | .timeseries[]
    | ($id + ((.metadatavalues // []) | map(select((.name.value | ascii_downcase) == "modeldeploymentname") | "/deployments/" + .value) | add // "")) as $of
    | .data[] | {id: $of, metric: $k.metric, hour: .timeStamp}
      + (if $k.total then {total: (if $k.perMinute then (.average | values | . * 60) else (.total | values) end)}
         else {average: (.average | values | . / $k.by), maximum: (.maximum | if . == null then null else . / $k.by end)} end)' answer.json >> points.json
}

azure_autoscale() {      # autoscale.json: all settings that scale something; null where they cannot be read
  local status
  set +e      # as in part
  (set -e; azure_list "/subscriptions/$subscription/providers/Microsoft.Insights/autoscalesettings?api-version=2022-10-01" > autoscale.json)
  status=$?
  set -e
  [ "$status" = 0 ] || unknown autoscale.json "autoscale settings"
}

# A function of jq for rows: by what a deployment scales. A setting that is switched off scales nothing.
# shellcheck disable=SC2016      # $id and its like are of jq
AUTOSCALE='def same: ascii_downcase | rtrimstr("/");
  def scaling: (.id | same) as $id | if .properties.scaleSettings.scaleType == "TargetUtilization"
    then .properties.scaleSettings | {autoscaling: "enabled", autoscaling_min: .minInstances, autoscaling_max: .maxInstances}
    elif $settings[0] == null then {autoscaling: "unknown"}
    else ([$settings[0].value[]?.properties | select(.enabled != false and (.targetResourceUri // "" | same) == $id)] | last) as $set
      | if $set == null then {autoscaling: "none"} else $set.profiles[0] as $profile
        | {autoscaling: "enabled", autoscaling_min: $profile.capacity.minimum, autoscaling_max: $profile.capacity.maximum,
           autoscaling_metric: ([$profile.rules[]?.metricTrigger.metricName | values] | unique | if . == [] then null else join(", ") end)} end end
    | with_entries(select(.value != null));'

# A point without a value is left out: it is unknown, not 0. GPU memory is a percentage of the card, and the card's size is not told, so it is not asked for.
azure_ml() {
  local workspaces workspace endpoint deployment
  workspaces=$(az resource list --resource-type Microsoft.MachineLearningServices/workspaces --query '[].id' --output tsv)
  [ -z "$workspaces" ] || azure_autoscale
  for workspace in $workspaces; do
    azure_list "$workspace/computes?api-version=2024-04-01" > computes.json
    jq -r '.value[] | select(.properties.computeType == "ComputeInstance")
      | [.id, "notebook", .name, "azure", (.id | split("/")[2]), .location, .properties.properties.vmSize, "", "", 1, (.id | sub("/computes/.*"; "")), .properties.createdOn,
         .properties.properties.state, "on_demand", (.tags // {} | tojson), ""] | @csv' computes.json >> inventory.rows
    azure_list "$workspace/onlineEndpoints?api-version=2024-04-01" > endpoints.json
    jq -r '.value[] | [.id, "inference_endpoint", .name, "azure", (.id | split("/")[2]), .location, "", "", "", "", "", .systemData.createdAt, .properties.provisioningState, "", (.tags // {} | tojson),
         ({endpoint_type: "realtime"} | tojson)] | @csv' endpoints.json >> inventory.rows
    for endpoint in $(jq -r '.value[].id' endpoints.json); do
      azure_list "$endpoint/deployments?api-version=2024-04-01" > deployments.json
      jq -r --arg parent "$endpoint" --slurpfile settings autoscale.json "$AUTOSCALE"' .value[]
        | [.id, "inference_endpoint", .name, "azure", (.id | split("/")[2]), .location, .properties.instanceType, "", "", .sku.capacity, $parent, .systemData.createdAt,
           .properties.provisioningState, "on_demand", (.tags // {} | tojson), ({endpoint_type: "realtime"} + scaling | tojson)] | @csv' deployments.json >> inventory.rows
      for deployment in $(jq -r '.value[].id' deployments.json); do
        azure_ask "$deployment" GpuUtilizationPercentage,CpuUtilizationPercentage '{"GpuUtilizationPercentage": {"metric": "gpu_utilization", "by": 100}, "CpuUtilizationPercentage": {"metric": "cpu_utilization", "by": 100}}'
        azure_ask "$deployment" RequestsPerMinute '{"RequestsPerMinute": {"metric": "requests", "total": true, "perMinute": true}}'
      done
    done
  done
}

# The host knows no GPU metric; only an agent in the machine does (Azure Monitor agent with DCGM). Processors are asked for where the size (Standard_N...) has accelerators.
azure_machines() {
  local id
  az vm list --show-details --output json > machines.json
  jq -r '.[] | [.id, "instance", .name, "azure", (.id | split("/")[2]), .location, .hardwareProfile.vmSize, "", "", 1, "", .timeCreated, (.powerState // ""),
    (if .priority == "Spot" then "spot" else "on_demand" end), (.tags // {} | tojson), ""] | @csv' machines.json > inventory.rows
  jq -r '.[] | select(.hardwareProfile.vmSize | test("^standard_n"; "i")) | .id' machines.json > accelerated.txt
  while read -r id; do
    azure_ask "$id" "Percentage CPU" '{"Percentage CPU": {"metric": "cpu_utilization", "by": 100}}' < /dev/null
  done < accelerated.txt
}

azure_openai() {
  local id name group
  az cognitiveservices account list --query "[?kind=='OpenAI' || kind=='AIServices']" --output json > accounts.json
  jq -r '.[] | [.id, .name, .resourceGroup] | @tsv' accounts.json > accounts.tsv
  while IFS=$'\t' read -r id name group; do
    az cognitiveservices account deployment list --name "$name" --resource-group "$group" --output json < /dev/null > deployments.json
    jq -r --arg account "$id" --slurpfile a accounts.json '([$a[0][] | select(.id == $account)] | first) as $of | .[]
      | (if .sku.name | test("Provisioned") then "provisioned_throughput" else "model_usage" end) as $kind
      | [.id, $kind, .name, "azure", ($account | split("/")[2]), $of.location, .properties.model.name, "", "", (if $kind == "model_usage" then "" else .sku.capacity end), $account,
         (.systemData.createdAt // ""), .properties.provisioningState, "", ($of.tags // {} | tojson), ({sku: .sku.name} | tojson)] | @csv' deployments.json >> inventory.rows
    azure_ask "$id" AzureOpenAIRequests,ProcessedPromptTokens,GeneratedTokens '{"AzureOpenAIRequests": {"metric": "requests", "total": true}, "ProcessedPromptTokens": {"metric": "tokens_input", "total": true}, "GeneratedTokens": {"metric": "tokens_output", "total": true}}' "ModelDeploymentName eq '*'" < /dev/null
  done < accounts.tsv
}

azure_disks() {
  az disk list --output json > answer.json
  jq -r '.[] | [.id, "volume", .name, "azure", (.id | split("/")[2]), .location, "", "", "", 1, "", .timeCreated, .diskState, "", (.tags // {} | tojson),
    ({attached_to: (.managedBy // ""), size_gib: (.diskSizeGB // .diskSizeGb), volume_type: .sku.name, detached_since: (if .managedBy then null else .LastOwnershipUpdateTime // .lastOwnershipUpdateTime end)}
     | with_entries(select(.value != null)) | tojson)] | @csv' answer.json > inventory.rows
}

azure_reservations() {
  local group
  azure_list "/subscriptions/$subscription/providers/Microsoft.Compute/capacityReservationGroups?api-version=2024-07-01" > groups.json
  for group in $(jq -r '.value[].id' groups.json); do
    azure_list "$group/capacityReservations?api-version=2024-07-01" > reservations.json
    az rest --method get --url "$group?api-version=2024-07-01&\$expand=instanceView" --output json > group.json
    jq -r --slurpfile group group.json '
      ($group[0].properties.instanceView.capacityReservations // [] | INDEX(.name | ascii_downcase)) as $view | .value[]
      | ($view[.name | ascii_downcase].utilizationInfo.virtualMachinesAllocated) as $used
      | [.id, "capacity_reservation", .name, "azure", (.id | split("/")[2]), .location, .sku.name, "", "", .sku.capacity, "", .properties.timeCreated, .properties.provisioningState, "",
         (.tags // {} | tojson), ({used_instances: (if $used then $used | length else null end)} | with_entries(select(.value != null)) | tojson)] | @csv' reservations.json >> inventory.rows
  done
}

# ------------------------------------------------------------------------------------------------------------------------------- Google Cloud
# Permission: Viewer on the project. Cloud Monitoring keeps most metrics for six weeks at this precision.

gcp_all() {
  project=$1
  shift
  regions=$*
  begin "gcp-$project"
  echo '[]' > machines.json
  echo '[]' > notebooks.json
  part "notebooks" gcp_notebooks
  part "machines" gcp_machines
  part "Vertex AI endpoints" gcp_vertex
  part "Cloud Run services with GPUs" gcp_services
  part "disks" gcp_disks
  part "reservations" gcp_reservations
  finish
}

gcp_pages() {      # gcp_pages URL [QUERY...]: pages.json, one answer a line; an interface that the project has not switched on has nothing
  local url=$1 token='' status      # PAGE is what a page is asked for by, where that is not pageToken
  shift
  : > pages.json
  while :; do
    status=$(curl -sS -o answer.json -w '%{http_code}' -G "$url" -H "Authorization: Bearer $(gcloud auth print-access-token)" "$@" --data-urlencode "${PAGE:-pageToken}=$token")
    if [ "$status" != 200 ]; then
      grep -q SERVICE_DISABLED answer.json && return 0
      jq -r '.error.message' answer.json >&2
      return 1
    fi
    jq -c . answer.json >> pages.json
    token=$(jq -r '.nextPageToken // .metadata.continue? // ""' answer.json)
    [ -n "$token" ] || return 0
  done
}

gcp_ask() {      # gcp_ask TYPE ALIGNER COLUMN METRIC BY: a metric of all resources of the project, by the hour
  gcp_pages "https://monitoring.googleapis.com/v3/projects/$project/timeSeries" \
    --data-urlencode "filter=metric.type=\"$1\"" --data-urlencode "interval.startTime=$START" --data-urlencode "interval.endTime=$END" \
    --data-urlencode "aggregation.alignmentPeriod=3600s" --data-urlencode "aggregation.perSeriesAligner=$2" --data-urlencode "pageSize=100000"
  jq -c --arg column "$3" --arg metric "$4" --argjson by "$5" --slurpfile machines machines.json '
    ($machines[0] | INDEX(.id)) as $machines | (.timeSeries // [])[] | .resource as $r | .metric.labels as $m
    | (if $r.type == "gce_instance" then "//compute.googleapis.com/projects/\($r.labels.project_id)/zones/\($r.labels.zone)/instances/"
         + ($machines[$r.labels.instance_id // ""].name // $m.instance_name // $r.labels.instance_id)
       elif $r.type == "cloud_run_revision" then "//run.googleapis.com/projects/\($r.labels.project_id)/locations/\($r.labels.location)/services/\($r.labels.service_name)"
       else "//aiplatform.googleapis.com/projects/\($r.labels.project_id // $r.labels.resource_container)/locations/\($r.labels.location)/endpoints/\($r.labels.endpoint_id)"
         + ($m.deployed_model_id // "" | if . == "" then "" else "/deployedModels/" + . end) end) as $id
    | .points[] | (.value.doubleValue // (.value.int64Value | if . == null then empty else tonumber end)) as $value
    | {id: $id, metric: $metric, hour: (.interval.endTime | sub("[.][0-9]+"; "") | fromdate - 3600 | todate)} + {($column): ($value / $by)}' pages.json >> points.json
}

# A Workbench instance is a machine of the same name, which is what the bill and the metrics know; it is not told as a machine as well.
gcp_notebooks() {
  gcp_pages "https://notebooks.googleapis.com/v2/projects/$project/locations/-/instances"
  jq -s '[.[].instances // [] | .[] | .name | split("/") | "\(.[3])/\(.[5])"]' pages.json > notebooks.json
  jq -r --arg project "$project" '(.instances // [])[] | (.name | split("/")) as $part
    | ["//compute.googleapis.com/projects/\($project)/zones/\($part[3])/instances/\($part[5])", "notebook", $part[5], "gcp", $project, ($part[3] | sub("-[a-z]$"; "")),
       (.gceSetup.machineType // "" | split("/") | last // ""), ((.gceSetup.acceleratorConfigs // [])[0].type // ""), ((.gceSetup.acceleratorConfigs // [])[0].coreCount // ""), 1, "", .createTime, .state,
       "on_demand", (.labels // {} | tojson), ""] | @csv' pages.json > inventory.rows
}

# GPU metrics come from the Ops Agent; without it they are not examined. They are percent there, CPU is a ratio.
gcp_machines() {
  gcloud compute instances list --project "$project" --format json > machines.json      # metrics of the Ops Agent name a machine by its number
  jq -r --slurpfile notebooks notebooks.json '($notebooks[0] | INDEX(.)) as $notebooks | .[]
    | (.selfLink | sub("^https://[^/]*/compute/v1/"; "//compute.googleapis.com/")) as $id | ($id | split("/")) as $part | select($notebooks["\($part[6])/\(.name)"] | not)
    | [$id, "instance", .name, "gcp", $part[4], (.zone | split("/") | last | sub("-[a-z]$"; "")), (.machineType | split("/") | last),
       ((.guestAccelerators // [])[0].acceleratorType // "" | split("/") | last // ""), ((.guestAccelerators // [])[0].acceleratorCount // ""), 1, "", .creationTimestamp, .status,
       (if .scheduling.provisioningModel == "SPOT" or .scheduling.preemptible then "spot" else "on_demand" end), (.labels // {} | tojson),
       ({instance_id: (.id | tostring)} | tojson)] | @csv' machines.json > inventory.rows      # by that number the bill calls it
  gcp_ask compute.googleapis.com/instance/cpu/utilization ALIGN_MEAN average cpu_utilization 1
  gcp_ask agent.googleapis.com/gpu/utilization ALIGN_MEAN average gpu_utilization 100
  gcp_ask agent.googleapis.com/gpu/utilization ALIGN_MAX maximum gpu_utilization 100
}

# Each deployed model is paid for by its own machines. A status without a number of replicas has none: JSON leaves zeros out. Ratios of Vertex AI are 0 to 1 already.
gcp_vertex() {
  local region of=aiplatform.googleapis.com/prediction/online
  : > known.json
  for region in $regions; do
    gcloud ai endpoints list --project "$project" --region "$region" --format json > endpoints.json
    jq -c --arg region "$region" '.[] | "\($region)/\(.name | split("/") | last)" as $endpoint
      | {($endpoint): {id: "//aiplatform.googleapis.com/\(.name)"}},
        (.deployedModels[]? | {("\($endpoint)/\(.id)"): {accelerators: .dedicatedResources.machineSpec.acceleratorCount}})' endpoints.json >> known.json
    jq -r --arg region "$region" '.[] | select((.deployedModels // []) != []) | . as $of | (.name | split("/")) as $part
      | ("//aiplatform.googleapis.com/" + .name) as $id | (.labels // {} | tojson) as $labels
      | [$id, "inference_endpoint", .displayName, "gcp", $part[1], $region, "", "", "", "", "", .createTime, "", "", $labels, ({endpoint_id: $part[5]} | tojson)],
        (.deployedModels[] | .dedicatedResources as $own | ($own.machineSpec // {}) as $spec
          | (if $own then (.status | if (. // {}) == {} then null else .availableReplicaCount // 0 end) // $own.minReplicaCount else null end) as $replicas
          | ["\($id)/deployedModels/\(.id)", "inference_endpoint", "\($of.displayName)/\(.displayName)", "gcp", $part[1], $region, ($spec.machineType // ""),
             ($spec.acceleratorType // ""), ($spec.acceleratorCount // ""), ($replicas // ""), $id, .createTime, "", (if $own then (if $own.spot then "spot" else "on_demand" end) else "" end), $labels,
             ({endpoint_id: $part[5], deployed_model_id: .id, model: .model, shared_pool: .sharedResources, traffic_percent: ($of.trafficSplit // {})[.id],
               min_replicas: $own.minReplicaCount, max_replicas: $own.maxReplicaCount, autoscaling_metric: $own.autoscalingMetricSpecs[0]?.metricName,
               autoscaling_target: $own.autoscalingMetricSpecs[0]?.target, automatic_min_replicas: .automaticResources.minReplicaCount,
               automatic_max_replicas: .automaticResources.maxReplicaCount} | with_entries(select(.value != null)) | tojson)])
      | @csv' endpoints.json >> inventory.rows
  done
  gcp_ask "$of/prediction_count" ALIGN_SUM total requests 1
  gcp_ask "$of/accelerator/duty_cycle" ALIGN_MEAN average gpu_utilization 1
  gcp_ask "$of/accelerator/duty_cycle" ALIGN_MAX maximum gpu_utilization 1
  gcp_ask "$of/accelerator/memory/bytes_used" ALIGN_MAX maximum gpu_memory_used_gib 1073741824
  # Metrics name the project otherwise than endpoints do. Memory is of all accelerators of a replica: where their number is not known, that of one is not known.
  jq -c --slurpfile known known.json '($known | add // {}) as $known | (.id | split("/")) as $part | "\($part[6])/\($part[8])" as $endpoint
    | if $known[$endpoint] then .id = ([$known[$endpoint].id] + $part[9:] | join("/")) else . end
    | if .metric != "gpu_memory_used_gib" then . else
        $known["\($endpoint)/\($part[10])"].accelerators as $count | select($count) | .maximum /= $count end' points.json > answer.json
  mv answer.json points.json
}

# Instances that are kept ready are paid for with or without requests. A minimum is set for the service or its revision, and the higher one holds.
# Of a service that is scaled by hand the number of instances counts, and no minimum.
gcp_services() {
  local region
  PAGE="continue" gcp_pages "https://run.googleapis.com/v1/projects/$project/locations/-/services"
  for region in $(jq -r '.unreachable[]?' pages.json | sort -u); do
    unread "Cloud Run services in ${region##*/}"
  done
  jq -r --arg project "$project" '(.items // [])[] | .spec.template as $template | ($template.metadata.annotations // {}) as $of
    | ($template.spec.nodeSelector["run.googleapis.com/accelerator"] | values) as $card | .metadata as $m
    | (($m.annotations["run.googleapis.com/scalingMode"] // "" | ascii_downcase) == "manual") as $by_hand
    | $m.annotations["run.googleapis.com/manualInstanceCount"] as $manual
    | (if $by_hand then (if $manual then $manual | tonumber else null end) else
        [$of["autoscaling.knative.dev/minScale"], $m.annotations["run.googleapis.com/minScale"] | values | tonumber] | max end) as $least
    | ([$template.spec.containers[]?.resources.limits["nvidia.com/gpu"] | values] | first) as $cards
    | $m.labels["cloud.googleapis.com/location"] as $region
    | ["//run.googleapis.com/projects/\($project)/locations/\($region)/services/\($m.name)", "service", $m.name, "gcp", $project, $region, "", $card, ($cards // ""), ($least // (if $by_hand then "" else 0 end)), "",
       $m.creationTimestamp, "", "on_demand", ($m.labels // {} | tojson),
       ({min_instances: $least, max_instances: (if $by_hand then $manual else $of["autoscaling.knative.dev/maxScale"] end), scaling: (if $by_hand then "manual" else null end)} | with_entries(select(.value != null)) | tojson)] | @csv' pages.json > inventory.rows
  gcp_ask run.googleapis.com/request_count ALIGN_SUM total requests 1
}

gcp_disks() {
  gcloud compute disks list --project "$project" --format json > answer.json
  jq -r 'def name: sub("^https://[^/]*/compute/v1/"; "//compute.googleapis.com/");
    .[] | [(.selfLink | name), "volume", .name, "gcp", (.selfLink | name | split("/")[4]), ((.zone // .region) | split("/") | last | sub("-[a-z]$"; "")), "", "", "", 1, "", .creationTimestamp, .status, "",
      (.labels // {} | tojson), ({attached: ((.users // []) != [] | tostring), attached_to: ((.users // [])[0] // "" | name), size_gib: .sizeGb, volume_type: (.type | split("/") | last),
        detached_since: (if (.users // []) == [] then .lastDetachTimestamp else null end)} | with_entries(select(.value != null)) | tojson)] | @csv' answer.json > inventory.rows
}

gcp_reservations() {
  gcloud compute reservations list --project "$project" --format json > answer.json
  jq -r '.[] | select(.specificReservation) | .specificReservation as $held | (.selfLink | sub("^https://[^/]*/compute/v1/"; "//compute.googleapis.com/")) as $id | (.zone | split("/") | last) as $zone
    | [$id, "capacity_reservation", .name, "gcp", ($id | split("/")[4]), ($zone | sub("-[a-z]$"; "")), $held.instanceProperties.machineType,
       ($held.instanceProperties.guestAccelerators[0]?.acceleratorType // ""), ($held.instanceProperties.guestAccelerators[0]?.acceleratorCount // ""), $held.count, "", .creationTimestamp, .status, "", "",
       ({used_instances: ($held.inUseCount // "0"), zone: $zone} | tojson)] | @csv' answer.json > inventory.rows
}

case $cloud in
  aws) aws_all "$@" ;;
  azure) azure_all ;;
  gcp) gcp_all "$@" ;;
esac
[ ! -e unread ]
