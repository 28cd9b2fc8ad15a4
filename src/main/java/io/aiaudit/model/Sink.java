package io.aiaudit.model;

/** Where a collector puts what it read. What one slice puts lands whole or not at all. */
public interface Sink {
    void resource(Resource resource);

    void metric(MetricHour metricHour);

    void offer(Offer offer);

    /** One whose amount is in the currency of the bill. */
    default void commitment(Commitment commitment) {
        commitment(commitment, null);
    }

    /** {@code currency} is that of its amount, null = that of the bill. */
    void commitment(Commitment commitment, String currency);

    /** One whose amount is in the currency of the bill. */
    default void advice(Advice advice) {
        advice(advice, null);
    }

    /** {@code currency} is that of its amount, null = that of the bill. */
    void advice(Advice advice, String currency);

    void gap(Gap gap);

    /** Says something that a reader of the report has to know, and that is no gap. */
    void warning(String message);

    /** Hands over local files; the store reads them, and reports rows that it cannot read. */
    void files(FileSet files);
}
