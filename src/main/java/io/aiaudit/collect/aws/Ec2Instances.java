package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.aws.AwsService.EC2;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * EC2 machines with accelerators, stopped ones too, the volumes that stay paid for when they stop, and those that no
 * machine has.
 */
final class Ec2Instances extends AwsPart {
    static final List<AwsOperation> OPERATIONS = List.of(
            EC2.operation("DescribeInstances", REGION, "instance")
                    .knownToEveryServer()
                    .triedEverywhere()
                    .probe(client -> client.describeInstances(request -> request.maxResults(5))),
            EC2.operation("DescribeVolumes", REGION, "volume")
                    .knownToEveryServer()
                    .probe(client -> client.describeVolumes(request -> request.maxResults(5))));

    private static final int IDS_PER_FILTER = 200;

    Ec2Instances() {
        super("instances", Slice.Dataset.INVENTORY, AwsOperation.all(OPERATIONS, MachineTypes.OPERATIONS));
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        Ec2Client ec2 = session.ec2();
        Details details = session.details(sink);
        List<Instance> instances = details.list(
                "instances",
                instance -> ec2.describeInstancesPaginator(request -> request.maxResults(1000)
                                .filters(Filter.builder()
                                        .name("instance-state-name")
                                        .values("pending", "running", "stopping", "stopped")
                                        .build()))
                        .reservations()
                        .forEach(reservation -> reservation.instances().forEach(instance)));
        volumes(ec2, "volumes", details, "status", List.of("available"))
                .forEach(volume -> details.make(
                                "volumes",
                                volume.volumeId(),
                                () -> volume(session, Map.of("attached", "false"), volume))
                        .ifPresent(sink::resource));
        details.failUnlessSomethingAnswered();
        MachineTypes types = MachineTypes.of(
                details,
                session,
                instances.stream().map(Instance::instanceTypeAsString).toList());
        List<Instance> accelerated = instances.stream()
                .filter(instance -> types.isAccelerated(instance.instanceTypeAsString()))
                .toList();
        Map<String, List<Volume>> volumes = volumes(ec2, accelerated, details);
        for (Instance instance : accelerated) {
            List<Volume> attached = volumes.getOrDefault(instance.instanceId(), List.of());
            details.make(label(), instance.instanceId(), () -> resource(session, types, instance, attached))
                    .ifPresent(sink::resource);
            details.make(
                    "volumes",
                    attached,
                    Volume::volumeId,
                    volume -> volume(session, attachedTo(instance), volume),
                    sink::resource);
        }
    }

    private static List<Volume> volumes(
            Ec2Client ec2, String what, Details details, String filter, List<String> values) {
        return details.list(
                what,
                volume -> ec2.describeVolumesPaginator(request -> request.maxResults(500)
                                .filters(Filter.builder()
                                        .name(filter)
                                        .values(values)
                                        .build()))
                        .volumes()
                        .forEach(volume));
    }

    private static Map<String, List<Volume>> volumes(Ec2Client ec2, List<Instance> instances, Details details) {
        Map<String, List<Volume>> volumes = new HashMap<>();
        for (int from = 0; from < instances.size(); from += IDS_PER_FILTER) {
            List<String> ids = instances.subList(from, Math.min(instances.size(), from + IDS_PER_FILTER)).stream()
                    .map(Instance::instanceId)
                    .filter(Objects::nonNull)
                    .toList();
            volumes(ec2, "volumes", details, "attachment.instance-id", ids)
                    .forEach(volume -> volume.attachments().stream()
                            .limit(1) // a volume that several machines share is one volume
                            .forEach(attachment -> details.make("volumes", volume.volumeId(), attachment::instanceId)
                                    .ifPresent(instance -> volumes.computeIfAbsent(instance, id -> new ArrayList<>())
                                            .add(volume))));
        }
        return volumes;
    }

