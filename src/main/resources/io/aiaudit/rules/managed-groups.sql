-- Members of groups that replace what stops: which group, how large it is, and how small it may become. Tags show it
-- for files and clouds alike, whatever a bill makes of their names (aws:autoscaling:groupName,
-- aws_autoscaling_group_name); then what the collectors say; then the group that the instance is a part of. Of a
-- workload there is only whether its node stays: it is no member, and what ends it need not change the group. Of a
-- group itself there are only its names in commands, by its id, its tags and what the collectors say.
WITH pools AS (
  SELECT resource_id, name, replicas, attributes, coalesce(stated_count(attributes['autoscaling_min']),
    stated_count(attributes['total_min_nodes']),
    -- Google Cloud counts these in each zone
    stated_count(attributes['min_nodes']) * coalesce(stated_count(attributes['zones']), 1)) AS minimum
  FROM {base}resources WHERE kind = 'node_group'
), tagged AS (
  SELECT r.*, up.resource_id AS group_resource, up.name AS group_title, up.replicas AS group_replicas,
    up.attributes AS group_attributes, up.minimum AS least_of_group,
    list_transform(map_entries(r.tags), lambda e: {
      key: regexp_replace(regexp_replace(lower(e.key), '[^a-z0-9]', '', 'g'), '^(resourcetags)?(user|aws)?', ''),
      name: e.key, value: nullif(trim(e.value), '')}) AS labels
  FROM {base}resources r
    LEFT JOIN pools up ON up.resource_id = if(r.kind = 'node_group', r.resource_id, r.parent_id)
  WHERE r.kind IN ('instance', 'node_group') OR regexp_full_match(r.resource_id, '{machine}')
), named AS (
  SELECT *,
    kind = 'node_group' AS is_group, if(is_group, resource_id, NULL) AS group_id,
    coalesce(list_filter(labels, lambda e: e.key IN ('eksnodegroupname', 'alphaeksctlionodegroupname'))[1].value,
      nullif(regexp_extract(group_id, ':nodegroup/[^/]+/([^/]+)', 1), '')) AS eks_name,
    coalesce(list_filter(labels, lambda e: e.key IN ('eksclustername', 'ekseksclustername', 'alphaeksctlioclustername',
      'googk8sclustername', 'aksmanagedclustername'))[1].value,
      nullif(regexp_extract(list_filter(labels, lambda e: contains(e.name, 'kubernetes.io/cluster/'))[1].name,
        '/([^/]+)$', 1), ''), group_attributes['cluster'], nullif(regexp_extract(group_id,
        '(?i)(?::nodegroup/|/clusters/|/managedclusters/)([^/]+)/', 1), '')) AS cluster_name,
    list_filter(labels, lambda e: e.key IN ('karpentershnodepool', 'karpentershprovisionername'))[1].value
      AS karpenter_name,
    coalesce(attributes['autoscaling_group'],
      list_filter(labels, lambda e: e.key IN ('autoscalinggroupname'))[1].value,
      nullif(regexp_extract(group_id, ':autoScalingGroupName/([^/]+)$', 1), '')) AS autoscaling_name,
    list_filter(labels, lambda e: e.key = 'elasticmapreducejobflowid')[1].value AS emr_id,
    list_filter(labels, lambda e: e.key = 'ec2spotfleetrequestid')[1].value AS fleet_id,
    coalesce(list_filter(labels, lambda e: e.key = 'googk8snodepoolname')[1].value,
      nullif(regexp_extract(group_id, '/clusters/[^/]+/nodePools/([^/]+)$', 1), '')) AS pool_name,
    list_filter(labels, lambda e: e.key = 'googk8sclusterlocation')[1].value AS cluster_location,
    len(list_filter(labels, lambda e: e.key = 'googgkenode')) > 0 AS is_gke_node,
    coalesce(attributes['created_by'], list_filter(labels, lambda e: e.key = 'createdby'
      AND contains(lower(e.value), 'instancegroupmanagers/'))[1].value) AS manager,
    coalesce(list_filter(labels, lambda e: e.key IN ('aksmanagedpoolname', 'aksmanagedagentpoolname'))[1].value,
      nullif(regexp_extract(group_id, '(?i)/agentpools/([^/]+)$', 1), ''),
      if(is_group AND provider = 'azure', attributes['pool'], NULL)) AS aks_name,
    coalesce(list_filter(labels, lambda e: e.key = 'aksmanagedclusterrg')[1].value,
      group_attributes['cluster_resource_group'],
      nullif(regexp_extract(group_id, '(?i)/resourcegroups/([^/]+)/.*/managedclusters/', 1), ''),
      -- what AKS calls the resource group of the machines, unless it is given another name
      if(cluster_name IS NOT NULL, nullif(regexp_extract(resource_id, '(?i)/resourcegroups/mc_([^/]+)_'
        || regexp_escape(cluster_name) || '_[^/_]+/', 1), ''), NULL)) AS cluster_group,
    coalesce(nullif(regexp_extract(resource_id,
        '(?i)/virtualmachinescalesets/([^/]+)(?:/virtualmachines/[^/]+)?$', 1), ''),
      nullif(regexp_extract(attributes['scale_set'], '([^/]+)/*$', 1), '')) AS scale_set_name
  FROM tagged
), typed AS (
  SELECT *,
    CASE
      WHEN provider = 'aws' AND eks_name IS NOT NULL THEN 'EKS node group'
      WHEN karpenter_name IS NOT NULL THEN 'Karpenter node pool'
      WHEN emr_id IS NOT NULL THEN 'EMR cluster'
      WHEN provider = 'aws' AND autoscaling_name IS NOT NULL THEN 'Auto Scaling group'
      WHEN fleet_id IS NOT NULL THEN 'Spot Fleet'
      WHEN provider = 'gcp' AND (pool_name IS NOT NULL OR is_gke_node) THEN 'GKE node pool'
      WHEN manager LIKE '%instanceGroupManagers/%' THEN 'managed instance group'
      WHEN aks_name IS NOT NULL THEN 'AKS node pool'
      WHEN scale_set_name IS NOT NULL THEN 'scale set'
      WHEN group_resource IS NOT NULL THEN 'node group'
      WHEN len(list_filter(labels, lambda e: contains(e.name, 'kubernetes.io/cluster/'))) > 0
        THEN 'node group of a Kubernetes cluster' END AS group_type
  FROM named
), called AS (
  SELECT *,
    CASE group_type WHEN 'EKS node group' THEN eks_name WHEN 'Karpenter node pool' THEN karpenter_name
      WHEN 'EMR cluster' THEN emr_id WHEN 'Auto Scaling group' THEN autoscaling_name WHEN 'Spot Fleet' THEN fleet_id
      WHEN 'GKE node pool' THEN pool_name WHEN 'managed instance group' THEN regexp_extract(manager, '([^/]+)/*$', 1)
      WHEN 'AKS node pool' THEN aks_name WHEN 'scale set' THEN scale_set_name
      WHEN 'node group' THEN coalesce(group_title, group_resource) END AS group_name,
    CASE WHEN group_type IN ('EKS node group', 'GKE node pool', 'AKS node pool', 'node group of a Kubernetes cluster')
      THEN cluster_name END AS group_cluster
  FROM typed WHERE group_type IS NOT NULL
), member AS (
  SELECT *, concat_ws('/', provider, account_id, region, group_type, group_cluster,
      coalesce(group_name, group_resource, resource_id)) AS group_key
  FROM called
), members AS (
  SELECT resource_id, is_group, group_type, group_name, group_cluster, group_key,
    nullif(concat_ws('/', group_cluster, group_name), '') AS group_called,
    -- as the cloud reports it; what an inventory file lists may be a part
    TRY_CAST(coalesce(group_replicas, stated_count(attributes['autoscaling_desired'])) AS INTEGER) AS group_size,
    TRY_CAST(coalesce(stated_count(attributes['autoscaling_min']), least_of_group) AS INTEGER) AS group_minimum,
    CASE WHEN group_type = 'EKS node group' AND group_cluster IS NOT NULL THEN group_name END AS eks_node_group,
    CASE WHEN group_type = 'Auto Scaling group' THEN group_name END AS autoscaling_group,
    CASE WHEN provider = 'aws' AND NOT is_group AND group_type IN ('EKS node group', 'Auto Scaling group', 'node group',
      'node group of a Kubernetes cluster') THEN resource_id END AS scaling_member,
    CASE WHEN group_type = 'Karpenter node pool' THEN group_name END AS karpenter_node_pool,
    CASE WHEN group_type = 'GKE node pool' AND group_cluster IS NOT NULL THEN group_name END AS gke_node_pool,
    CASE WHEN gke_node_pool IS NOT NULL AND yes_or_no(group_attributes['autoscaling']) = 'yes' THEN gke_node_pool END
      AS autoscaled_pool,
    -- its limits are for each zone, or for all zones together; the other ones are refused
    CASE WHEN group_attributes['total_min_nodes'] IS NOT NULL THEN autoscaled_pool END AS total_gke_node_pool,
    CASE WHEN total_gke_node_pool IS NULL THEN autoscaled_pool END AS scaled_gke_node_pool,
    CASE WHEN provider = 'gcp' THEN coalesce(cluster_location, nullif(regexp_extract(group_resource,
      '/locations/([^/]+)/', 1), ''), region) END AS group_location,
    nullif(regexp_extract(manager, 'instanceGroupManagers/([^/]+)$', 1), '') AS instance_group,
    CASE WHEN provider = 'gcp' AND group_type IS NOT NULL AND instance_group IS NULL AND NOT is_group THEN name END
      AS member_of_unknown_group,
    CASE WHEN contains(manager, '/regions/') THEN regexp_extract(manager, '/regions/([^/]+)/', 1) END
      AS instance_group_region,
    CASE WHEN instance_group_region IS NULL THEN coalesce(attributes['zone'], nullif(regexp_extract(manager,
      '/zones/([^/]+)/', 1), '')) END AS instance_group_zone,
    CASE WHEN group_type = 'AKS node pool' AND (is_group OR group_cluster IS NOT NULL) THEN group_name END
      AS aks_node_pool,
    -- those that the cluster itself needs keep a node
    CASE WHEN lower(group_attributes['mode']) = 'system' THEN aks_node_pool END AS system_aks_node_pool,
    CASE WHEN system_aks_node_pool IS NULL AND yes_or_no(group_attributes['autoscaling']) = 'yes' THEN aks_node_pool END
      AS scaled_aks_node_pool,
    CASE WHEN system_aks_node_pool IS NULL AND scaled_aks_node_pool IS NULL THEN aks_node_pool END
      AS fixed_aks_node_pool,
    CASE WHEN aks_node_pool IS NOT NULL THEN cluster_group END AS aks_resource_group,
    CASE WHEN aks_resource_group IS NULL THEN aks_node_pool END AS aks_node_pool_without_group,
    CASE WHEN group_cluster IS NULL THEN aks_node_pool END AS aks_node_pool_without_cluster,
    -- AKS puts back what is changed in a scale set of its own
    CASE WHEN group_type <> 'AKS node pool' THEN scale_set_name END AS scale_set,
    CASE WHEN scale_set IS NOT NULL
      AND regexp_matches(resource_id, '(?i)/virtualmachinescalesets/[^/]+/virtualmachines/')
      THEN regexp_extract(resource_id, '([^/]+)/*$', 1) END AS scale_set_number,
    [group_resource, group_title] AS group_names
  FROM member
), hosts AS (        -- what jobs of the window run on
  SELECT list(DISTINCT host) AS of_jobs FROM (SELECT ended_at,
    unnest([parent_id, attributes['runs_on'], attributes['persistent_resource']]) AS host
    FROM {base}resources WHERE kind IN ('training_job', 'batch_job'))
  WHERE host IS NOT NULL AND coalesce(ended_at > {start}, true)
)
SELECT * EXCLUDE (group_names, is_group, autoscaled_pool), NULL::VARCHAR AS node_kept_by,
  -- it may have run on any of its nodes
  list_has_any((SELECT of_jobs FROM hosts), group_names) AS node_has_jobs
