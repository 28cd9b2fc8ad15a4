package io.aiaudit.collect;

import java.util.List;

/**
 * One line of a permissions.txt: an operation that a collector may call.
 *
 * @param operation as the client names it, such as {@code SageMaker.ListEndpoints}
 * @param action what an administrator has to grant, such as {@code sagemaker:ListEndpoints}; empty where none is needed
 * @param reads what cannot be read without it: kinds of resources, {@code metrics}, {@code bill}, {@code commitments}, {@code prices},
 *     {@code governance}, {@code scope}, or {@code details} of resources that are read without it, too
 */
public record Permission(String operation, String action, List<String> reads) implements Operation {
    public Permission {
        reads = List.copyOf(reads);
    }

    @Override
    public String name() {
        return operation;
    }

    @Override
    public String permission() {
        return action;
    }

    @Override
    public Frequency frequency() {
        return Frequency.ONCE;
    }
}