    private static Resource resource(AwsSession session, MachineTypes types, Instance instance, List<Volume> volumes) {
        Map<String, String> tags = tags(instance.tags());
        Map<String, String> attributes = attributes(instance, tags);
        put(attributes, "instance_store_gb", types.instanceStoreGb(instance.instanceTypeAsString()));
        if (!volumes.isEmpty() && volumes.stream().noneMatch(volume -> volume.size() == null)) {
            attributes.put(
                    "volume_gib",
                    String.valueOf(volumes.stream().mapToLong(Volume::size).sum()));
        }
        ResourceBuilder resource = session.resource(instance.instanceId(), "instance")
                .name(tags.getOrDefault("Name", instance.instanceId()))
                .machineType(instance.instanceTypeAsString())
                .replicas(isStopped(instance) ? 0 : 1) // stopped: no machine is paid for
                .createdAt(createdAt(instance))
                .state(state(instance))
                .purchase(purchase(instance.instanceLifecycleAsString()))
                .workload(Groups.workload(session, tags))
                .tags(tags)
                .attributes(attributes);
        types.describe(resource, instance.instanceTypeAsString());
        return resource.build();
    }

    private static boolean isStopped(Instance instance) {
        return "stopped".equals(state(instance));
    }

    private static String state(Instance instance) {
        return instance.state() == null ? null : instance.state().nameAsString();
    }

    /** LaunchTime is the last start: the first volume or network card shows when the machine was made. */
    private static Instant createdAt(Instance instance) {
        return Stream.of(
                        Stream.of(instance.launchTime(), instance.usageOperationUpdateTime()),
                        instance.blockDeviceMappings().stream()
                                .filter(device -> device.ebs() != null)
                                .map(device -> device.ebs().attachTime()),
                        instance.networkInterfaces().stream()
                                .filter(card -> card.attachment() != null)
                                .map(card -> card.attachment().attachTime()))
                .flatMap(times -> times)
                .filter(time -> time != null)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static String purchase(String lifecycle) {
        return lifecycle == null
                ? "on_demand"
                : switch (lifecycle) {
                    case "spot", "interruptible-capacity-reservation" -> "spot";
                    case "capacity-block" -> "committed";
                    default -> "on_demand";
                };
    }

    private static Map<String, String> attributes(Instance instance, Map<String, String> tags) {
        Map<String, String> attributes = new HashMap<>();
        // AWS measures the processor of each machine that runs, and of none that is stopped.
        attributes.put("hours_run_by", "cpu_utilization");
        put(attributes, "last_started_at", instance.launchTime());
        put(attributes, "lifecycle", instance.instanceLifecycleAsString());
        put(
                attributes,
                "availability_zone",
                instance.placement() == null ? null : instance.placement().availabilityZone());
        put(
                attributes,
                "tenancy",
                instance.placement() == null ? null : instance.placement().tenancyAsString());
        put(attributes, "platform", instance.platformDetails());
        put(attributes, "usage_operation", instance.usageOperation());
        put(attributes, "capacity_reservation", instance.capacityReservationId());
        put(attributes, "private_dns", instance.privateDnsName());
        put(attributes, "autoscaling_group", tags.get("aws:autoscaling:groupName"));
        put(
                attributes,
                "managed_by",
                instance.operator() == null ? null : instance.operator().principal());
        if (isStopped(instance)) {
            put(attributes, "stopped_because", instance.stateTransitionReason());
        }
        return attributes;
    }

    private static Map<String, String> attachedTo(Instance instance) {
        Map<String, String> use = new HashMap<>();
        put(use, "attached_to", instance.instanceId());
        put(use, "instance_state", state(instance));
        return use;
    }

    /**
     * A volume belongs to no machine as far as money goes: it is paid for on its own, whether the machine runs or not.
     */
    private static Resource volume(AwsSession session, Map<String, String> use, Volume volume) {
        Map<String, String> attributes = new HashMap<>(use);
        put(attributes, "size_gib", volume.size());
        put(attributes, "iops", volume.iops());
        if (volume.attachments().size() > 1) {
            put(attributes, "attachments", volume.attachments().size());
        }
        Map<String, String> tags = tags(volume.tags());
        return session.resource(volume.volumeId(), "volume")
                .name(tags.getOrDefault("Name", volume.volumeId()))
                .machineType(volume.volumeTypeAsString())
                .createdAt(volume.createTime())
                .state(volume.stateAsString())
                .tags(tags)
                .attributes(attributes)
                .build();
    }

    private static void put(Map<String, String> attributes, String key, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            attributes.put(key, value.toString());
        }
    }

    private static Map<String, String> tags(List<Tag> tags) {
        Map<String, String> map = new HashMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
        return map;
    }
}
