package io.aiaudit.model;

import java.util.List;

/** Where a collector puts what it read. What one slice puts lands whole or not at all. */
public interface Sink {
    void resource(Resource resource);

    void metric(MetricHour metricHour);

    void offer(Offer offer);

    /** {@code currency} is that of its amount, null = that of the audit. */
    void commitment(Commitment commitment, String currency);

    default void commitment(Commitment commitment) {
        commitment(commitment, null);
    }

    /** {@code currency} is that of its amount, null = that of the audit. */
    void advice(Advice advice, String currency);

    default void advice(Advice advice) {
        advice(advice, null);
    }

    void gap(Gap gap);

    /** A gap of one of several objects, such as an endpoint: the scope of {@code gap} is that of all of them. */
    default void gap(Gap gap, String object) {
        gap(gap.of(List.of(object), object));
    }

    /** Something of the slice is missing that another slice has reported: read again, it may be there. */
    default void incomplete() {}

    /** Says something that a reader of the report has to know, and that is no gap. */
    void warning(String message);

    /** Hands over local files; the store reads them, and reports rows that it cannot read. */
    void files(FileSet files);
}
