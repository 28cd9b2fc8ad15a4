package io.aiaudit.model;

/** Where a collector puts what it read. What one slice puts lands whole or not at all. */
public interface Sink {
    void resource(Resource resource);

    void metric(MetricHour metricHour);

    void offer(Offer offer);

    void commitment(Commitment commitment);

    void advice(Advice advice);

    void gap(Gap gap);

    /** Says something that a reader of the report has to know, and that is no gap. */
    void warning(String message);

    /** Hands over local files; the store reads them, and reports rows that it cannot read. */
    void files(FileSet files);
}
