package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.GOVERNANCE;
import static io.aiaudit.collect.Operation.NO_SUCH_NAME;
import static io.aiaudit.collect.aws.AwsService.SAGEMAKER;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.ContainerDefinition;
import software.amazon.awssdk.services.sagemaker.model.DescribeModelResponse;

/**
 * Whether the model behind an endpoint comes from the model registry, which has its versions and who approved them. A
 * model that was made from a plain image names no
 * package: where it is from is not known.
 */
final class ModelRegistry extends AwsPart {
    static final List<AwsOperation> OPERATIONS = List.of(
            SAGEMAKER
                    .operation("DescribeModel", SageMakerEndpoints.FOUND, GOVERNANCE)
                    .probe(client -> client.describeModel(request -> request.modelName(NO_SUCH_NAME))),
            SAGEMAKER
                    .operation("DescribeModelPackage", SageMakerEndpoints.FOUND, GOVERNANCE)
                    .probe(client -> client.describeModelPackage(request -> request.modelPackageName(NO_SUCH_NAME))));

    ModelRegistry() {
        super("model registry", Slice.Dataset.DETAILS, OPERATIONS);
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        SageMakerClient sageMaker = session.sageMaker();
        Map<String, Optional<DescribeModelResponse>> models = new HashMap<>();
        Map<String, Optional<String>> approvals = new HashMap<>();
        Details details = session.details(sink);
        for (Resource variant : session.here(known.resources("inference_endpoint"))) {
            String name = variant.attributes().get("model");
            if (name != null) {
                models.computeIfAbsent(
                                name,
                                model -> details.call(
                                                "packages of models",
                                                model,
                                                () -> AwsFailure.unlessGone(() ->
                                                        sageMaker.describeModel(request -> request.modelName(model))))
                                        .flatMap(status -> status))
                        .ifPresent(model -> sink.resource(resource(
                                session,
                                variant,
                                model,
                                packageName -> approvals.computeIfAbsent(
                                        packageName, key -> approval(sageMaker, details, key)))));
            }
        }
        details.failUnlessSomethingAnswered();
    }

    /**
     * Empty where it is not known. A package of another account may be denied, while the model that was made of it is
     * listed.
     */
    private static Optional<String> approval(SageMakerClient sageMaker, Details details, String name) {
        return details.call(
                        "approval of models",
                        name.substring(name.lastIndexOf('/') + 1),
                        () -> AwsFailure.unlessGone(() -> sageMaker
                                .describeModelPackage(request -> request.modelPackageName(name))
                                .modelApprovalStatusAsString()))
                .flatMap(response -> response);
    }

    private static Resource resource(
            AwsSession session,
            Resource variant,
            DescribeModelResponse model,
            Function<String, Optional<String>> approvals) {
        List<String> packages = packages(model);
        return session.resource(variant.resourceId(), variant.kind())
                .attributes(new Attributes()
                        .put("model_package", packages.isEmpty() ? "none" : String.join(", ", packages))
                        .put(
                                "model_approval",
                                packages.stream().findFirst().flatMap(approvals).orElse(null))
                        .put("model_created_at", model.creationTime())
                        .values())
                .build();
    }

    private static List<String> packages(DescribeModelResponse model) {
        return Stream.concat(Stream.ofNullable(model.primaryContainer()), model.containers().stream())
                .map(ContainerDefinition::modelPackageName)
                .filter(Objects::nonNull)
                .toList();
    }
}
