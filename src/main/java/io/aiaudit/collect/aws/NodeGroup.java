package io.aiaudit.collect.aws;

import io.aiaudit.collect.Attributes;
import io.aiaudit.model.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * An autoscaling group, and the node group of EKS that it is kept for.
 *
 * @param nodegroup null where it is kept for none
 * @param templateTypes the machine type of its launch template, where it is not known otherwise
 */
record NodeGroup(AutoScalingGroup group, Nodegroup nodegroup, Set<String> templateTypes) {
    /** Attribute: the autoscaling group that a resource is, or is a machine of. */
    static final String GROUP = "autoscaling_group";

    NodeGroup {
        templateTypes = Set.copyOf(templateTypes);
    }

    String id() {
        return nodegroup == null ? group.autoScalingGroupARN() : nodegroup.nodegroupArn();
    }

    String name() {
        return group.autoScalingGroupName();
    }

    String workload(AwsSession session) {
        return nodegroup == null
                ? Groups.workload(session, withItsName())
                : Groups.ofNodegroup(session, nodegroup.clusterName(), nodegroup.nodegroupName());
    }

    /** Machines of the group carry its tags and, from AWS, its name. */
    private Map<String, String> withItsName() {
        Map<String, String> tags = tags();
        tags.put("aws:autoscaling:groupName", name());
        return tags;
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new HashMap<>();
        for (TagDescription tag : group.tags()) {
            tags.put(tag.key(), tag.value() == null ? "" : tag.value());
        }
        if (nodegroup != null) {
            tags.putAll(nodegroup.tags());
        }
        return tags;
    }

    /** Those that it holds, but for what is about to leave it. */
    List<Instance> machines() {
        return group.instances().stream()
                .filter(instance ->
                        !String.valueOf(instance.lifecycleStateAsString()).matches("(Terminat|Detach).*"))
                .toList();
    }

    /** Of the machines that it holds and of those that it may make. */
    Set<String> machineTypes() {
        Set<String> types = new TreeSet<>(templateTypes);
        machines().stream()
                .map(Instance::instanceType)
                .filter(type -> type != null)
                .forEach(types::add);
        MixedInstancesPolicy mixed = group.mixedInstancesPolicy();
        if (mixed != null && mixed.launchTemplate() != null) {
            mixed.launchTemplate().overrides().stream()
                    .map(LaunchTemplateOverrides::instanceType)
                    .filter(type -> type != null)
                    .forEach(types::add);
        }
        if (nodegroup != null) {
            types.addAll(nodegroup.instanceTypes());
        }
        return types;
    }

    /** What makes its machines; empty for a group of an old launch configuration. */
    Optional<LaunchTemplateSpecification> template() {
        MixedInstancesPolicy mixed = group.mixedInstancesPolicy();
        return Optional.ofNullable(
                mixed == null || mixed.launchTemplate() == null
                        ? group.launchTemplate()
                        : mixed.launchTemplate().launchTemplateSpecification());
    }

    NodeGroup withTemplateType(String type) {
        return new NodeGroup(group, nodegroup, Set.of(type));
    }

    /** How many machines there may be and are meant to be, and which processes of the scaling are suspended. */
    Attributes scaling() {
        return new Attributes()
                .put(GROUP, name())
                .put("autoscaling_min", group.minSize())
                .put("autoscaling_max", group.maxSize())
                .put("autoscaling_desired", group.desiredCapacity())
                .put("autoscaling_suspended", suspended());
    }

    private String suspended() {
        return group.suspendedProcesses().stream()
                .map(SuspendedProcess::processName)
                .filter(name -> name != null)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    Resource resource(AwsSession session) {
        Set<String> types = machineTypes();
        Attributes attributes = scaling().put("machine_types", String.join(", ", types));
        if (nodegroup != null) {
            attributes
                    .put("cluster", nodegroup.clusterName())
                    .put("capacity_type", nodegroup.capacityTypeAsString())
                    .put("image_type", nodegroup.amiTypeAsString());
        }
        if (group.mixedInstancesPolicy() != null && group.mixedInstancesPolicy().instancesDistribution() != null) {
            attributes
                    .put(
                            "on_demand_base",
                            group.mixedInstancesPolicy().instancesDistribution().onDemandBaseCapacity())
                    .put(
                            "on_demand_percent_above_base",
                            group.mixedInstancesPolicy().instancesDistribution().onDemandPercentageAboveBaseCapacity());
        }
        return session.resource(id(), "node_group")
                .name(nodegroup == null ? name() : nodegroup.clusterName() + "/" + nodegroup.nodegroupName())
                .machineType(types.size() == 1 ? types.iterator().next() : null)
                .replicas(machines().size())
                .createdAt(nodegroup == null ? group.createdTime() : nodegroup.createdAt())
                .state(nodegroup == null ? group.status() : nodegroup.statusAsString())
                .workload(workload(session))
                .tags(tags())
                .attributes(attributes.values())
                .build();
    }
}
