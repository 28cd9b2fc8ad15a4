package io.aiaudit.collect.aws;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What several slices of a scan need, and the first of them requests, such as the names of metrics in a region. A
 * request that failed is not remembered: the next slice may have more luck. Safe for several threads; those who need
 * the same wait for the first.
 */
final class RequestedOnce {
    private final Map<List<Object>, Answer> answers = new ConcurrentHashMap<>();

    private static final class Answer {
        private Object value;
    }

    /**
     * The result of {@code call}, which is not null.
     *
     * @param type of the result
     * @param request what is requested, where, and with which parameters
     */
    <T> T of(Class<T> type, List<Object> request, Supplier<T> call) {
        Answer answer = answers.computeIfAbsent(request, key -> new Answer());
        synchronized (answer) {
            if (answer.value == null) {
                answer.value = call.get();
            }
            return type.cast(answer.value);
        }
    }
}
