package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.GOVERNANCE;
import static io.aiaudit.collect.aws.AwsService.BEDROCK;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.TreeSet;
import software.amazon.awssdk.services.bedrock.model.GuardrailSummary;

/**
 * Which guardrails of Bedrock there are where models are called, recorded on everything that is called there. Whether a
 * call used one is in AWS's logs only.
 */
final class Guardrails extends AwsPart {
    static final List<AwsOperation> OPERATIONS = List.of(BEDROCK.operation("ListGuardrails", Bedrock.FOUND, GOVERNANCE)
            .alwaysLists()
            .probe(client -> client.listGuardrails(request -> request.maxResults(1))));

    Guardrails() {
        super("guardrails", Slice.Dataset.DETAILS, OPERATIONS);
    }

    @Override
    public boolean mayBeUnknown() {
        return true;
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        List<Resource> called = Bedrock.called(session, known);
        if (called.isEmpty()) {
            return;
        }
        TreeSet<String> names = new TreeSet<>();
        BEDROCK.in(session).listGuardrailsPaginator(request -> request.maxResults(1000)).guardrails().stream()
                .filter(guardrail -> "READY".equals(guardrail.statusAsString()))
                .map(GuardrailSummary::name)
                .forEach(names::add);
        for (Resource resource : called) {
            sink.resource(session.resource(resource.resourceId(), resource.kind())
                    .attributes(new Attributes()
                            .put("guardrails_of_region", names.isEmpty() ? "none" : Bedrock.joined(names))
                            .values())
                    .build());
        }
    }
}
