package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.DETAILS;
import static io.aiaudit.collect.aws.AwsService.EC2;

import io.aiaudit.collect.Details;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

/**
 * The machine types that launch templates name, for groups whose type is not known otherwise: those without a machine.
 * Each template is requested once; a denied one is one gap, and the other groups are read.
 */
final class LaunchTemplates {
    static final List<AwsOperation> OPERATIONS =
            List.of(EC2.operation("DescribeLaunchTemplateVersions", NodeGroups.FOUND, DETAILS)
                    .probe(client -> client.describeLaunchTemplateVersions(
                            request -> request.versions("$Default").maxResults(1))));

    /** What a group takes when it names no version. */
    private static final String DEFAULT = "$Default";

    private final AwsSession session;
    private final Details details;
    private final Map<String, Optional<String>> types = new HashMap<>();

    LaunchTemplates(AwsSession session, Details details) {
        this.session = session;
        this.details = details;
    }

    /** The same group, knowing the type that its template names. */
    NodeGroup typed(NodeGroup group) {
        if (!group.machineTypes().isEmpty()) {
            return group;
        }
        return group.template().flatMap(this::type).map(group::withTemplateType).orElse(group);
    }

    private Optional<String> type(LaunchTemplateSpecification template) {
        String version = template.version() == null ? DEFAULT : template.version();
        String name = Stream.of(template.launchTemplateId(), template.launchTemplateName(), version)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return types.computeIfAbsent(
                name,
                key -> details.call("launch templates of empty groups", key, () -> named(template, version))
                        .flatMap(type -> type));
    }

    /** By its id where that is known: AWS takes one of the two. */
    private Optional<String> named(LaunchTemplateSpecification template, String version) {
        boolean named = template.launchTemplateId() == null;
        return AwsFailure.unlessGone(() -> session.ec2()
                        .describeLaunchTemplateVersions(
                                request -> request.launchTemplateId(named ? null : template.launchTemplateId())
                                        .launchTemplateName(named ? template.launchTemplateName() : null)
                                        .versions(version))
                        .launchTemplateVersions())
                .orElse(List.of())
                .stream()
                .map(LaunchTemplateVersion::launchTemplateData)
                .filter(Objects::nonNull)
                .map(ResponseLaunchTemplateData::instanceTypeAsString)
                .filter(type -> type != null)
                .findFirst();
    }
}
