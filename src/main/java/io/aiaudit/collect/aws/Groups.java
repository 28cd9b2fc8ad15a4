package io.aiaudit.collect.aws;

import java.util.Map;

/**
 * What outlives a machine and would make it again, recognised by the tags that AWS puts on machines and groups alike.
 */
final class Groups {
    static final String CLUSTER_TAG = "eks:cluster-name";
    static final String NODEGROUP_TAG = "eks:nodegroup-name";

    private Groups() {}

    /** The node group, node pool or autoscaling group of a machine with these tags; null = nothing. */
    static String workload(AwsSession session, Map<String, String> tags) {
        String cluster = tags.get(CLUSTER_TAG);
        String nodegroup = tags.get(NODEGROUP_TAG);
        if (cluster != null && nodegroup != null) {
            return ofNodegroup(session, cluster, nodegroup);
        }
        String pool = tags.get("karpenter.sh/nodepool");
        if (pool != null) {
            return "nodepool/" + session.region() + "/" + tags.getOrDefault("eks:eks-cluster-name", "cluster") + "/"
                    + pool;
        }
        String group = tags.get("aws:autoscaling:groupName");
        return group == null ? null : ofAutoscaling(session, group);
    }

    static String ofNodegroup(AwsSession session, String cluster, String nodegroup) {
        return "nodegroup/" + session.region() + "/" + cluster + "/" + nodegroup;
    }

    static String ofAutoscaling(AwsSession session, String group) {
        return "autoscaling-group/" + session.region() + "/" + group;
    }
}