FROM members WHERE NOT is_group
UNION ALL BY NAME
SELECT * EXCLUDE (group_names, is_group, autoscaled_pool, group_type, group_name, group_key, group_called, group_size,
  group_minimum)
FROM members WHERE is_group
UNION ALL BY NAME
-- Whether the group keeps the node of a workload: it does not scale, or its minimum leaves room for fewer nodes than
-- come before this one. The order is that of their ids, whatever was measured of them, so that neither a lost metric
-- nor more work on one node makes another one leave. A group that is its own node loses all of them or none.
SELECT resource_id, CASE WHEN is_fixed_size(autoscaling) THEN 'size'
    WHEN minimum > coalesce(size - if(is_group, size, number), 0) THEN 'minimum' END AS node_kept_by, node_has_jobs
FROM (
  SELECT w.resource_id, node.kind = 'node_group' AS is_group, pool.attributes['autoscaling'] AS autoscaling,
    coalesce(m.group_size, pool.replicas) AS size,
    coalesce(m.group_minimum, pool.minimum) AS minimum,
    list_has_any(hosts.of_jobs, [node.resource_id, node.name, pool.resource_id, pool.name]) AS node_has_jobs,
    dense_rank() OVER (PARTITION BY coalesce(m.group_key, pool.resource_id, w.resource_id)
      ORDER BY node.resource_id) AS number
  FROM {base}resources w
    JOIN {base}resources node ON node.resource_id = w.parent_id
    LEFT JOIN members m ON m.resource_id = node.resource_id AND NOT m.is_group
    CROSS JOIN hosts
    LEFT JOIN pools pool ON pool.resource_id = if(node.kind = 'node_group', node.resource_id, node.parent_id)
  WHERE w.kind = 'gpu_workload'
)
