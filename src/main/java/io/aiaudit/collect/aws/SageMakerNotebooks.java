package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.aws.AwsService.SAGEMAKER;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.NotebookInstanceStatus;
import software.amazon.awssdk.services.sagemaker.model.NotebookInstanceSummary;

/**
 * SageMaker notebook instances. One that is neither stopped nor failed is paid for, whoever looks at it; AWS publishes
 * no metric of what it does.
 */
final class SageMakerNotebooks extends AwsPart {
    static final List<AwsOperation> OPERATIONS = List.of(SAGEMAKER
            .operation("ListNotebookInstances", REGION, "notebook")
            .knownToEveryServer()
            .alwaysLists()
            .probe(client -> client.listNotebookInstances(request -> request.maxResults(1))));

    private static final Set<NotebookInstanceStatus> WITHOUT_MACHINE =
            EnumSet.of(NotebookInstanceStatus.STOPPED, NotebookInstanceStatus.FAILED);

    SageMakerNotebooks() {
        super("notebooks", Slice.Dataset.INVENTORY, AwsOperation.all(OPERATIONS, SageMakerFacts.OPERATIONS));
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        SageMakerClient sageMaker = session.sageMaker();
        Details details = session.details(sink);
        List<NotebookInstanceSummary> notebooks = details.list(
                "notebooks",
                notebook -> sageMaker
                        .listNotebookInstancesPaginator(request -> request.maxResults(100))
                        .notebookInstances()
                        .forEach(notebook));
        details.failUnlessSomethingAnswered();
        MachineTypes types = SageMakerFacts.types(
                details,
                session,
                notebooks.stream()
                        .map(NotebookInstanceSummary::instanceTypeAsString)
                        .toList());
        details.make(
                label(),
                notebooks,
                NotebookInstanceSummary::notebookInstanceName,
                notebook -> resource(session, details, types, notebook),
                sink::resource);
    }

    private static Resource resource(
            AwsSession session, Details details, MachineTypes types, NotebookInstanceSummary notebook) {
        Map<String, String> tags = SageMakerFacts.tags(details, session, notebook.notebookInstanceArn());
        Attributes attributes =
                new Attributes().put("lifecycle_configuration", notebook.notebookInstanceLifecycleConfigName());
        ResourceBuilder resource = session.resource(notebook.notebookInstanceArn(), "notebook")
                .name(notebook.notebookInstanceName())
                .machineType(notebook.instanceTypeAsString())
                .replicas(WITHOUT_MACHINE.contains(notebook.notebookInstanceStatus()) ? 0 : 1)
                .createdAt(notebook.creationTime())
                .state(notebook.notebookInstanceStatusAsString())
                .purchase("on_demand")
                .tags(tags)
                .attributes(attributes.ofTags(tags).values());
        types.describe(resource, notebook.instanceTypeAsString());
        return resource.build();
    }
}
