package io.aiaudit.collect.aws;

import io.aiaudit.collect.Operations;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;

/**
 * Sits in every client: lets only listed operations out, counts what is sent, refuses what is no answer of AWS, ends
 * lists that do not end, and notes at failures the request.
 */
final class AwsGuard implements ExecutionInterceptor {
    private final Operations operations;
    private final Map<String, AwsOperation> declared =
            AwsCollector.operations().stream().collect(Collectors.toMap(AwsOperation::name, Function.identity()));
    private final EndlessLists lists = new EndlessLists();

    AwsGuard(Operations operations) {
        this.operations = operations;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        operations.allow(operation(attributes));
        if (context.request() instanceof StartQueryExecutionRequest query) {
            onlyReads(query.queryString());
        }
    }

    /**
     * Athena runs what changes things under the same operation; a query with a subquery before it can do nothing but
     * read.
     */
    private static void onlyReads(String query) {
        if (query == null || !query.startsWith("WITH ")) {
            throw new IllegalStateException("Athena accepts only read-only queries");
        }
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        declared(attributes).charge(context.request(), operations);
        operations.send(operation(attributes));
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return Responses.checked(operation(attributes), context.httpResponse(), context.responseBody());
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        Responses.check(declared(attributes), context.response());
        lists.read(operation(attributes) + " " + region(attributes), context.request(), context.response());
    }

    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (context.exception() instanceof SdkException failure) {
            failure.addSuppressed(new AwsFailure.RequestNote(
                    operations.action(operation(attributes)),
                    region(attributes),
                    declared.containsKey(operation(attributes))
                            && declared(attributes).isKnownToEveryServer()));
        }
        return context.exception();
    }

    private static String region(ExecutionAttributes attributes) {
        return String.valueOf(attributes.getAttribute(AwsExecutionAttribute.AWS_REGION));
    }

    private AwsOperation declared(ExecutionAttributes attributes) {
        return declared.get(operation(attributes));
    }

    private static String operation(ExecutionAttributes attributes) {
        return attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME) + "."
                + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    }
}
