package io.aiaudit.collect.aws;

import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

/**
 * The machine types that launch templates name, for groups of which nothing else tells one: those without a machine. Each template is asked for once; one that may not be
 * asked for is one gap, and the other groups are told.
 */
final class LaunchTemplates {
    /** What a group takes when it names no version. */
    private static final String DEFAULT = "$Default";

    private final AwsPlace place;
    private final Sink sink;
    private final Map<String, Optional<String>> types = new HashMap<>();
    private boolean closed;

    LaunchTemplates(AwsPlace place, Sink sink) {
        this.place = place;
        this.sink = sink;
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
        return types.computeIfAbsent(
                template.launchTemplateId() + "/" + template.launchTemplateName() + " " + version,
                key -> closed ? Optional.empty() : ask(template, version));
    }

    /** By its id where that is known: AWS takes one of the two. */
    private Optional<String> ask(LaunchTemplateSpecification template, String version) {
        boolean named = template.launchTemplateId() == null;
        try {
            return AwsFailure.unlessGone(() -> place.ec2()
                            .describeLaunchTemplateVersions(
                                    request -> request.launchTemplateId(named ? null : template.launchTemplateId())
                                            .launchTemplateName(named ? template.launchTemplateName() : null)
                                            .versions(version))
                            .launchTemplateVersions())
                    .orElse(List.of())
                    .stream()
                    .map(LaunchTemplateVersion::launchTemplateData)
                    .map(ResponseLaunchTemplateData::instanceTypeAsString)
                    .filter(type -> type != null)
                    .findFirst();
        } catch (AwsServiceException e) {
            closed = true;
            UserError error = AwsFailure.explain(e).orElseThrow();
            sink.gap(new Gap(
                    "aws",
                    place.account() + "/" + place.region() + " launch templates",
                    error.problem() + " Groups without machines, whose type only their template names, are missing.",
                    error.fix()));
            return Optional.empty();
        }
    }
}
