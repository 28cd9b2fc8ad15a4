package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.DETAILS;
import static io.aiaudit.collect.aws.AwsService.AUTO_SCALING;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.autoscaling.model.ScheduledUpdateGroupAction;

/**
 * By what autoscaling groups grow and shrink: their policies and their scheduled actions, recorded on the group and on
 * each of its machines. Read after the groups, so that a region without any is not requested and a denied permission
 * takes no group with it.
 */
final class GroupScaling extends AwsPart {
    static final List<AwsOperation> OPERATIONS = List.of(
            AUTO_SCALING
                    .operation("DescribePolicies", NodeGroups.FOUND, DETAILS)
                    .probe(client -> client.describePolicies(request -> request.maxRecords(1))),
            AUTO_SCALING
                    .operation("DescribeScheduledActions", NodeGroups.FOUND, DETAILS)
                    .probe(client -> client.describeScheduledActions(request -> request.maxRecords(1))));

    private static final int PAGE = 100;
    private static final String NONE = "none";

    GroupScaling() {
        super("scaling of groups", Slice.Dataset.DETAILS, OPERATIONS);
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        List<Resource> scaled = new ArrayList<>(session.here(known.resources("node_group")));
        scaled.addAll(session.here(known.resources("instance")));
        scaled.removeIf(resource -> group(resource) == null);
        if (scaled.isEmpty()) {
            return;
        }
        AutoScalingClient client = AUTO_SCALING.in(session);
        Details details = session.details(sink);
        Optional<Map<String, Set<String>>> policies = details.call("scaling policies of groups", () -> {
            Map<String, Set<String>> byGroup = new TreeMap<>();
            client.describePoliciesPaginator(request -> request.maxRecords(PAGE))
                    .scalingPolicies()
                    .forEach(policy -> add(byGroup, policy.autoScalingGroupName(), text(policy)));
            return byGroup;
        });
        Optional<Map<String, Set<String>>> schedule = details.call("schedules of groups", () -> {
            Map<String, Set<String>> byGroup = new TreeMap<>();
            client.describeScheduledActionsPaginator(request -> request.maxRecords(PAGE))
                    .scheduledUpdateGroupActions()
                    .forEach(action -> add(byGroup, action.autoScalingGroupName(), text(action)));
            return byGroup;
        });
        details.failUnlessSomethingAnswered();
        for (Resource resource : scaled) {
            sink.resource(session.resource(resource.resourceId(), resource.kind())
                    .workload(resource.workload())
                    .attributes(new Attributes()
                            .put("autoscaling_policies", joined(policies, resource))
                            .put("autoscaling_schedule", joined(schedule, resource))
                            .values())
                    .build());
        }
    }

    private static String group(Resource resource) {
        return resource.attributes().get(NodeGroup.GROUP);
    }

    private static void add(Map<String, Set<String>> words, String group, String word) {
        words.computeIfAbsent(String.valueOf(group), key -> new TreeSet<>()).add(word);
    }

    /** Null where it is not known. */
    private static String joined(Optional<Map<String, Set<String>>> byGroup, Resource resource) {
        return byGroup.map(words -> words.get(group(resource)))
                .map(words -> String.join("; ", words))
                .orElse(byGroup.isPresent() ? NONE : null);
    }

    private static String text(ScalingPolicy policy) {
        return policy.policyName() + ": " + policy.policyType()
                + (Boolean.FALSE.equals(policy.enabled()) ? ", switched off" : "");
    }

    /** Such as {@code evening: 0 18 * * 1-5 Europe/Berlin, min 0, desired 0}; a cron without a zone is in UTC. */
    private static String text(ScheduledUpdateGroupAction action) {
        List<String> words = new ArrayList<>();
        words.add(
                action.recurrence() == null
                        ? "once at " + action.startTime()
                        : action.recurrence() + " " + (action.timeZone() == null ? "UTC" : action.timeZone()));
        add(words, "min", action.minSize());
        add(words, "max", action.maxSize());
        add(words, "desired", action.desiredCapacity());
        return action.scheduledActionName() + ": " + String.join(", ", words);
    }

    private static void add(List<String> words, String word, Integer number) {
        if (number != null) {
            words.add(word + " " + number);
        }
    }
}
